import Crypto
package import Foundation

/// The SHA-256 of content that is still growing.
package struct RunningDigest: Sendable {
  private var hash = SHA256()

  package init() {}

  package mutating func add(_ content: Data) { hash.update(data: content) }

  /// Of all that was added so far, in hexadecimal.
  package var text: String { ContentDigest.text(of: hash.finalize()) }
}
