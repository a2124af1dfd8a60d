import Crypto
import Foundation
import Sweeps

/// SHA-256 in hexadecimal, under which content is kept.
enum ContentDigest {
  static func text(of digest: SHA256.Digest) -> String {
    digest.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
  }

  static func text(of content: some DataProtocol) -> String { text(of: SHA256.hash(data: content)) }

  /// Words as bytes from which they can be told apart again.
  static func line(_ words: [String]) -> Data {
    Data((SettingValue.list(words.map(SettingValue.text)).canonicalJSON + "\n").utf8)
  }
}
