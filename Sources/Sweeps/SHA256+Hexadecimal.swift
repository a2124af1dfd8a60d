internal import Crypto

extension SHA256 {
  /// The digest of a text in UTF-8, as 64 lower-case hexadecimal digits.
  static func hexadecimal(of text: String) -> String {
    var hasher = SHA256()
    var text = text
    text.withUTF8 { hasher.update(bufferPointer: UnsafeRawBufferPointer($0)) }
    return hasher.finalize().map { byte in
      let digits = String(byte, radix: 16)
      return digits.count == 1 ? "0" + digits : digits
    }.joined()
  }
}
