/// The loss of choosing one of several columns, and its gradient in place of the scores.
package enum CrossEntropy {
  /// `log Σ_z exp(scale x_z) − scale x_target` over one row, in 64 bits; z runs over all columns,
  /// or over all others than the target. The row becomes `weight (softmax − onehot)`.
  @_specialize(where Scalar == Float)
  @_specialize(where Scalar == Double)
  package static func evaluate<Scalar: KernelScalar>(
    _ scores: inout Matrix<Scalar>, row: Int, target: Int, scale: Double = 1,
    excludingTarget: Bool = false, weight: Double
  ) -> Double {
    precondition(target < scores.columns, "class \(target) of \(scores.columns)")
    let score = scale * Double(scores[row, target])
    if excludingTarget { scores[row, target] = -.infinity }
    let logSum = scores.softmax(row: row, columns: 0..<scores.columns, scale: scale)
    scores[row, target] -= 1
    scores.scale(row: row, by: Scalar(weight))
    return logSum - score
  }
}
