/// A drawing as ink coverage from 0 to 1, `side × side`, row-major.
struct GlyphPage: Sendable {
  let side: Int
  var ink: [Double]

  /// Pixels of the square from -1 to 1, leaving a margin.
  private static var reach: Double { 0.72 }

  init(side: Int) {
    self.side = side
    ink = [Double](repeating: 0, count: side * side)
  }

  /// Draws a character with a pen on ruled, grainy paper.
  init(
    side: Int, drawing shape: GlyphShape, variation: GlyphVariation, draws: inout GlyphDraws
  ) {
    self.init(side: side)
    let radius = draws.uniform(variation.penRadius)
    let half = Double(side) / 2
    for line in shape.polylines() {
      let pixels = line.map { $0 * (half * Self.reach) + half }
      for (start, end) in zip(pixels, pixels.dropFirst()) {
        stroke(from: start, to: end, radius: radius)
      }
    }
    rule(darkness: draws.uniform(0...variation.ruling), draws: &draws)
    for index in ink.indices {
      let grain = draws.uniform(-variation.grain...variation.grain)
      ink[index] = min(1, max(0, ink[index] + grain))
    }
  }

  /// Coverage falls from 1 to 0 over the one pixel around the edge of the pen.
  private mutating func stroke(
    from start: SIMD2<Double>, to end: SIMD2<Double>, radius: Double
  ) {
    let low = pointwiseMin(start, end) - (radius + 1)
    let high = pointwiseMax(start, end) + (radius + 1)
    let along = end - start
    let length = max((along * along).sum(), 1e-12)
    for y in pixels(low.y, high.y) {
      for x in pixels(low.x, high.x) {
        let point = SIMD2(Double(x) + 0.5, Double(y) + 0.5)
        let share = min(1, max(0, ((point - start) * along).sum() / length))
        let away = point - (start + share * along)
        let coverage = min(1, max(0, radius + 0.5 - (away * away).sum().squareRoot()))
        ink[y * side + x] = max(ink[y * side + x], coverage)
      }
    }
  }

  private func pixels(_ low: Double, _ high: Double) -> Range<Int> {
    let first = min(max(0, Int(low)), side)
    return first..<max(first, min(side, Int(high) + 1))
  }

  /// The paper's horizontal lines, a third of the page apart.
  private mutating func rule(darkness: Double, draws: inout GlyphDraws) {
    let spacing = Double(side) / 3
    var height = draws.uniform(0...spacing)
    while height < Double(side) {
      for y in pixels(height - 2, height + 2) {
        let away = abs(Double(y) + 0.5 - height)
        let coverage = darkness * min(1, max(0, 1.5 - away))
        for x in 0..<side { ink[y * side + x] = max(ink[y * side + x], coverage) }
      }
      height += spacing
    }
  }

  /// Coverage at a point, between the centres of pixels; nothing outside the page.
  func sample(_ x: Double, _ y: Double) -> Double {
    let (left, top) = ((x - 0.5).rounded(.down), (y - 0.5).rounded(.down))
    let (column, row) = (Int(left), Int(top))
    guard column >= 0, row >= 0, column + 1 < side, row + 1 < side else { return 0 }
    let (a, b) = (x - 0.5 - left, y - 0.5 - top)
    let upper = ink[row * side + column] * (1 - a) + ink[row * side + column + 1] * a
    let lower = ink[(row + 1) * side + column] * (1 - a) + ink[(row + 1) * side + column + 1] * a
    return upper * (1 - b) + lower * b
  }
}
