/// By how much a number may differ, relative to the largest entry of its array.
struct ReferenceBounds {
  let loss: Double
  let gradient: Double
  /// The least scale of a mean of hinges: a hinge is the small difference of two numbers near
  /// 1, whose error is theirs.
  let hingeScale: Double

  /// What a correct 64-bit implementation attains is 1e-12.
  static let double = ReferenceBounds(loss: 1e-10, gradient: 1e-10, hingeScale: 0)

  /// What distances from a Gram matrix in 32 bits attain: d² = 2 − 2 s loses digits where rows
  /// nearly touch, and steep weights show it.
  static func float(for reference: RankedListReference) -> ReferenceBounds {
    if ["duplicate_across_classes", "alpha_below_m_duplicates"].contains(reference.tag) {
      return ReferenceBounds(loss: 2e-4, gradient: 1e-4, hingeScale: 1)
    }
    let gradient = reference.largestTemperature > 20 ? 1e-3 : 3e-5
    return ReferenceBounds(loss: 2e-6, gradient: gradient, hingeScale: 1)
  }
}
