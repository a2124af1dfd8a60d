import Kernels
import Testing
import Training

/// Compares gradients with central differences in Double.
enum CentralDifferences {
  static let step = 1e-6
  /// Differences with that step are good to about 1e-9 times the third derivative.
  static let tolerance = 1e-7

  /// Moves every entry of `parameter` by itself; `value` computes the scalar anew.
  static func check(
    _ parameter: Parameter<Double>, value: () -> Double, _ comment: Comment? = nil
  ) {
    let analytic = parameter.gradient.values
    for row in 0..<parameter.value.rows {
      for column in 0..<parameter.value.columns {
        let original = parameter.value[row, column]
        parameter.value[row, column] = original + step
        let above = value()
        parameter.value[row, column] = original - step
        let below = value()
        parameter.value[row, column] = original
        let numeric = (above - below) / (2 * step)
        let error = abs(numeric - analytic[row * parameter.value.columns + column])
        #expect(error < tolerance, "\(parameter.name) at \(row), \(column): \(comment ?? "")")
      }
    }
  }
}
