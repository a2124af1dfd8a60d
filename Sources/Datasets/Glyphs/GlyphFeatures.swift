/// The three levels of vectors that are taken from a drawing.
enum GlyphFeatures {
  /// Ink coverage on a 28 × 28 grid of the whole page.
  static let low = (name: "low", dimension: 784)
  /// 8 unsigned orientations × 7 × 7 cells of the whole page.
  static let mid = (name: "mid", dimension: 392)
  /// 16 signed orientations × 8 × 8 cells of the ink, centred and scaled; locally normalised,
  /// square-rooted.
  static let high = (name: "high", dimension: 1024)

  /// Pixels along a side of the page that `low` and `mid` are taken from.
  static var side: Int { 56 }

  /// Means of 2 × 2 pixels.
  static func low(of page: GlyphPage) -> [Float] {
    let side = page.side / 2
    var values = [Float](repeating: 0, count: side * side)
    for row in 0..<side {
      for column in 0..<side {
        let corner = 2 * row * page.side + 2 * column
        let sum =
          page.ink[corner] + page.ink[corner + 1] + page.ink[corner + page.side]
          + page.ink[corner + page.side + 1]
        values[row * side + column] = rounded(sum / 4)
      }
    }
    return values
  }

  static func mid(of page: GlyphPage) -> [Float] {
    let histogram = OrientationHistogram(cells: 7)
    let signed = histogram.cells(of: page)
    let half = histogram.directions / 2
    // Opposite directions are one orientation.
    return (0..<mid.dimension).map { index in
      let place = index / half * histogram.directions + index % half
      return rounded((signed[place] + signed[place + half]) / 8)
    }
  }

  static func high(of page: GlyphPage) -> [Float] {
    let histogram = OrientationHistogram(cells: 8)
    return histogram.locallyNormalized(histogram.cells(of: centred(page, side: 64))).map {
      rounded($0.squareRoot())
    }
  }

  /// Multiples of 1/256, which float32 holds exactly and which compress well.
  private static func rounded(_ value: Double) -> Float {
    Float((value * 256).rounded() / 256)
  }

  /// The ink moved to the middle and scaled to a common spread, by its moments.
  private static func centred(_ page: GlyphPage, side: Int) -> GlyphPage {
    var (mass, sum, squares) = (1e-9, SIMD2<Double>(), SIMD2<Double>())
    for row in 0..<page.side {
      for column in 0..<page.side {
        // Faint paper would pull the middle of the ink towards the middle of the page.
        let weight = max(0, page.ink[row * page.side + column] - 0.5)
        let point = SIMD2(Double(column) + 0.5, Double(row) + 0.5)
        mass += weight
        sum += weight * point
        squares += weight * point * point
      }
    }
    let mean = sum / mass
    let variance = squares / mass - mean * mean
    let spread = max(1, (max(0, variance.sum()) / 2).squareRoot())
    let step = spread * 4.4 / Double(side)
    var result = GlyphPage(side: side)
    for row in 0..<side {
      for column in 0..<side {
        result.ink[row * side + column] = page.sample(
          mean.x + (Double(column) + 0.5 - Double(side) / 2) * step,
          mean.y + (Double(row) + 0.5 - Double(side) / 2) * step)
      }
    }
    return result
  }
}
