import Kernels
import Testing
import Training

struct EmbeddingNetworkTests {
  private static let shapes: [(name: String, shape: NetworkShape)] = {
    var shapes: [(String, NetworkShape)] = []
    for (name, hidden, bias, normalizes, dropout) in [
      ("linear", [], false, false, 0.0), ("linear with bias", [], true, false, 0),
      ("one hidden layer", [6], true, false, 0), ("two hidden layers", [6, 5], false, false, 0),
      ("batch normalisation", [6, 5], true, true, 0), ("dropout", [8], true, false, 0.4),
    ] as [(String, [Int], Bool, Bool, Double)] {
      var shape = NetworkShape()
      shape.hidden = hidden
      shape.embedding = 4
      shape.hasBias = bias
      shape.normalizesBatches = normalizes
      shape.dropout = dropout
      shapes.append((name, shape))
    }
    return shapes
  }()

  private static func random(
    _ rows: Int, _ columns: Int, tag: UInt64
  ) -> Matrix<Double> {
    let stream = RandomStream(seed: 21, stream: .synthesis)
    return Matrix(
      rows: rows, columns: columns,
      values: (0..<rows * columns).map { stream.uniform(at: UInt32($0), tag: tag) - 0.5 })
  }

  /// A smooth stand-in for a loss: the sum of c · y over all outputs.
  private static func value(
    _ network: EmbeddingNetwork<Double>, _ x: borrowing Matrix<Double>,
    _ c: borrowing Matrix<Double>
  ) -> Double {
    network.forward(x, step: 3)
    return zip(network.output.values, c.values).reduce(0) { $0 + $1.0 * $1.1 }
  }

  @Test(arguments: shapes.indices)
  func `gradients of all parameters agree with central differences`(index: Int) throws {
    let (name, shape) = Self.shapes[index]
    let network = EmbeddingNetwork<Double>(
      shape: shape, inputs: 5, batch: 7, seed: 8, blas: try BLASLibrary.load())
    let x = Self.random(7, 5, tag: 1)
    let c = Self.random(7, 4, tag: 2)
    // Moves scale, shift and biases off their start, where errors could hide.
    for (number, parameter) in network.parameters.enumerated() where parameter.value.rows == 1 {
      for column in 0..<parameter.value.columns {
        parameter.value[0, column] += 0.1 * Double((number + column) % 5) - 0.17
      }
    }
    network.forward(x, step: 3)
    network.outputGradient.copyRows(from: c, count: 7)
    network.backward(x, step: 3)
    #expect(
      network.parameters.count == (shape.hasBias ? 2 : 1) + shape.hidden.count
        * (shape.normalizesBatches ? 3 : 2))
    for parameter in network.parameters {
      CentralDifferences.check(parameter, value: { Self.value(network, x, c) }, "\(name)")
    }
  }

  @Test func `initial rows do not depend on the size of the embedding and fill their range`() throws
  {
    let blas = try BLASLibrary.load()
    func weights(_ embedding: Int) -> [Float] {
      var shape = NetworkShape()
      shape.embedding = embedding
      return EmbeddingNetwork<Float>(shape: shape, inputs: 300, batch: 1, seed: 3, blas: blas)
        .embedding.weight.value.values
    }
    let large = weights(5)
    #expect(weights(2) == Array(large[0..<600]))
    let largest = large.map(abs).max() ?? 0
    #expect(largest <= 0.1 && largest > 0.099)
  }

  @Test func `layers and levels start from different weights`() throws {
    let blas = try BLASLibrary.load()
    var shape = NetworkShape()
    shape.hidden = [4, 4]
    shape.embedding = 4
    let networks = (0..<2).map {
      EmbeddingNetwork<Float>(
        shape: shape, inputs: 4, batch: 1, level: $0, prefix: "l\($0).", seed: 3, blas: blas)
    }
    let weights = networks.flatMap { $0.parameters }.filter { $0.value.rows > 1 }.map {
      $0.value.values
    }
    #expect(Set(weights).count == 6)
    #expect(networks[1].parameters.map(\.name).allSatisfy { $0.hasPrefix("l1.") })
  }

  @Test(arguments: [0, 1, 2]) func `rows applied alone have the bits of any block`(
    hidden: Int
  ) throws {
    var shape = NetworkShape()
    shape.hidden = [Int](repeating: 33, count: hidden)
    shape.embedding = 17
    shape.hasBias = true
    shape.normalizesBatches = true
    let network = EmbeddingNetwork<Float>(
      shape: shape, inputs: 37, batch: 1, seed: 3, blas: try BLASLibrary.load())
    let stream = RandomStream(seed: 4, stream: .synthesis)
    let row = (0..<37).map { Float(stream.uniform(at: UInt32($0))) }
    var values: [Float] = []
    for index in 0..<101 {
      values += index % 7 == 0 ? row : row.map { $0 * $0 + Float(index) / 100 }
    }
    let x = Matrix<Float>(rows: 101, columns: 37, values: values)
    var result = Matrix<Float>(rows: 101, columns: 17)
    network.apply(x, rows: 101, into: &result)
    let all = result.values
    for index in stride(from: 0, to: 101, by: 7) {
      #expect(Array(all[index * 17..<(index + 1) * 17]) == Array(all[0..<17]), "row \(index)")
    }
  }

  @Test func `running statistics approach those of the batches`() throws {
    let layer = BatchNormalization<Double>(name: "n", width: 2, batch: 64)
    let stream = RandomStream(seed: 9, stream: .synthesis)
    for step in 0..<200 {
      var x = Matrix<Double>(
        rows: 64, columns: 2,
        values: (0..<128).map {
          let draw = stream.uniform(at: UInt32($0), tag: UInt64(step))
          return $0 % 2 == 0 ? 3 + draw : 10 * draw
        })
      layer.forward(&x)
    }
    // Uniform numbers in [0, 1) have mean 1/2 and variance 1/12.
    #expect(abs(layer.runningMean.value[0, 0] - 3.5) < 0.05)
    #expect(abs(layer.runningMean.value[0, 1] - 5) < 0.5)
    #expect(abs(layer.runningVariance.value[0, 0] - 1.0 / 12) < 0.01)
    #expect(abs(layer.runningVariance.value[0, 1] - 100.0 / 12) < 1)
  }

  @Test func `dropout drops its share, keeps the mean and is a function of the step`() {
    func dropped(step: Int) -> [Float] {
      var x = Matrix<Float>(rows: 100, columns: 100, values: [Float](repeating: 1, count: 10_000))
      Dropout(rate: 0.3, number: 1, seed: 5).apply(to: &x, step: step)
      return x.values
    }
    let values = dropped(step: 0)
    let zeros = values.count { $0 == 0 }
    #expect(abs(zeros - 3_000) < 200)
    #expect(values.allSatisfy { $0 == 0 || abs($0 - 1 / 0.7) < 1e-6 })
    #expect(values == dropped(step: 0) && values != dropped(step: 1))
  }
}
