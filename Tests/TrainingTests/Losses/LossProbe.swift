import Kernels
import Testing
import Training

/// Runs a loss on raw rows, through their normalisation where the loss takes unit rows, and
/// holds its gradients against central differences and its promises of invariance.
enum LossProbe {
  /// Central differences in Double with step 1e-6 of losses of size 10 are good to about 1e-8.
  static let differenceTolerance = 1e-7
  private static let step = 1e-6

  /// Sums of some dozens of terms in another order.
  static let roundingTolerance = 1e-11

  struct Numbers {
    var loss: Double
    /// `∂L/∂rows`.
    var gradient: Rows
    var parameterGradients: [Rows]

    var isFinite: Bool {
      loss.isFinite
        && (parameterGradients + [gradient]).allSatisfy { $0.joined().allSatisfy(\.isFinite) }
    }
  }

  /// Random rows of varying length.
  static func rows(_ count: Int, _ columns: Int, seed: UInt64) -> Rows {
    let stream = RandomStream(seed: seed, stream: .synthesis)
    return (0..<count).map { row in
      let length = 0.5 + 2 * stream.uniform(at: 0, tag: UInt64(row))
      return (0..<columns).map { length * stream.normal(at: UInt32($0 + 1), tag: UInt64(row)) }
    }
  }

  /// Random labels among `classes`.
  static func labels(_ count: Int, classes: Int, seed: UInt64) -> [Int32] {
    let stream = RandomStream(seed: seed, stream: .itemChoice)
    return (0..<count).map { Int32(stream.index(below: classes, at: UInt32($0))) }
  }

  static func run<Loss: MetricLoss>(
    _ loss: Loss, _ rows: Rows, _ labels: [Int32]
  ) -> Numbers {
    let raw = Matrix<Loss.Scalar>(rows)
    let batch = TrainingBatch(distinct: labels)
    var gradient = Matrix<Loss.Scalar>(rows: raw.rows, columns: raw.columns)
    // What is not written shows.
    gradient.withMutableValues { $0.update(repeating: 77) }
    let outcome: LossOutcome
    if loss.takesUnitRows {
      var unit = Matrix<Loss.Scalar>(rows: raw.rows, columns: raw.columns)
      var norms = Matrix<Loss.Scalar>(rows: 1, columns: raw.rows)
      var unitGradient = Matrix<Loss.Scalar>(rows: raw.rows, columns: raw.columns)
      unitGradient.withMutableValues { $0.update(repeating: 77) }
      RowOperations.normalize(raw, into: &unit, norms: &norms)
      outcome = loss.evaluate(unit, batch: batch, gradient: &unitGradient)
      RowOperations.normalizeBackward(
        gradient: unitGradient, unit: unit, norms: norms, into: &gradient)
    } else {
      outcome = loss.evaluate(raw, batch: batch, gradient: &gradient)
    }
    return Numbers(
      loss: outcome.loss, gradient: gradient.asRows(),
      parameterGradients: loss.parameters.map { $0.gradient.asRows() })
  }

  /// The gradients of rows and of every parameter against central differences.
  static func expectDifferences<Loss: MetricLoss<Double>>(
    _ loss: Loss, _ rows: Rows, _ labels: [Int32], _ label: String
  ) {
    let numbers = run(loss, rows, labels)
    let tolerance = differenceTolerance * max(1, abs(numbers.loss))
    for row in rows.indices {
      for column in rows[row].indices {
        func value(_ shift: Double) -> Double {
          var moved = rows
          moved[row][column] += shift
          return run(loss, moved, labels).loss
        }
        let numeric = (value(step) - value(-step)) / (2 * step)
        #expect(
          abs(numeric - numbers.gradient[row][column]) < tolerance,
          "\(label): row \(row), column \(column)")
      }
    }
    for (place, parameter) in loss.parameters.enumerated() {
      for row in 0..<parameter.value.rows {
        for column in 0..<parameter.value.columns {
          let original = parameter.value[row, column]
          parameter.value[row, column] = original + step
          let above = run(loss, rows, labels).loss
          parameter.value[row, column] = original - step
          let below = run(loss, rows, labels).loss
          parameter.value[row, column] = original
          let numeric = (above - below) / (2 * step)
          #expect(
            abs(numeric - numbers.parameterGradients[place][row][column]) < tolerance,
            "\(label): \(parameter.name), row \(row), column \(column)")
        }
      }
    }
  }

  /// The order of classes in a batch is of no matter; within a class, which rows come first may
  /// be.
  static func expectFreeOrder<Loss: MetricLoss>(
    _ loss: Loss, _ rows: Rows, _ labels: [Int32], _ label: String
  ) {
    let plain = run(loss, rows, labels)
    let order = rows.indices.sorted {
      labels[$0] != labels[$1] ? labels[$0] > labels[$1] : $0 < $1
    }
    let sorted = run(loss, order.map { rows[$0] }, order.map { labels[$0] })
    expect([[sorted.loss]], [[plain.loss]], "\(label): loss")
    expect(sorted.gradient, order.map { plain.gradient[$0] }, "\(label): gradient")
    for (mine, other) in zip(sorted.parameterGradients, plain.parameterGradients) {
      expect(mine, other, "\(label): gradient of a parameter")
    }
  }

  static func expect(_ values: Rows, _ expected: Rows, _ label: String) {
    #expect(values.map(\.count) == expected.map(\.count), "\(label)")
    let scale = max(1, expected.joined().map(abs).max() ?? 0)
    let error = zip(values.joined(), expected.joined()).map { abs($0 - $1) }.max() ?? 0
    #expect(error <= roundingTolerance * scale, "\(label): off by \(error) at \(scale)")
  }

  /// The rows turned by an angle in each plane of neighbouring columns, one after the other.
  static func rotated(_ rows: Rows, cosine: Double = 0.6, sine: Double = 0.8) -> Rows {
    rows.map { row in
      var row = row
      for column in 0..<(row.count - 1) {
        let (x, y) = (row[column], row[column + 1])
        row[column] = cosine * x - sine * y
        row[column + 1] = sine * x + cosine * y
      }
      return row
    }
  }
}
