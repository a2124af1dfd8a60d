import Foundation
import Kernels
import Testing
import Training

struct ProxyAnchorLossTests {
  private static func loss<Scalar: KernelScalar>(
    _ type: Scalar.Type = Double.self, size: Int, classes: Int, columns: Int,
    alpha: Double = 32, margin: Double = 0.1, seed: UInt64 = 5
  ) throws -> ProxyAnchorLoss<Scalar> {
    var parameters = ProxyAnchorLoss<Scalar>.Parameters()
    parameters.alpha = alpha
    parameters.margin = margin
    return ProxyAnchorLoss(
      parameters: parameters, size: size, classes: classes, embedding: columns, seed: seed,
      blas: try BLASLibrary.load())
  }

  /// losses.md §10.
  private static func naive(
    _ rows: Rows, _ labels: [Int32], proxies: Rows, alpha: Double, margin: Double
  ) -> Double {
    var (positive, negative) = (0.0, 0.0)
    for (proxy, vector) in proxies.enumerated() {
      var (pull, push) = (0.0, 0.0)
      for (row, label) in zip(rows, labels) {
        let similarity = dot(unitRow(row), unitRow(vector))
        if label == proxy {
          pull += exp(-alpha * (similarity - margin))
        } else {
          push += exp(alpha * (similarity + margin))
        }
      }
      if labels.contains(Int32(proxy)) { positive += log(1 + pull) }
      negative += log(1 + push)
    }
    return positive / Double(Set(labels).count) + negative / Double(proxies.count)
  }

  @Test(arguments: [(1.0, 0.0), (4, 0.1), (12, 0.3)])
  func `loss and gradients agree with the formula`(alpha: Double, margin: Double) throws {
    for seed in UInt64(1)...6 {
      let (size, classes, columns) = (4 + Int(seed), 1 + Int(seed), 2 + Int(seed) % 3)
      let loss = try Self.loss(
        size: size, classes: classes, columns: columns, alpha: alpha, margin: margin, seed: seed)
      let rows = LossProbe.rows(size, columns, seed: seed)
      let labels = LossProbe.labels(size, classes: classes, seed: seed)
      let name = "seed \(seed)"
      let expected = Self.naive(
        rows, labels, proxies: loss.parameters[0].value.asRows(), alpha: alpha, margin: margin)
      LossProbe.expect([[LossProbe.run(loss, rows, labels).loss]], [[expected]], name)
      LossProbe.expectDifferences(loss, rows, labels, name)
      LossProbe.expectFreeOrder(loss, rows, labels, name)
    }
  }

  @Test func `names of classes and directions of axes are of no matter`() throws {
    let (size, classes, columns) = (9, 5, 3)
    let loss = try Self.loss(size: size, classes: classes, columns: columns, alpha: 4)
    let rows = LossProbe.rows(size, columns, seed: 3)
    let labels = LossProbe.labels(size, classes: 4, seed: 3)
    let plain = LossProbe.run(loss, rows, labels)
    let proxies = loss.parameters[0].value.asRows()

    loss.parameters[0].value = Matrix(proxies.reversed())
    let renamed = LossProbe.run(loss, rows, labels.map { Int32(classes - 1) - $0 })
    LossProbe.expect([[renamed.loss]], [[plain.loss]], "names: loss")
    LossProbe.expect(renamed.gradient, plain.gradient, "names: gradient")

    loss.parameters[0].value = Matrix(LossProbe.rotated(proxies))
    let turned = LossProbe.run(loss, LossProbe.rotated(rows), labels)
    LossProbe.expect([[turned.loss]], [[plain.loss]], "axes: loss")
    LossProbe.expect(turned.gradient, LossProbe.rotated(plain.gradient), "axes: gradient")
  }

  @Test func `odd batches give finite numbers`() throws {
    let rows: Rows = [[1, 0], [1, 0], [0, 0], [-3e-20, 1e-20], [1e20, 0]]
    for labels: [Int32] in [[0, 0, 0, 0, 0], [0, 1, 2, 3, 4], [4, 4, 0, 0, 1]] {
      for alpha in [1e-3, 32, 1e4] {
        let loss = try Self.loss(Float.self, size: 5, classes: 5, columns: 2, alpha: alpha)
        #expect(LossProbe.run(loss, rows, labels).isFinite, "\(labels), alpha \(alpha)")
      }
    }
    let single = try Self.loss(size: 2, classes: 1, columns: 2)
    #expect(LossProbe.run(single, [[1, 0], [0, 1]], [0, 0]).isFinite, "one class")
  }

  @Test func `what is not a number comes out as such`() throws {
    let loss = try Self.loss(size: 2, classes: 3, columns: 2)
    #expect(LossProbe.run(loss, [[.nan, 1], [1, 0]], [0, 1]).loss.isNaN)
  }

  @Test func `defaults are the paper's, proxies are Kaiming normal by fan-out`() throws {
    let defaults = ProxyAnchorLoss<Float>.Parameters()
    #expect(defaults.alpha == 32 && defaults.margin == 0.1)
    let proxies = try Self.loss(size: 2, classes: 50, columns: 200).parameters[0]
    #expect(proxies.name == "loss.proxies" && proxies.rateMultiplier == 100)
    let values = proxies.value.values
    let deviation = (values.reduce(0) { $0 + $1 * $1 } / 10000).squareRoot()
    // √(2/50), within five standard errors of 10 000 draws.
    #expect(abs(deviation - 0.2) < 0.2 * 5 / 20000.0.squareRoot())
  }
}
