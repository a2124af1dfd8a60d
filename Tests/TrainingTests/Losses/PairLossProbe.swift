import Kernels
import Testing
import Training

/// A loss as a function of raw rows, to be compared with itself and with a naive one.
struct PairLossProbe: Sendable {
  /// Between two orders of summation in 64 bits, relative to 1.
  static let tolerance = 1e-12
  /// Central differences over 2·10⁻⁶ of values near 1: rounding 10⁻¹⁰, curvature 10⁻¹⁰ at
  /// slopes up to 50.
  static let differenceTolerance = 2e-7
  private static let step = 1e-6

  let name: String
  /// A new loss for batches of a size.
  let make: @Sendable (_ size: Int) throws -> any MetricLoss<Double>

  struct Result {
    var loss: Double
    var outcome: LossOutcome
    /// Through the normalisation of rows.
    var gradient: [Double]
    var unitGradient: [Double]
    var parameterGradients: [[Double]]
  }

  func evaluate(_ batch: PairBatch, with loss: (any MetricLoss<Double>)? = nil) throws -> Result {
    let loss = try loss ?? make(batch.size)
    return evaluate(batch, loss)
  }

  private func evaluate(_ batch: PairBatch, _ loss: some MetricLoss<Double>) -> Result {
    let (size, columns) = (batch.size, batch.columns)
    let raw = Matrix<Double>(rows: size, columns: columns, values: batch.raw)
    var unit = Matrix<Double>(rows: size, columns: columns)
    var norms = Matrix<Double>(rows: 1, columns: size)
    var unitGradient = Matrix<Double>(rows: size, columns: columns)
    var gradient = Matrix<Double>(rows: size, columns: columns)
    RowOperations.normalize(raw, into: &unit, norms: &norms)
    let outcome = loss.evaluate(unit, batch: batch.training, gradient: &unitGradient)
    RowOperations.normalizeBackward(
      gradient: unitGradient, unit: unit, norms: norms, into: &gradient)
    return Result(
      loss: outcome.loss, outcome: outcome, gradient: gradient.values,
      unitGradient: unitGradient.values,
      parameterGradients: loss.parameters.map { $0.gradient.values })
  }

