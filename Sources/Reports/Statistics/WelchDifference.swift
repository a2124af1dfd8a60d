/// The difference of two means of values that are not paired and need not vary alike.
///
/// Welch, "The generalization of 'Student's' problem when several different population variances
/// are involved", Biometrika 34, 1947, with the degrees of freedom of Satterthwaite (Biometrics
/// Bulletin 2, 1946): ν = (v₁ + v₂)² / (v₁² / (n₁ − 1) + v₂² / (n₂ − 1)), v = s² / n.
package struct WelchDifference: Sendable, Hashable {
  /// First mean minus second mean.
  package let mean: Double
  package let low: Double
  package let high: Double
  /// Two-sided; nil where neither side varies.
  package let p: Double?
  /// √(v₁ + v₂).
  package let standardError: Double
  /// ν; nil where neither side varies.
  package let degreesOfFreedom: Double?

  /// Nil where a side has fewer than two values.
  package init?(_ first: [Double], _ second: [Double]) {
    guard let a = CellStatistics(first), let b = CellStatistics(second),
      let spread = a.deviation, let other = b.deviation
    else { return nil }
    mean = a.mean - b.mean
    let parts = [spread * spread / Double(a.count), other * other / Double(b.count)]
    let variance = parts[0] + parts[1]
    guard variance > 0 else {
      (low, high, p) = (mean, mean, nil)
      (standardError, degreesOfFreedom) = (0, nil)
      return
    }
    let degrees =
      variance * variance
      / (parts[0] * parts[0] / Double(a.count - 1) + parts[1] * parts[1] / Double(b.count - 1))
    let student = StudentDistribution(degreesOfFreedom: degrees)
    standardError = variance.squareRoot()
    degreesOfFreedom = degrees
    let half = student.halfWidth(containing: CellStatistics.confidence) * standardError
    (low, high) = (mean - half, mean + half)
    p = student.outside(mean / standardError)
  }
}
