import Datasets
import Kernels
import Testing
import Training

/// One case of a file of a loss over pairs: raw rows in, loss and gradients out.
struct PairLossReference {
  /// By how much the loss and the gradient may differ, relative to the largest entry.
  struct Bounds {
    let loss: Double
    let gradient: Double
    /// The least scale of a loss above 0: a hinge is the small difference of two numbers near 1,
    /// whose error is theirs.
    var hingeScale = 0.0

    /// What a correct 64-bit implementation attains is 1e-12.
    static let double = Bounds(loss: 1e-10, gradient: 1e-10)
    /// Distances from a Gram matrix in 32 bits, `d² = 2 − 2 s`, are off by 1.2e-7 / d, which is
    /// 1e-6 at the d = 0.1 where differences of rows take over.
    static let float = Bounds(loss: 1e-6, gradient: 1e-5, hingeScale: 1)
    /// Slopes of exponents up to 75 multiply the error of a similarity, 6e-8.
    static let steepFloat = Bounds(loss: 5e-6, gradient: 5e-5)
  }

  let name: String
  let file: HDF5File
  let group: String
  let rows: Int
  let columns: Int
  let labels: [Int32]
  private let embeddings: [Double]
  private let expectedLoss: Double
  private let expectedGradient: [Double]

  init(_ file: HDF5File, _ group: String) throws {
    self.file = file
    self.group = group
    name = "\(file.path)\(group) (\(try file.text("tag", of: group)))"
    expectedLoss = try file.number("loss", of: group)
    let raw = try file.array("\(group)/embeddings")
    (rows, columns) = (raw.rows, raw.rowCount)
    embeddings = try raw.doubles()
    labels = try file.array("\(group)/labels").integers().map { Int32($0) }
    expectedGradient = try file.array("\(group)/grad").doubles()
  }

  func number(_ attribute: String) throws -> Double { try file.number(attribute, of: group) }

  func flag(_ attribute: String) throws -> Bool { try file.integer(attribute, of: group) == 1 }

  func text(_ attribute: String) throws -> String { try file.text(attribute, of: group) }

  /// Whether terms of 0 count in a mean.
  func reducer() throws -> LossReducer {
    let name = try text("reducer")
    return try #require(
      ["AvgNonZeroReducer": LossReducer.nonzero, "MeanReducer": .all][name], "\(name)")
  }

  /// Compares from raw rows to the gradient through their normalisation.
  func check<Scalar: KernelScalar>(
    _ loss: some MetricLoss<Scalar>, within bounds: Bounds
  ) {
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
    expect(
      [outcome.loss], [expectedLoss], bounds.loss,
      leastScale: expectedLoss > 0 ? bounds.hingeScale : 0, "loss")
    expect(gradient.values.map(Double.init), expectedGradient, bounds.gradient, "gradient")
  }

  func expect(
    _ values: [Double], _ expected: [Double], _ bound: Double, leastScale: Double = 0,
    _ what: String
  ) {
    let scale = max(expected.map(\.magnitude).max() ?? 0, leastScale)
    let error = zip(values, expected).map { abs($0 - $1) }.max() ?? 0
    // A value that is not a number fails; where all are zero, ours must be exactly that.
    #expect(
      values.count == expected.count && values.allSatisfy(\.isFinite) && error <= bound * scale,
      "\(name): \(what) off by \(error) at a scale of \(scale)")
  }
}
