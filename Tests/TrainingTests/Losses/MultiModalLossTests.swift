import Foundation
import Kernels
import Testing
import Training

struct MultiModalLossTests {
  private typealias Axis = MultiModalLoss<Double>.ProxySoftmaxAxis

  private struct Shape {
    var size = 5
    var levels = 2
    var embedding = 3
    var classes = 3
    var slots = 2
    var gamma = 0.5

    var columns: Int { levels * embedding }
  }

  private static func loss(
    _ shape: Shape, axis: Axis = .classes, seed: UInt64 = 5
  ) throws -> MultiModalLoss<Double> {
    try loss(Double.self, shape, axis: axis, seed: seed)
  }

  private static func loss<Scalar: KernelScalar>(
    _ type: Scalar.Type, _ shape: Shape,
    axis: MultiModalLoss<Scalar>.ProxySoftmaxAxis = .classes, seed: UInt64 = 5
  ) throws -> MultiModalLoss<Scalar> {
    var parameters = MultiModalLoss<Scalar>.Parameters()
    parameters.proxiesPerClass = shape.slots
    parameters.gamma = shape.gamma
    parameters.proxySoftmaxAxis = axis
    return MultiModalLoss(
      parameters: parameters, size: shape.size, levels: shape.levels,
      embedding: shape.embedding, classes: shape.classes, seed: seed,
      blas: try BLASLibrary.load())
  }

  /// losses.md §13, steps 1 to 5, for one row: its scores and its representation.
  private static func naive(
    _ row: [Double], _ shape: Shape, parameters: [Rows], axis: Axis
  ) -> (scores: [Double], representation: [Double]) {
    let (classes, slots) = (shape.classes, shape.slots)
    var u: [Double] = []
    for level in 0..<shape.levels {
      let part = Array(row[level * shape.embedding..<(level + 1) * shape.embedding])
      let scores = (0..<classes).map {
        dot(parameters[2 * level][$0], part) + parameters[2 * level + 1][0][$0]
      }
      u += softmax(scores, exponential: exp)
    }
    let proxies = (parameters.last ?? []).map { unitRow($0.map { max($0, 0) }) }
    let s = proxies.map { dot(unitRow(u), $0) }
    let e = s.map { exp($0 / shape.gamma) }
    var t = u.map { _ in 0.0 }
    for (proxy, vector) in proxies.enumerated() {
      for place in t.indices { t[place] += e[proxy] / e.reduce(0, +) * vector[place] }
    }
    let representation = zip(u, t).map { $0 * $1 + $0 }
    let scores = (0..<classes).map { column in
      var score = 0.0
      for slot in 0..<slots {
        let group =
          axis == .classes
          ? (0..<classes).map { $0 * slots + slot } : (0..<slots).map { column * slots + $0 }
        let total = group.reduce(0) { $0 + e[$1] }
        score += e[column * slots + slot] / total * s[column * slots + slot]
      }
      for level in 0..<shape.levels { score += representation[level * classes + column] }
      return score
    }
    return (scores, representation)
  }

  private static func parameters(_ loss: MultiModalLoss<Double>) -> [Rows] {
    loss.parameters.map { $0.value.asRows() }
  }

  /// Spreads the parameters, which begin small, so that every term counts.
  private static func spread(_ loss: MultiModalLoss<Double>, seed: UInt64) {
    for (place, parameter) in loss.parameters.enumerated() {
      parameter.value = Matrix(
        LossProbe.rows(
          parameter.value.rows, parameter.value.columns, seed: seed * 10 + UInt64(place)))
    }
  }

  @Test(arguments: [Axis.classes, .slots], [1, 2, 3])
  func `loss and gradients agree with the formula`(
    axis: MultiModalLoss<Double>.ProxySoftmaxAxis, slots: Int
  ) throws {
    for seed in UInt64(1)...4 {
      let shape = Shape(
        size: 3 + Int(seed), levels: 1 + Int(seed) % 3, embedding: 2 + Int(seed) % 2,
        classes: 2 + Int(seed) % 3, slots: slots, gamma: [0.1, 0.3, 0.5, 2][Int(seed) - 1])
      let loss = try Self.loss(shape, axis: axis, seed: seed)
      Self.spread(loss, seed: seed)
      let rows = LossProbe.rows(shape.size, shape.columns, seed: seed)
      let labels = LossProbe.labels(shape.size, classes: shape.classes, seed: seed)
      var expected = 0.0
      for (row, label) in zip(rows, labels) {
        let scores = Self.naive(
          row, shape, parameters: Self.parameters(loss), axis: axis
        ).scores
        expected -= log(softmax(scores, exponential: exp)[Int(label)]) / Double(shape.size)
      }
      let name = "seed \(seed), \(shape)"
      LossProbe.expect([[LossProbe.run(loss, rows, labels).loss]], [[expected]], name)
      LossProbe.expectDifferences(loss, rows, labels, name)
      LossProbe.expectFreeOrder(loss, rows, labels, name)
    }
  }

