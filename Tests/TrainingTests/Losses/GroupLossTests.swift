import Foundation
import Kernels
import Testing
import Training

struct GroupLossTests {
  private static func loss<Scalar: KernelScalar>(
    _ type: Scalar.Type = Double.self, size: Int, classes: Int, columns: Int,
    iterations: Int = 1, anchors: Int = 2, temperature: Double = 54, scale: Double = 1,
    seed: UInt64 = 5
  ) throws -> GroupLoss<Scalar> {
    var parameters = GroupLoss<Scalar>.Parameters()
    parameters.iterations = iterations
    parameters.anchorsPerClass = anchors
    parameters.temperature = temperature
    parameters.scale = scale
    return GroupLoss(
      parameters: parameters, size: size, classes: classes, embedding: columns, seed: seed,
      blas: try BLASLibrary.load())
  }

  /// losses.md §12, steps 1 to 4.
  private static func naive(
    _ rows: Rows, _ labels: [Int32], weights: Rows, bias: [Double], iterations: Int,
    anchors: Int, temperature: Double, scale: Double
  ) -> Double {
    let centered = rows.map { row in
      let mean = row.reduce(0, +) / Double(row.count)
      return Set(row).count == 1 ? row.map { _ in 0 } : unitRow(row.map { $0 - mean })
    }
    let scores = rows.map { row in zip(weights, bias).map { dot($0, row) + $1 } }
    var shares = scores.map { score in softmax(score.map { $0 / temperature }, exponential: exp) }
    for row in rows.indices where labels[..<row].count(where: { $0 == labels[row] }) < anchors {
      shares[row] = bias.indices.map { $0 == labels[row] ? 1 : 0 }
    }
    for _ in 0..<iterations {
      let old = shares
      for row in rows.indices {
        let values = bias.indices.map { column in
          var payoff = 0.0
          for other in rows.indices {
            let alike = row == other ? 1 : max(0, dot(centered[row], centered[other]))
            payoff += alike * old[other][column]
          }
          return old[row][column] * payoff
        }
        shares[row] = values.map { $0 / values.reduce(0, +) }
      }
    }
    var (grouped, classified) = (0.0, 0.0)
    for row in rows.indices {
      let own = Int(labels[row])
      grouped -= log(shares[row][own] + 1e-12)
      classified -= log(softmax(scores[row], exponential: exp)[own])
    }
    return (scale * grouped + classified) / Double(rows.count)
  }

  /// Gives the bias values, which begin at 0.
  private static func setBias(_ loss: GroupLoss<Double>, seed: UInt64) {
    let bias = loss.parameters[1]
    bias.value = Matrix(LossProbe.rows(1, bias.value.columns, seed: seed + 100))
  }

  private static func naive(
    _ loss: GroupLoss<Double>, _ rows: Rows, _ labels: [Int32], iterations: Int, anchors: Int,
    temperature: Double, scale: Double
  ) -> Double {
    naive(
      rows, labels, weights: loss.parameters[0].value.asRows(),
      bias: loss.parameters[1].value.values, iterations: iterations, anchors: anchors,
      temperature: temperature, scale: scale)
  }

  @Test(arguments: [1, 2, 5], [0, 1, 2])
  func `loss and gradients agree with the formula`(iterations: Int, anchors: Int) throws {
    for seed in UInt64(1)...4 {
      let (size, classes, columns) = (5 + Int(seed), 2 + Int(seed) % 3, 4 + Int(seed) % 3)
      let (temperature, scale) = ([0.7, 3, 10, 54][Int(seed) - 1], 0.5 + Double(seed) / 2)
      let loss = try Self.loss(
        size: size, classes: classes, columns: columns, iterations: iterations,
        anchors: anchors, temperature: temperature, scale: scale, seed: seed)
      Self.setBias(loss, seed: seed)
      let rows = LossProbe.rows(size, columns, seed: seed)
      let labels = LossProbe.labels(size, classes: classes, seed: seed)
      let name = "seed \(seed), T \(temperature)"
      let expected = Self.naive(
        loss, rows, labels, iterations: iterations, anchors: anchors, temperature: temperature,
        scale: scale)
      LossProbe.expect([[LossProbe.run(loss, rows, labels).loss]], [[expected]], name)
      LossProbe.expectDifferences(loss, rows, labels, name)
      LossProbe.expectFreeOrder(loss, rows, labels, name)
    }
  }

