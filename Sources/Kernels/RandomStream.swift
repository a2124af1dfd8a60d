/// Random numbers as a function of seed, stream and position: Philox4x32-10.
///
/// Nothing is consumed, so there is no state to save: the draw at a position is the same
/// whatever was drawn before, which is what keeps runs of one seed paired when a batch or an
/// embedding has another size.
///
///     let order = RandomStream(seed: 7, stream: .classOrder)
///     order.permutation(of: 136, tag: epoch)
///
/// Source: Salmon, Moraes, Dror, Shaw, "Parallel random numbers: as easy as 1, 2, 3", SC 2011,
/// doi:10.1145/2063384.2063405. Not suited to cryptography.
package struct RandomStream: Sendable, Hashable {
  /// What the numbers are for. Raw values are part of the bits and never change.
  package enum Purpose: UInt32, Sendable {
    case initialization = 1
    case classOrder = 2
    case itemChoice = 3
    case dropout = 4
    case validationSplit = 5
    case synthesis = 6
    case mining = 7
    case proxies = 8
    case clustering = 9
    case episodes = 10
    case pairSample = 11
    case verification = 12
  }

  /// Raised when any stream gives other numbers than before.
  package static let version = 1

  private let key: (low: UInt32, high: UInt32)
  private let stream: UInt32

  package init(seed: UInt64, stream: Purpose) {
    key = (UInt32(truncatingIfNeeded: seed), UInt32(truncatingIfNeeded: seed >> 32))
    self.stream = stream.rawValue
  }

  package static func == (left: RandomStream, right: RandomStream) -> Bool {
    left.key == right.key && left.stream == right.stream
  }

  package func hash(into hasher: inout Hasher) {
    hasher.combine(key.low)
    hasher.combine(key.high)
    hasher.combine(stream)
  }

  /// 64 random bits at a position; `tag` opens an independent sequence of positions.
  package func bits(at position: UInt32, tag: UInt64 = 0) -> UInt64 {
    let counter = SIMD4<UInt32>(
      position, UInt32(truncatingIfNeeded: tag), UInt32(truncatingIfNeeded: tag >> 32), stream)
    let words = Self.philox(counter: counter, key: SIMD2(key.low, key.high))
    return UInt64(words[1]) << 32 | UInt64(words[0])
  }

  /// A number in [0, 1), a multiple of 2⁻⁵³.
  package func uniform(at position: UInt32, tag: UInt64 = 0) -> Double {
    Double(bits(at: position, tag: tag) >> 11) * 0x1p-53
  }

  /// A whole number in 0..<bound. The bias is below bound · 2⁻⁶⁴.
  package func index(below bound: Int, at position: UInt32, tag: UInt64 = 0) -> Int {
    precondition(bound > 0, "an index below \(bound)")
    return Int(bits(at: position, tag: tag).multipliedFullWidth(by: UInt64(bound)).high)
  }

  /// A uniformly random order of 0..<count. O(count).
  package func permutation(of count: Int, tag: UInt64 = 0) -> [Int] {
    var order = [Int](repeating: 0, count: count)
    permute(into: &order, tag: tag)
    return order
  }

  /// Fills `order` with the numbers from 0 on in random order, by Fisher and Yates.
  package func permute(into order: inout [Int], tag: UInt64 = 0) {
    for place in order.indices { order[place] = place }
    var last = order.count - 1
    while last > 0 {
      order.swapAt(last, index(below: last + 1, at: UInt32(last), tag: tag))
      last -= 1
    }
  }

  /// Ten rounds of Philox4x32.
  package static func philox(counter: SIMD4<UInt32>, key: SIMD2<UInt32>) -> SIMD4<UInt32> {
    var (counter, key) = (counter, key)
    for _ in 0..<10 {
      let first = counter[0].multipliedFullWidth(by: 0xD251_1F53)
      let second = counter[2].multipliedFullWidth(by: 0xCD9E_8D57)
      counter = SIMD4(
        second.high ^ counter[1] ^ key[0], second.low, first.high ^ counter[3] ^ key[1], first.low)
      key = SIMD2(key[0] &+ 0x9E37_79B9, key[1] &+ 0xBB67_AE85)
    }
    return counter
  }
}
