import Kernels
import Testing

struct RandomStreamTests {
  /// Known answers of Philox4x32-10 published with the generator (Random123).
  @Test(arguments: [
    (
      SIMD4<UInt32>(repeating: 0), SIMD2<UInt32>(repeating: 0),
      SIMD4<UInt32>(0x6627_e8d5, 0xe169_c58d, 0xbc57_ac4c, 0x9b00_dbd8)
    ),
    (
      SIMD4<UInt32>(repeating: .max), SIMD2<UInt32>(repeating: .max),
      SIMD4<UInt32>(0x408f_276d, 0x41c8_3b0e, 0xa20b_c7c6, 0x6d54_51fd)
    ),
    (
      SIMD4<UInt32>(0x243f_6a88, 0x85a3_08d3, 0x1319_8a2e, 0x0370_7344),
      SIMD2<UInt32>(0xa409_3822, 0x299f_31d0),
      SIMD4<UInt32>(0xd16c_fe09, 0x94fd_cceb, 0x5001_e420, 0x2412_6ea1)
    ),
  ])
  func `the generator gives its published known answers`(
    counter: SIMD4<UInt32>, key: SIMD2<UInt32>, answer: SIMD4<UInt32>
  ) {
    #expect(RandomStream.philox(counter: counter, key: key) == answer)
  }

  @Test func `a permutation holds every number once and its tag changes it`() {
    let stream = RandomStream(seed: 3, stream: .classOrder)
    let first = stream.permutation(of: 100, tag: 1)
    #expect(first.sorted() == Array(0..<100))
    #expect(first != stream.permutation(of: 100, tag: 2))
    #expect(first == stream.permutation(of: 100, tag: 1))
  }

  @Test func `streams and seeds are independent and numbers are uniform`() {
    let a = RandomStream(seed: 1, stream: .itemChoice)
    let b = RandomStream(seed: 1, stream: .classOrder)
    let c = RandomStream(seed: 2, stream: .itemChoice)
    #expect(a.bits(at: 0) != b.bits(at: 0))
    #expect(a.bits(at: 0) != c.bits(at: 0))
    let count = 10_000
    var bins = [Int](repeating: 0, count: 10)
    for position in 0..<UInt32(count) { bins[Int(a.uniform(at: position) * 10)] += 1 }
    // Five standard deviations of a bin with p = 0.1.
    for bin in bins { #expect(abs(bin - count / 10) < 150) }
  }
}
