import Kernels

/// Random numbers for one glyph, one after the other. Only additions, multiplications and
/// square roots follow from them, so a glyph has the same bits on every host.
struct GlyphDraws {
  private let stream: RandomStream
  private let tag: UInt64
  private var position: UInt32 = 0

  init(stream: RandomStream, tag: UInt64) {
    self.stream = stream
    self.tag = tag
  }

  mutating func uniform(_ range: ClosedRange<Double>) -> Double {
    defer { position += 1 }
    let share = stream.uniform(at: position, tag: tag)
    return range.lowerBound + share * (range.upperBound - range.lowerBound)
  }

  mutating func index(below bound: Int) -> Int {
    defer { position += 1 }
    return stream.index(below: bound, at: position, tag: tag)
  }

  /// A bell-shaped number of mean 0 and standard deviation 1, within ±√12: the sum of four
  /// uniform ones, scaled.
  mutating func bell() -> Double {
    var sum = 0.0
    for _ in 0..<4 { sum += uniform(-0.5...0.5) }
    return sum * 3.0.squareRoot()
  }
}
