import Datasets
import Kernels
import Testing
import Training

/// One case of a file of Ranked List Loss: raw rows in, loss and gradients out.
struct RankedListReference {
  let name: String
  let tag: String
  private let alpha: Double
  private let margin: Double
  private let positiveTemperature: Double
  private let negativeTemperature: Double
  private let lambda: Double
  private let expectedLoss: Double
  private let rows: Int
  private let columns: Int
  private let embeddings: [Double]
  private let labels: [Int32]
  private let positiveCounts: [Int64]
  private let negativeCounts: [Int64]
  private let positiveLosses: [Double]
  private let negativeLosses: [Double]
  private let weightsConstantGradient: [Double]
  private let weightsDifferentiatedGradient: [Double]

  var largestTemperature: Double { max(positiveTemperature, negativeTemperature) }

  init(_ file: HDF5File, _ group: String) throws {
    name = "\(file.path)\(group)"
    tag = try file.text("tag", of: group)
    alpha = try file.number("alpha", of: group)
    margin = try file.number("m", of: group)
    positiveTemperature = try file.number("T_p", of: group)
    negativeTemperature = try file.number("T_n", of: group)
    lambda = try file.number("lam", of: group)
    expectedLoss = try file.number("loss", of: group)
    let rawRows = try file.array("\(group)/embeddings")
    (rows, columns) = (rawRows.rows, rawRows.rowCount)
    embeddings = try rawRows.doubles()
    labels = Self.classNumbers(try file.array("\(group)/labels").integers())
    positiveCounts = try file.array("\(group)/count_p").integers()
    negativeCounts = try file.array("\(group)/count_n").integers()
    positiveLosses = try file.array("\(group)/loss_p_per_query").doubles()
    negativeLosses = try file.array("\(group)/loss_n_per_query").doubles()
    weightsConstantGradient = try file.array("\(group)/grad_weights_constant").doubles()
    weightsDifferentiatedGradient =
      try file.array("\(group)/grad_weights_differentiated").doubles()
  }

  /// Labels of any size as the numbers of their classes.
  private static func classNumbers(_ labels: [Int64]) -> [Int32] {
    let classes = Set(labels).sorted()
    return labels.compactMap { label in classes.firstIndex(of: label).map { Int32($0) } }
  }

  /// Compares what training computes, from rows to the gradient through their normalisation.
  func check<Scalar: KernelScalar>(_ type: Scalar.Type, within bounds: ReferenceBounds) throws {
    try check(type, .fullList, weightsConstantGradient, bounds)
    try check(type, .exact, weightsDifferentiatedGradient, bounds)
  }

  private func check<Scalar: KernelScalar>(
    _ type: Scalar.Type, _ mode: RankedListLoss<Scalar>.Gradient, _ expectedGradient: [Double],
    _ bounds: ReferenceBounds
  ) throws {
    let label = "\(name) (\(tag)), \(mode.rawValue)"
    let loss = RankedListLoss<Scalar>(
      parameters: parameters(mode), size: rows, blas: try BLASLibrary.load())
    let raw = Matrix<Scalar>(rows: rows, columns: columns, values: embeddings.map(Scalar.init))
    var unit = Matrix<Scalar>(rows: rows, columns: columns)
    var norms = Matrix<Scalar>(rows: 1, columns: rows)
    var unitGradient = Matrix<Scalar>(rows: rows, columns: columns)
    var gradient = Matrix<Scalar>(rows: rows, columns: columns)
    RowOperations.normalize(raw, into: &unit, norms: &norms)
    let outcome = loss.evaluate(
      unit, batch: TrainingBatch(distinct: labels), gradient: &unitGradient)
    RowOperations.normalizeBackward(
      gradient: unitGradient, unit: unit, norms: norms, into: &gradient)

    expect([outcome.loss], [expectedLoss], bounds.loss, "\(label): loss")
    let queries = 0..<rows
    expect(
      queries.map { Double(loss.lists.positiveLoss(of: $0)) }, positiveLosses, bounds.loss,
      leastScale: bounds.hingeScale, "\(label): L_P per query")
    expect(
      queries.map { Double(loss.lists.negativeLoss(of: $0)) }, negativeLosses, bounds.loss,
      leastScale: bounds.hingeScale, "\(label): L_N per query")
    #expect(
      queries.map { Int64(loss.lists.positiveCount(of: $0)) } == positiveCounts, "\(label)")
    #expect(
      queries.map { Int64(loss.lists.negativeCount(of: $0)) } == negativeCounts, "\(label)")
    expect(
      gradient.values.map(Double.init), expectedGradient, bounds.gradient, "\(label): gradient")
  }

  private func parameters<Scalar: KernelScalar>(
    _ mode: RankedListLoss<Scalar>.Gradient
  ) -> RankedListLoss<Scalar>.Parameters {
    var parameters = RankedListLoss<Scalar>.Parameters()
    parameters.alpha = alpha
    parameters.margin = margin
    parameters.positiveTemperature = positiveTemperature
    parameters.temperature = negativeTemperature
    parameters.lambda = lambda
    parameters.gradient = mode
    return parameters
  }

  private func expect(
    _ values: [Double], _ expected: [Double], _ bound: Double, leastScale: Double = 0,
    _ label: String
  ) {
    let scale = max(expected.map(\.magnitude).max() ?? 0, leastScale)
    let error = zip(values, expected).map { abs($0 - $1) }.max() ?? 0
    #expect(values.count == expected.count, "\(label)")
    // A value that is not a number fails; where all are zero, ours must be exactly that.
    #expect(
      values.allSatisfy(\.isFinite) && error <= bound * scale,
      "\(label): off by \(error) at a scale of \(scale)")
  }
}