  /// Compares with central differences by every entry of the raw rows.
  func checkGradient(_ batch: PairBatch) throws {
    let result = try evaluate(batch)
    for place in batch.raw.indices {
      var (above, below) = (batch, batch)
      above.raw[place] += Self.step
      below.raw[place] -= Self.step
      let slope = (try evaluate(above).loss - evaluate(below).loss) / (2 * Self.step)
      #expect(
        abs(result.gradient[place] - slope) < Self.differenceTolerance,
        "\(name), \(batch.name): entry \(place) is \(result.gradient[place]), not \(slope)")
    }
  }

  /// Compares with central differences by every entry of what the loss learns.
  func checkParameters(_ batch: PairBatch) throws {
    let loss = try make(batch.size)
    let gradients = try evaluate(batch, with: loss).parameterGradients
    #expect(!gradients.isEmpty)
    for (parameter, gradient) in zip(loss.parameters, gradients) {
      for place in gradient.indices {
        let start = parameter.value.values[place]
        func lossWith(_ value: Double) throws -> Double {
          parameter.value.withMutableValues { $0[place] = value }
          return try evaluate(batch, with: loss).loss
        }
        let slope =
          (try lossWith(start + Self.step) - lossWith(start - Self.step)) / (2 * Self.step)
        _ = try lossWith(start)
        #expect(
          abs(gradient[place] - slope) < Self.differenceTolerance,
          "\(name), \(batch.name): \(parameter.name) \(place) is \(gradient[place]), not \(slope)")
      }
    }
  }

  /// Row order permutes the gradient; label names, rotations and an earlier batch change
  /// nothing; the length of rows divides the gradient, which has no part along them.
  func checkInvariances(_ batch: PairBatch) throws {
    let result = try evaluate(batch)
    let label = "\(name), \(batch.name)"

    let order = RandomStream(seed: 5, stream: .synthesis).permutation(of: batch.size)
    let reordered = try evaluate(batch.reordered(order))
    expect([reordered.loss], [result.loss], "\(label): loss in another order")
    expect(
      reordered.gradient, order.flatMap { entries(of: $0, result.gradient, batch) },
      "\(label): gradient in another order")

    var renamed = batch
    let last = batch.labels.max() ?? 0
    renamed.labels = batch.labels.map { last - $0 }
    let underOtherNames = try evaluate(renamed)
    expect([underOtherNames.loss], [result.loss], "\(label): loss under other names")
    expect(underOtherNames.gradient, result.gradient, "\(label): gradient under other names")

    var rotated = batch
    rotated.raw = rotate(batch.raw, batch.columns)
    let afterRotation = try evaluate(rotated)
    expect([afterRotation.loss], [result.loss], "\(label): rotated loss")
    expect(
      afterRotation.gradient, rotate(result.gradient, batch.columns), "\(label): rotated gradient")

    var longer = batch
    longer.raw = batch.raw.map { 4 * $0 }
    let ofLonger = try evaluate(longer)
    #expect(ofLonger.gradient == result.gradient.map { $0 / 4 }, "\(label): longer rows")

    let used = try make(batch.size)
    _ = try evaluate(rotated, with: used)
    let again = try evaluate(batch, with: used)
    #expect(again.gradient == result.gradient, "\(label): used before")

    for row in 0..<batch.size {
      let along = zip(batch.row(row), entries(of: row, result.gradient, batch)).map(*)
      #expect(abs(along.reduce(0, +)) < Self.tolerance, "\(label): along row \(row)")
    }
  }

  /// Whatever the batch, numbers come out.
  func checkOddBatches() throws {
    for batch in PairBatch.odd + [.separated, .withZeros] {
      let result = try evaluate(batch)
      let label = "\(name), \(batch.name)"
      #expect(result.loss.isFinite && result.loss >= 0, "\(label): \(result.loss)")
      #expect(result.unitGradient.allSatisfy { $0.isFinite }, "\(label)")
      #expect(result.gradient.allSatisfy { $0.isFinite }, "\(label)")
      #expect(result.parameterGradients.allSatisfy { $0.allSatisfy(\.isFinite) }, "\(label)")
      for share in [result.outcome.nontrivialPositives, result.outcome.nontrivialNegatives] {
        #expect(share.map { (0...1).contains($0) } == true, "\(label): \(share ?? .nan)")
      }
    }
  }

  /// Embeddings that are not numbers give a loss that is none, and a gradient.
  func checkDivergence() throws {
    var batch = PairBatch.random[0]
    batch.raw[4] = .nan
    let result = try evaluate(batch)
    #expect(result.loss.isNaN, "\(name): \(result.loss)")
    #expect(result.unitGradient.allSatisfy { $0.isNaN }, "\(name)")
    let loss = try make(batch.size)
    _ = try evaluate(batch, with: loss)
    let after = try evaluate(.random[0], with: loss)
    #expect(after.gradient == (try evaluate(.random[0])).gradient, "\(name): afterwards")
  }

  func expect(_ values: [Double], _ expected: [Double], _ label: String) {
    let scale = max(1, expected.map(\.magnitude).max() ?? 0)
    let error = zip(values, expected).map { abs($0 - $1) }.max() ?? 0
    #expect(
      values.count == expected.count && error <= Self.tolerance * scale, "\(label): off by \(error)"
    )
  }

  private func entries(of row: Int, _ values: [Double], _ batch: PairBatch) -> [Double] {
    Array(values[row * batch.columns..<(row + 1) * batch.columns])
  }

  /// Turns the plane of each two neighbouring columns by the angle of a 3-4-5 triangle.
  private func rotate(_ values: [Double], _ columns: Int) -> [Double] {
    var values = values
    for start in stride(from: 0, to: values.count, by: columns) {
      for place in start..<start + columns - 1 {
        let (x, y) = (values[place], values[place + 1])
        values[place] = 0.6 * x - 0.8 * y
        values[place + 1] = 0.8 * x + 0.6 * y
      }
    }
    return values
  }
}
