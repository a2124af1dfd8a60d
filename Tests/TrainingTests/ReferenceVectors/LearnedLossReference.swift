import Datasets
import Kernels
import Testing
import Training

/// One case of a file of a loss with proxies or pairs: raw rows in, loss and gradients out.
struct LearnedLossReference {
  let file: HDF5File
  let group: String
  private let name: String
  private let rows: Rows
  let labels: [Int32]
  /// Raw proxies, where the file has them.
  private let proxies: Rows?
  private let expectedLoss: Double
  private let expectedGradient: Rows
  private let expectedProxyGradient: Rows?

  var size: Int { rows.count }
  var embedding: Int { rows.first?.count ?? 0 }
  var classes: Int { proxies?.count ?? 0 }

  init(_ file: HDF5File, _ group: String, withProxies: Bool) throws {
    self.file = file
    self.group = group
    name = "\(file.path)\(group) (\(try file.text("tag", of: group)))"
    func read(_ object: String) throws -> Rows {
      let array = try file.array("\(group)/\(object)")
      let values = try array.doubles()
      return (0..<array.rows).map { row in
        Array(values[row * array.rowCount..<(row + 1) * array.rowCount])
      }
    }
    rows = try read("embeddings")
    labels = try file.array("\(group)/labels").integers().map { Int32($0) }
    expectedLoss = try file.number("loss", of: group)
    expectedGradient = try read("grad")
    proxies = withProxies ? try read("proxies") : nil
    expectedProxyGradient = withProxies ? try read("grad_proxies") : nil
  }

  /// Compares what training computes, from rows to the gradient through their normalisation.
  func check<Loss: MetricLoss>(_ loss: Loss, within bounds: ReferenceBounds) {
    if let proxies { loss.parameters.first?.value = Matrix(proxies) }
    let numbers = LossProbe.run(loss, rows, labels)
    expect([[numbers.loss]], [[expectedLoss]], bounds.loss, "loss")
    expect(numbers.gradient, expectedGradient, bounds.gradient, "gradient")
    if let expectedProxyGradient {
      expect(
        numbers.parameterGradients.first ?? [], expectedProxyGradient, bounds.gradient,
        "gradient of the proxies")
    }
  }

  private func expect(_ values: Rows, _ expected: Rows, _ bound: Double, _ label: String) {
    #expect(values.map(\.count) == expected.map(\.count), "\(name): \(label)")
    let scale = expected.joined().map(abs).max() ?? 0
    let error = zip(values.joined(), expected.joined()).map { abs($0 - $1) }.max() ?? 0
    #expect(
      values.joined().allSatisfy(\.isFinite) && error <= bound * scale,
      "\(name): \(label) off by \(error) at a scale of \(scale)")
  }
}

extension ReferenceBounds {
  /// What similarities in 32 bits attain: an error of 1e-7 in a cosine, times a slope of up to 64,
  /// is one of up to 6e-6 in a weight.
  static let floatProxies = ReferenceBounds(loss: 5e-7, gradient: 1e-5, hingeScale: 0)

  /// The same with products of raw rows, of lengths up to 20: exponents of some hundreds with an
  /// error of 1e-5; where a loss is small it is their difference.
  static let floatPairs = ReferenceBounds(loss: 1e-5, gradient: 2e-5, hingeScale: 0)
}
