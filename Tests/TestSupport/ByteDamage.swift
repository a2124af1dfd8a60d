/// Random damage to the bytes of a file.
package enum ByteDamage {
  /// Damages bytes in one to four places. Numbers of files of this kind and values that are often
  /// handled wrongly come up more often than among random bytes.
  package static func damage(
    _ bytes: inout [UInt8], tokens: [String] = [], using generator: inout SplitMix
  ) {
    for _ in 0..<Int.random(in: 1...4, using: &generator) {
      change(&bytes, tokens, using: &generator)
    }
  }

  private static func change(
    _ bytes: inout [UInt8], _ tokens: [String], using generator: inout SplitMix
  ) {
    let place = Int.random(in: 0...bytes.count, using: &generator)
    let length = min(bytes.count - place, Int.random(in: 1...16, using: &generator))
    switch Int.random(in: 0..<(tokens.isEmpty ? 6 : 9), using: &generator) {
    case 0: bytes.removeSubrange(place..<place + length)
    case 1: bytes.removeSubrange((place + length)...)
    case 2: bytes.insert(contentsOf: bytes[place..<place + length], at: place)
    case 3:
      if place < bytes.count { bytes[place] ^= 1 << UInt8.random(in: 0..<8, using: &generator) }
    case 4: if place < bytes.count { bytes[place] = .random(in: 0 ... .max, using: &generator) }
    case 5: overwrite(&bytes, at: place, using: &generator)
    default:
      let token = tokens[Int.random(in: 0..<tokens.count, using: &generator)]
      let end = Bool.random(using: &generator) ? place : place + length
      bytes.replaceSubrange(place..<end, with: token.utf8)
    }
  }

  /// Puts a number of one to eight bytes (at most `limit`), little-endian, over what is there; the
  /// file keeps its length.
  package static func overwrite(
    _ bytes: inout [UInt8], at place: Int, limit: Int = 8, using generator: inout SplitMix
  ) {
    let numbers: [UInt64] = [
      0, 1, 2, 7, 8, 16, 0x7f, 0x80, 0xff, 0x100, 0x7fff, 0x8000, 0xffff, 0x7fff_ffff,
      0x8000_0000, 0xffff_ffff, 1 << 32, 1 << 40, 1 << 61, 1 << 62, .max >> 1, 1 << 63, .max - 7,
      .max, UInt64(bytes.count), UInt64(place), .random(in: 0 ... .max, using: &generator),
    ]
    let number = numbers[Int.random(in: 0..<numbers.count, using: &generator)]
    let width = min(1 << Int.random(in: 0...3, using: &generator), limit, bytes.count - place)
    for offset in 0..<width {
      bytes[place + offset] = UInt8(truncatingIfNeeded: number >> (8 * UInt64(offset)))
    }
  }
}
