package import Kernels

/// Preprocessing steps with what they learned from the training rows.
///
/// Rows are transformed one by one and in blocks of any size to the same bits.
package struct Preprocessing: ~Copyable, Sendable {
  package let steps: [TrainingConfiguration.PreprocessingStep]
  /// The mean subtracted by `center`, `1 × dimension`; zeros where there is no such step.
  package let mean: Matrix<Float>

  /// Rows taken at a time while fitting. Part of no bits.
  private static let blockRows = 256

  /// Restores what was fitted before.
  package init(
    steps: [TrainingConfiguration.PreprocessingStep], mean: consuming Matrix<Float>
  ) {
    self.steps = steps
    self.mean = mean
  }

  /// Fits to the given rows of `features`. The mean is taken in 64 bits, in order of rows.
  package init(
    fitting steps: [TrainingConfiguration.PreprocessingStep], rows: [Int64],
    of features: borrowing Matrix<Float>
  ) {
    var mean = Matrix<Float>(rows: 1, columns: features.columns)
    if steps.contains(.center), !rows.isEmpty {
      let before = Array(steps.prefix { $0 != .center })
      var block = Matrix<Float>(
        rows: min(Self.blockRows, rows.count), columns: features.columns)
      var sums = [Double](repeating: 0, count: features.columns)
      for start in stride(from: 0, to: rows.count, by: Self.blockRows) {
        let part = Array(rows[start..<min(start + Self.blockRows, rows.count)])
        RowOperations.gather(
          part, from: features, normalized: before.contains(.unitLength), into: &block)
        RowOperations.add(block, rows: part.count, to: &sums)
      }
      for column in sums.indices { mean[0, column] = Float(sums[column] / Double(rows.count)) }
    }
    self.init(steps: steps, mean: mean)
  }

  /// Columns of a transformed row.
  package var outputs: Int { mean.columns }

  /// What was learned from the training rows.
  package var tensors: [WeightsFile.Tensor] {
    [.init(name: "preprocess.mean", shape: [mean.columns], values: mean.values)]
  }

  /// Writes the transformed rows named by `rows` to the first rows of `result`.
  package func apply(
    to rows: [Int64], of features: borrowing Matrix<Float>, into result: inout Matrix<Float>
  ) {
    let startsAtUnitLength = steps.first == .unitLength
    RowOperations.gather(rows, from: features, normalized: startsAtUnitLength, into: &result)
    for step in steps.dropFirst(startsAtUnitLength ? 1 : 0) {
      switch step {
      case .unitLength: RowOperations.normalizeInPlace(&result, rows: rows.count)
      case .center: RowOperations.subtract(mean, from: &result, rows: rows.count)
      }
    }
  }
}