  @Test func `names of classes are of no matter`() throws {
    let (size, classes, columns) = (9, 4, 5)
    let loss = try Self.loss(
      size: size, classes: classes, columns: columns, iterations: 2, anchors: 1, temperature: 2)
    Self.setBias(loss, seed: 2)
    let rows = LossProbe.rows(size, columns, seed: 3)
    let labels = LossProbe.labels(size, classes: classes, seed: 3)
    let plain = LossProbe.run(loss, rows, labels)
    for parameter in loss.parameters {
      let values = parameter.value.asRows()
      parameter.value =
        values.count == 1 ? Matrix([values[0].reversed()]) : Matrix(values.reversed())
    }
    let renamed = LossProbe.run(loss, rows, labels.map { Int32(classes - 1) - $0 })
    LossProbe.expect([[renamed.loss]], [[plain.loss]], "loss")
    LossProbe.expect(renamed.gradient, plain.gradient, "gradient")
  }

  /// Its mean is rounded, so that what is left of it is not exactly 0.
  @Test(arguments: [0, 0.1, 100.1, -30.7])
  func `a constant row resembles only itself and moves by the classifier alone`(
    value: Double
  ) throws {
    let (iterations, anchors, temperature, scale) = (3, 0, 20.0, 2.0)
    let loss = try Self.loss(
      size: 4, classes: 2, columns: 7, iterations: iterations, anchors: anchors,
      temperature: temperature, scale: scale)
    var rows = LossProbe.rows(4, 7, seed: 1)
    rows[2] = Array(repeating: value, count: 7)
    let labels: [Int32] = [0, 1, 1, 0]
    let numbers = LossProbe.run(loss, rows, labels)
    let expected = Self.naive(
      loss, rows, labels, iterations: iterations, anchors: anchors, temperature: temperature,
      scale: scale)
    LossProbe.expect([[numbers.loss]], [[expected]], "\(value)")
    // A gradient that comes through the classifier lies in the plane of its weights.
    let weights = loss.parameters[0].value.asRows()
    var rest = numbers.gradient[2]
    let first = unitRow(weights[0])
    let second = unitRow(zip(weights[1], first).map { $0 - dot(weights[1], first) * $1 })
    for axis in [first, second] {
      let along = dot(rest, axis)
      rest = zip(rest, axis).map { $0 - along * $1 }
    }
    LossProbe.expect([rest], [rest.map { _ in 0 }], "\(value): gradient")
  }

  @Test func `odd batches give finite numbers`() throws {
    let rows: Rows = [[1, 0, 2], [1, 0, 2], [0, 0, 0], [-3e-20, 1e-20, 0], [1e9, 0, 4]]
    for labels: [Int32] in [[0, 0, 0, 0, 0], [0, 1, 2, 3, 4], [4, 4, 0, 0, 1]] {
      for temperature in [1e-3, 1, 54] {
        let loss = try Self.loss(
          Float.self, size: 5, classes: 5, columns: 3, iterations: 4, anchors: 1,
          temperature: temperature)
        let numbers = LossProbe.run(loss, rows, labels)
        #expect(numbers.isFinite, "\(labels), temperature \(temperature)")
      }
    }
    let single = try Self.loss(size: 2, classes: 1, columns: 3)
    let numbers = LossProbe.run(single, [[1, 0, 3], [0, 1, 2]], [0, 0])
    #expect(abs(numbers.loss) < 1e-11, "one class")
    #expect(numbers.gradient.joined().allSatisfy { abs($0) < 1e-11 }, "one class")
  }

  @Test func `what is not a number comes out as such`() throws {
    let loss = try Self.loss(size: 2, classes: 3, columns: 2)
    #expect(LossProbe.run(loss, [[.nan, 1], [1, 0]], [0, 1]).loss.isNaN)
  }

  @Test func `defaults are the authors' for the largest set, the classifier is seeded`() throws {
    let defaults = GroupLoss<Float>.Parameters()
    #expect(defaults.iterations == 1 && defaults.anchorsPerClass == 2)
    #expect(defaults.temperature == 54 && defaults.scale == 1)
    let loss = try Self.loss(size: 2, classes: 30, columns: 100)
    #expect(!loss.takesUnitRows)
    #expect(loss.parameters.map(\.name) == ["loss.classifier.weights", "loss.classifier.bias"])
    #expect(loss.parameters.map(\.decays) == [true, false])
    let weights = loss.parameters[0].value.values
    let largest = weights.map(abs).max() ?? 0
    #expect(largest <= 0.1 && largest > 0.099)
    #expect(loss.parameters[1].value.values.allSatisfy { $0 == 0 })
    let other = try Self.loss(size: 2, classes: 30, columns: 100, seed: 6)
    #expect(other.parameters[0].value.values != weights)
  }
}