  @Test func `rows are represented by the formula, any number of them, equal ones equally`() throws
  {
    let shape = Shape()
    let loss = try Self.loss(shape)
    Self.spread(loss, seed: 4)
    var rows = LossProbe.rows(23, shape.columns, seed: 4)
    rows[22] = rows[0]
    let result = loss.represent(Matrix(rows)).asRows()
    let expected = rows.map {
      Self.naive($0, shape, parameters: Self.parameters(loss), axis: .classes).representation
    }
    LossProbe.expect(result, expected, "representation")
    #expect(result[22] == result[0])
    #expect(loss.represent(Matrix(rows: 0, columns: shape.columns)).rows == 0)
  }

  @Test(arguments: [Axis.classes, .slots])
  func `names of classes are of no matter`(
    axis: MultiModalLoss<Double>.ProxySoftmaxAxis
  ) throws {
    let shape = Shape()
    let loss = try Self.loss(shape, axis: axis)
    Self.spread(loss, seed: 2)
    let rows = LossProbe.rows(shape.size, shape.columns, seed: 3)
    let labels = LossProbe.labels(shape.size, classes: shape.classes, seed: 3)
    let plain = LossProbe.run(loss, rows, labels)
    func renamed(_ values: [Double]) -> [Double] {
      (0..<values.count / shape.classes).flatMap { level in
        values[level * shape.classes..<(level + 1) * shape.classes].reversed()
      }
    }
    let all = loss.parameters
    for (place, parameter) in all.enumerated() {
      let values = parameter.value.asRows()
      if place == all.count - 1 {
        // Slots change places too, which is of no matter either.
        parameter.value = Matrix(values.reversed().map(renamed))
      } else {
        parameter.value =
          values.count == 1 ? Matrix(values.map(renamed)) : Matrix(values.reversed())
      }
    }
    let other = LossProbe.run(loss, rows, labels.map { Int32(shape.classes - 1) - $0 })
    LossProbe.expect([[other.loss]], [[plain.loss]], "loss")
    LossProbe.expect(other.gradient, plain.gradient, "gradient")
  }

  @Test func `a proxy without a positive value is zero and stays so`() throws {
    let shape = Shape()
    let loss = try Self.loss(shape)
    Self.spread(loss, seed: 2)
    guard let proxies = loss.parameters.last else { return }
    for column in 0..<proxies.value.columns { proxies.value[1, column] = -1 - Double(column) }
    let rows = LossProbe.rows(shape.size, shape.columns, seed: 3)
    let numbers = LossProbe.run(loss, rows, [0, 1, 2, 0, 1])
    #expect(numbers.isFinite)
    #expect(numbers.parameterGradients.last?[1].allSatisfy { $0 == 0 } == true)
    #expect(numbers.parameterGradients.last?[0].contains { $0 != 0 } == true)
  }

  @Test func `odd batches give finite numbers`() throws {
    let rows: Rows = [[1, 0], [1, 0], [0, 0], [-3e-20, 1e-20], [1e10, -1e10]]
    for labels: [Int32] in [[0, 0, 0, 0, 0], [0, 1, 2, 3, 4], [4, 4, 0, 0, 1]] {
      for gamma in [1e-3, 0.1, 100] {
        let shape = Shape(levels: 2, embedding: 1, classes: 5, slots: 3, gamma: gamma)
        let loss = try Self.loss(Float.self, shape)
        #expect(LossProbe.run(loss, rows, labels).isFinite, "\(labels), gamma \(gamma)")
      }
    }
    let single = try Self.loss(Shape(size: 2, embedding: 1, classes: 1))
    let numbers = LossProbe.run(single, [[1, 0], [0, 1]], [0, 0])
    #expect(numbers.loss == 0 && numbers.isFinite, "one class")
  }

  @Test func `what is not a number comes out as such`() throws {
    let loss = try Self.loss(Shape(size: 2))
    let rows: Rows = [[.nan, 1, 0, 1, 1, 1], [1, 0, 0, 0, 0, 0]]
    #expect(LossProbe.run(loss, rows, [0, 1]).loss.isNaN)
  }

  @Test func `defaults are the reference's, each table is drawn on its own`() throws {
    let defaults = MultiModalLoss<Float>.Parameters()
    #expect(defaults.proxiesPerClass == 20 && defaults.gamma == 0.1)
    #expect(defaults.proxySoftmaxAxis == .classes)
    let loss = try Self.loss(
      Shape(size: 2, levels: 2, embedding: 100, classes: 50, slots: 2))
    #expect(!loss.takesUnitRows)
    #expect(
      loss.parameters.map(\.name) == [
        "loss.classifier.0.weights", "loss.classifier.0.bias", "loss.classifier.1.weights",
        "loss.classifier.1.bias", "loss.proxies",
      ])
    let tables = loss.parameters.map { $0.value.values }
    for table in [0, 2, 4] {
      let largest = tables[table].map(abs).max() ?? 0
      #expect(largest <= 0.1 && largest > 0.099, "\(loss.parameters[table].name)")
    }
    #expect(tables[0] != tables[2])
    #expect(tables[0][..<100] != tables[4][..<100])
  }
}
