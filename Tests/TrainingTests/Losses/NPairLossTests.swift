import Foundation
import Kernels
import Testing
import Training

struct NPairLossTests {
  private static func loss<Scalar: KernelScalar>(
    _ type: Scalar.Type = Double.self, size: Int, columns: Int, regularization: Double = 0.005,
    normalizing: Bool = false
  ) throws -> NPairLoss<Scalar> {
    var parameters = NPairLoss<Scalar>.Parameters()
    parameters.regularization = regularization
    parameters.normalizeEmbeddings = normalizing
    return NPairLoss(
      parameters: parameters, size: size, embedding: columns, blas: try BLASLibrary.load())
  }

  /// losses.md §8.
  private static func naive(_ rows: Rows, _ labels: [Int32], regularization: Double) -> Double {
    var pairs: [(anchor: [Double], positive: [Double])] = []
    for label in Set(labels).sorted() {
      let members = rows.indices.filter { labels[$0] == label }
      if members.count >= 2 { pairs.append((rows[members[0]], rows[members[1]])) }
    }
    var sum = 0.0
    for (place, pair) in pairs.enumerated() {
      var others = 0.0
      for (other, rival) in pairs.enumerated() where other != place {
        others += exp(dot(pair.anchor, rival.positive) - dot(pair.anchor, pair.positive))
      }
      let lengths = dot(pair.anchor, pair.anchor) + dot(pair.positive, pair.positive)
      sum += log(1 + others) + regularization * lengths
    }
    return sum / Double(max(pairs.count, 1))
  }

  @Test(arguments: [false, true], [0, 0.02])
  func `loss and gradients agree with the formula`(
    normalizing: Bool, regularization: Double
  ) throws {
    for seed in UInt64(1)...8 {
      let (size, columns) = (4 + Int(seed), 2 + Int(seed) % 3)
      let loss = try Self.loss(
        size: size, columns: columns, regularization: regularization, normalizing: normalizing)
      let rows = LossProbe.rows(size, columns, seed: seed)
      let labels = LossProbe.labels(size, classes: 2 + Int(seed) % 4, seed: seed)
      let name = "seed \(seed)"
      let expected = Self.naive(
        normalizing ? rows.map(unitRow) : rows, labels, regularization: regularization)
      LossProbe.expect([[LossProbe.run(loss, rows, labels).loss]], [[expected]], name)
      LossProbe.expectDifferences(loss, rows, labels, name)
      LossProbe.expectFreeOrder(loss, rows, labels, name)
    }
  }

  @Test func `names of classes and directions of axes are of no matter`() throws {
    let loss = try Self.loss(size: 9, columns: 3)
    let rows = LossProbe.rows(9, 3, seed: 3)
    let labels: [Int32] = [0, 1, 2, 0, 1, 2, 3, 3, 0]
    let plain = LossProbe.run(loss, rows, labels)
    let renamed = LossProbe.run(loss, rows, labels.map { 90 - 7 * $0 })
    LossProbe.expect([[renamed.loss]], [[plain.loss]], "names: loss")
    LossProbe.expect(renamed.gradient, plain.gradient, "names: gradient")
    let turned = LossProbe.run(loss, LossProbe.rotated(rows), labels)
    LossProbe.expect([[turned.loss]], [[plain.loss]], "axes: loss")
    LossProbe.expect(turned.gradient, LossProbe.rotated(plain.gradient), "axes: gradient")
  }

  @Test func `classes without a pair and rows after a pair have no part`() throws {
    let loss = try Self.loss(size: 6, columns: 2)
    let rows = LossProbe.rows(6, 2, seed: 9)
    let gradient = LossProbe.run(loss, rows, [0, 1, 0, 2, 2, 0]).gradient
    for row in 0..<6 {
      let isInPair = [0, 2, 3, 4].contains(row)
      #expect((gradient[row] != [0, 0]) == isInPair, "row \(row)")
    }
  }

  @Test func `without rivals only the lengths count`() throws {
    let rows: Rows = [[1, 2], [3, -1], [0, 1]]
    let loss = try Self.loss(size: 3, columns: 2, regularization: 0.5)
    let single = LossProbe.run(loss, rows, [4, 4, 4])
    #expect(single.loss == 0.5 * (5 + 10))
    #expect(single.gradient == [[1, 2], [3, -1], [0, 0]])
    let none = LossProbe.run(loss, rows, [0, 1, 2])
    #expect(none.loss == 0)
    #expect(none.gradient == [[0, 0], [0, 0], [0, 0]])
    // A batch before must leave nothing behind.
    let again = LossProbe.run(loss, rows, [4, 4, 4])
    #expect(again.loss == single.loss && again.gradient == single.gradient)
  }

  @Test func `odd batches give finite numbers`() throws {
    let rows: Rows = [[1, 0], [1, 0], [0, 0], [-3e-20, 1e-20], [1e10, 0], [1e10, 0]]
    for labels: [Int32] in [[0, 0, 1, 1, 2, 2], [0, 0, 0, 1, 1, 1], [5, 4, 3, 2, 1, 0]] {
      for normalizing in [false, true] {
        let loss = try Self.loss(Float.self, size: 6, columns: 2, normalizing: normalizing)
        #expect(LossProbe.run(loss, rows, labels).isFinite, "\(labels), \(normalizing)")
      }
    }
    let single = try Self.loss(size: 1, columns: 2)
    #expect(LossProbe.run(single, [[1, 2]], [0]).isFinite, "one row")
  }

  @Test func `defaults are the paper's form`() throws {
    let defaults = NPairLoss<Float>.Parameters()
    #expect(defaults.regularization == 0.005 && !defaults.normalizeEmbeddings)
    #expect(try !Self.loss(size: 2, columns: 2).takesUnitRows)
    #expect(try Self.loss(size: 2, columns: 2, normalizing: true).takesUnitRows)
  }
}
