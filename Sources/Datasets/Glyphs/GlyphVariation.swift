/// How much the samples of one class differ: standard deviations, in the units of
/// `GlyphShape` unless said otherwise. The defaults leave raw features between 40 and 85 %
/// Recall@1 and training something to gain.
struct GlyphVariation: Sendable {
  /// Tangent of half the angle of rotation.
  var halfTurn = 0.06
  var slant = 0.16
  var stretch = 0.10
  var shift = 0.05
  /// Of each control point.
  var jitter = 0.12
  /// Of all points of one stroke.
  var strokeShift = 0.08
  /// The pen's radius, least and most, in pixels of the page.
  var penRadius = 0.9...2.0
  /// The darkest a ruled line of the paper may be; lines lie at a random height.
  var ruling = 0.5
  /// Of the grain of the paper, in shares of full ink.
  var grain = 0.06
}

extension GlyphShape {
  /// The character as one writer draws it once.
  func varied(by variation: GlyphVariation, draws: inout GlyphDraws) -> GlyphShape {
    let half = draws.bell() * variation.halfTurn
    // Rotation by the rational form of sine and cosine.
    let (cosine, sine) = (
      (1 - half * half) / (1 + half * half), 2 * half / (1 + half * half)
    )
    let slant = draws.bell() * variation.slant
    let (width, height) = (
      1 + draws.bell() * variation.stretch, 1 + draws.bell() * variation.stretch
    )
    let shift = SIMD2(draws.bell(), draws.bell()) * variation.shift
    var shape = self
    for stroke in strokes.indices {
      let offset = SIMD2(draws.bell(), draws.bell()) * variation.strokeShift
      for index in strokes[stroke].indices {
        let jitter = SIMD2(draws.bell(), draws.bell()) * variation.jitter
        let point = strokes[stroke][index] + offset + jitter
        let scaled = SIMD2(point.x * width - point.y * slant, point.y * height)
        shape.strokes[stroke][index] =
          SIMD2(
            cosine * scaled.x - sine * scaled.y, sine * scaled.x + cosine * scaled.y) + shift
      }
    }
    return shape
  }
}
