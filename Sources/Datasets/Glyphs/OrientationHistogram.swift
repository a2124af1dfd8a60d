/// Gradients of a page, summed by direction in a grid of overlapping cells.
struct OrientationHistogram {
  /// Cells along a side.
  let cells: Int
  /// Directions on the full circle.
  let directions = 16

  /// Unit vectors of the first of four quarters, from square roots alone.
  private static let units: [SIMD2<Double>] = {
    let c45 = 0.5.squareRoot()
    let c22 = ((1 + c45) / 2).squareRoot()
    let s22 = ((1 - c45) / 2).squareRoot()
    return [SIMD2(1, 0), SIMD2(c22, s22), SIMD2(c45, c45), SIMD2(s22, c22), SIMD2(0, 1)]
  }()

  /// Sums of gradient lengths, `cells × cells × directions`, row-major. A pixel counts for the
  /// four cells around it, by nearness, and for the two directions around its own.
  func cells(of page: GlyphPage) -> [Double] {
    let side = page.side
    let places = (0..<side).map { place(of: $0, side: side) }
    // One cell more on every side takes what falls off the grid.
    let width = cells + 2
    var sums = [Double](repeating: 0, count: width * width * directions)
    page.ink.withUnsafeBufferPointer { ink in
      sums.withUnsafeMutableBufferPointer { sums in
        for row in 1..<(side - 1) {
          for column in 1..<(side - 1) {
            let gradient = Self.gradient(ink, at: row * side + column, side: side)
            guard (gradient * gradient).sum() > 1e-12 else { continue }
            let (first, near, next) = Self.split(gradient)
            let second = (first + 1) % directions
            let (y, x) = (places[row], places[column])
            func add(at start: Int, _ share: Double) {
              sums[start + first] += share * near
              sums[start + second] += share * next
            }
            let upper = (y.cell * width + x.cell) * directions
            let lower = upper + width * directions
            add(at: upper, (1 - y.share) * (1 - x.share))
            add(at: upper + directions, (1 - y.share) * x.share)
            add(at: lower, y.share * (1 - x.share))
            add(at: lower + directions, y.share * x.share)
          }
        }
      }
    }
    return (0..<cells).flatMap { row in
      let start = ((row + 1) * width + 1) * directions
      return sums[start..<(start + cells * directions)]
    }
  }

  /// The cell before a pixel, counted from one before the grid, and how far the pixel is from
  /// it on the way to the next.
  private func place(of pixel: Int, side: Int) -> (cell: Int, share: Double) {
    let position = (Double(pixel) + 0.5) * Double(cells) / Double(side) + 0.5
    return (Int(position), position - position.rounded(.down))
  }

  /// Sobel's differences.
  private static func gradient(
    _ ink: UnsafeBufferPointer<Double>, at index: Int, side: Int
  ) -> SIMD2<Double> {
    let (above, below) = (index - side, index + side)
    let right = ink[above + 1] + 2 * ink[index + 1] + ink[below + 1]
    let left = ink[above - 1] + 2 * ink[index - 1] + ink[below - 1]
    let lower = ink[below - 1] + 2 * ink[below] + ink[below + 1]
    let upper = ink[above - 1] + 2 * ink[above] + ink[above + 1]
    return SIMD2((right - left) / 4, (lower - upper) / 4)
  }

  /// A vector as a sum of the two directions around it:
  /// g = near · u(first) + next · u(first + 1).
  private static func split(
    _ vector: SIMD2<Double>
  ) -> (first: Int, near: Double, next: Double) {
    // Turned by quarters into the first one, then found among its four directions.
    var (turned, quarter) = (vector, 0)
    while !(turned.x > 0 && turned.y >= 0) && quarter < 3 {
      turned = SIMD2(turned.y, -turned.x)
      quarter += 1
    }
    var step = 0
    while step < 3 && cross(units[step + 1], turned) >= 0 { step += 1 }
    let (first, second) = (units[step], units[step + 1])
    let sine = cross(first, second)
    return (quarter * 4 + step, cross(turned, second) / sine, cross(first, turned) / sine)
  }

  private static func cross(_ a: SIMD2<Double>, _ b: SIMD2<Double>) -> Double {
    a.x * b.y - a.y * b.x
  }

  /// Each cell divided by the length of the vector of the 3 × 3 cells around it, so that pen
  /// and ink matter less than shape.
  func locallyNormalized(_ sums: [Double]) -> [Double] {
    let energy = (0..<(cells * cells)).map { cell in
      sums[(cell * directions)..<((cell + 1) * directions)].reduce(0) { $0 + $1 * $1 }
    }
    var result = sums
    for row in 0..<cells {
      for column in 0..<cells {
        var around = 0.0
        for y in max(0, row - 1)...min(cells - 1, row + 1) {
          for x in max(0, column - 1)...min(cells - 1, column + 1) {
            around += energy[y * cells + x]
          }
        }
        // The constant keeps empty paper from becoming a pattern.
        let scale = 1 / (around + 4).squareRoot()
        for direction in 0..<directions {
          result[(row * cells + column) * directions + direction] *= scale
        }
      }
    }
    return result
  }
}
