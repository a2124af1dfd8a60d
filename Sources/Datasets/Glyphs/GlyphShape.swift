/// The strokes of a character, in a square from -1 to 1, y downwards.
struct GlyphShape: Sendable {
  /// The points that the strokes pass through; a stroke has three or more.
  var strokes: [[SIMD2<Double>]]

  /// Points between two control points when a stroke is drawn.
  private static var pointsPerSpan: Int { 6 }

  /// A new character: a few strokes that begin on a coarse grid and change their direction a
  /// little at every point, as a pen does.
  init(draws: inout GlyphDraws) {
    let counts = [1, 2, 2, 2, 3, 3, 3, 4]
    strokes = (0..<counts[draws.index(below: counts.count)]).map { _ in
      Self.stroke(draws: &draws)
    }
  }

  private static func stroke(draws: inout GlyphDraws) -> [SIMD2<Double>] {
    var point = SIMD2(
      Double(draws.index(below: 3) - 1) * 0.6 + draws.uniform(-0.15...0.15),
      Double(draws.index(below: 3) - 1) * 0.6 + draws.uniform(-0.15...0.15))
    var direction = unit(SIMD2(draws.uniform(-1...1), draws.uniform(-1...1)))
    // A stroke that begins at the edge leads inwards.
    if (direction * point).sum() > 0.2 { direction = -direction }
    let turn = draws.bell() * 0.55
    var points = [point]
    for _ in 0..<(2 + draws.index(below: 3)) {
      let bend = turn + draws.bell() * 0.25
      direction = unit(direction + bend * SIMD2(-direction.y, direction.x))
      point += direction * draws.uniform(0.35...0.75)
      point = point.clamped(lowerBound: SIMD2(-1, -1), upperBound: SIMD2(1, 1))
      points.append(point)
    }
    return points
  }

  private static func unit(_ vector: SIMD2<Double>) -> SIMD2<Double> {
    let length = (vector * vector).sum().squareRoot()
    return length > 1e-9 ? vector / length : SIMD2(1, 0)
  }

  /// The strokes as polylines: Catmull-Rom curves through their points.
  func polylines() -> [[SIMD2<Double>]] {
    strokes.map { points in
      var line: [SIMD2<Double>] = []
      for span in 0..<(points.count - 1) {
        let (p1, p2) = (points[span], points[span + 1])
        let p0 = span > 0 ? points[span - 1] : p1 + (p1 - p2)
        let p3 = span + 2 < points.count ? points[span + 2] : p2 + (p2 - p1)
        for step in 0..<Self.pointsPerSpan {
          line.append(Self.curve(p0, p1, p2, p3, Double(step) / Double(Self.pointsPerSpan)))
        }
      }
      if let last = points.last { line.append(last) }
      return line
    }
  }

  private static func curve(
    _ p0: SIMD2<Double>, _ p1: SIMD2<Double>, _ p2: SIMD2<Double>, _ p3: SIMD2<Double>,
    _ t: Double
  ) -> SIMD2<Double> {
    let linear = (p2 - p0) * t
    let square = (2 * p0 - 5 * p1 + 4 * p2 - p3) * (t * t)
    let cube = (3 * p1 - p0 - 3 * p2 + p3) * (t * t * t)
    return 0.5 * (2 * p1 + linear + square + cube)
  }
}
