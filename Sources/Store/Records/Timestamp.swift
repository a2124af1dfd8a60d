package import Foundation

/// A moment as the store writes it: RFC 3339, UTC, milliseconds, `Z`.
package struct Timestamp: Sendable, Hashable, CustomStringConvertible {
  package let description: String

  package init(_ date: Date) {
    description = date.formatted(
      Date.ISO8601FormatStyle(includingFractionalSeconds: true))
  }

  /// A moment that was written before.
  init(storedText: String) {
    description = storedText
  }
}
