import Foundation
import Kernels
import Testing
import Training

struct ProxyNCALossTests {
  private static func loss<Scalar: KernelScalar>(
    _ type: Scalar.Type = Double.self, size: Int, classes: Int, columns: Int, scale: Double = 1,
    includePositive: Bool = false, seed: UInt64 = 5
  ) throws -> ProxyNCALoss<Scalar> {
    var parameters = ProxyNCALoss<Scalar>.Parameters()
    parameters.scale = scale
    parameters.includePositive = includePositive
    return ProxyNCALoss(
      parameters: parameters, size: size, classes: classes, embedding: columns, seed: seed,
      blas: try BLASLibrary.load())
  }

  /// losses.md §9, with distances from differences.
  private static func naive(
    _ rows: Rows, _ labels: [Int32], proxies: Rows, scale: Double, includePositive: Bool
  ) -> Double {
    var sum = 0.0
    for (row, label) in zip(rows, labels) {
      let squares = proxies.map { proxy in
        zip(unitRow(row), unitRow(proxy)).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }
      }
      var terms = 0.0
      for (proxy, square) in squares.enumerated() where includePositive || proxy != label {
        terms += exp(-scale * square)
      }
      sum += scale * squares[Int(label)] + log(terms)
    }
    return sum / Double(rows.count)
  }

  @Test(arguments: [false, true], [0.5, 1, 9])
  func `loss and gradients agree with the formula`(includePositive: Bool, scale: Double) throws {
    for seed in UInt64(1)...6 {
      let (size, classes, columns) = (4 + Int(seed), 2 + Int(seed) % 4, 2 + Int(seed) % 3)
      let loss = try Self.loss(
        size: size, classes: classes, columns: columns, scale: scale,
        includePositive: includePositive, seed: seed)
      let rows = LossProbe.rows(size, columns, seed: seed)
      let labels = LossProbe.labels(size, classes: classes, seed: seed)
      // The initial proxies are short: differences in them would not be small steps.
      loss.parameters[0].value = Matrix(LossProbe.rows(classes, columns, seed: seed + 50))
      let name = "seed \(seed)"
      let expected = Self.naive(
        rows, labels, proxies: loss.parameters[0].value.asRows(), scale: scale,
        includePositive: includePositive)
      LossProbe.expect([[LossProbe.run(loss, rows, labels).loss]], [[expected]], name)
      LossProbe.expectDifferences(loss, rows, labels, name)
      LossProbe.expectFreeOrder(loss, rows, labels, name)
    }
  }

  @Test(arguments: [false, true])
  func `names of classes and directions of axes are of no matter`(includePositive: Bool) throws {
    let (size, classes, columns) = (9, 4, 3)
    let loss = try Self.loss(
      size: size, classes: classes, columns: columns, scale: 3, includePositive: includePositive)
    let rows = LossProbe.rows(size, columns, seed: 3)
    let labels = LossProbe.labels(size, classes: classes, seed: 3)
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

  @Test(arguments: [false, true])
  func `odd batches give finite numbers`(includePositive: Bool) throws {
    let rows: Rows = [[1, 0], [1, 0], [0, 0], [-3e-20, 1e-20], [1e20, 0]]
    for labels: [Int32] in [[0, 0, 0, 0, 0], [0, 1, 2, 3, 4], [4, 4, 0, 0, 1]] {
      for scale in [1e-3, 1, 1e4] {
        let loss = try Self.loss(
          Float.self, size: 5, classes: 5, columns: 2, scale: scale,
          includePositive: includePositive)
        #expect(LossProbe.run(loss, rows, labels).isFinite, "\(labels), scale \(scale)")
      }
    }
  }

  @Test(arguments: [false, true])
  func `one class alone has nothing to learn`(includePositive: Bool) throws {
    let loss = try Self.loss(
      size: 3, classes: 1, columns: 2, includePositive: includePositive)
    let numbers = LossProbe.run(loss, [[1, 2], [3, -1], [0, 1]], [0, 0, 0])
    #expect(numbers.loss == 0)
    #expect(numbers.gradient.joined().allSatisfy { $0 == 0 })
    #expect(numbers.parameterGradients[0].joined().allSatisfy { $0 == 0 })
  }

  @Test func `what is not a number comes out as such`() throws {
    let loss = try Self.loss(size: 2, classes: 3, columns: 2)
    #expect(LossProbe.run(loss, [[.nan, 1], [1, 0]], [0, 1]).loss.isNaN)
  }

  @Test func `defaults are the paper's form, proxies are drawn from the seed`() throws {
    let defaults = ProxyNCALoss<Float>.Parameters()
    #expect(defaults.scale == 1 && !defaults.includePositive)
    func proxies(classes: Int, seed: UInt64) throws -> Parameter<Double> {
      try Self.loss(size: 2, classes: classes, columns: 300, seed: seed).parameters[0]
    }
    let many = try proxies(classes: 40, seed: 1)
    #expect(many.name == "loss.proxies" && many.rateMultiplier == 50)
    let values = many.value.values
    let mean = values.reduce(0, +) / 12000
    let deviation = (values.reduce(0) { $0 + $1 * $1 } / 12000).squareRoot()
    // Five standard errors of 12 000 draws.
    #expect(abs(mean) < 0.125 * 5 / 12000.0.squareRoot())
    #expect(abs(deviation - 0.125) < 0.125 * 5 / 24000.0.squareRoot())
    #expect(try proxies(classes: 7, seed: 1).value.values == Array(values[..<2100]))
    #expect(try proxies(classes: 40, seed: 2).value.values != values)
  }
}
