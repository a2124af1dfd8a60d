package import Kernels

/// What a network is made of, besides the size of its input.
package struct NetworkShape: Sendable, Hashable {
  /// Widths of hidden layers.
  package var hidden: [Int] = []
  /// Dimension of the embedding.
  package var embedding = 512
  /// Whether the embedding layer has a bias.
  package var hasBias = false
  /// Share of the outputs of each hidden layer that a step drops, in [0, 1).
  package var dropout = 0.0
  /// Whether hidden layers are batch-normalised.
  package var normalizesBatches = false

  package init() {}

  /// Weights of all linear layers over `inputs` values.
  package func weightCount(inputs: Int) -> Int {
    let widths = [inputs] + hidden + [embedding]
    return zip(widths, widths.dropFirst()).reduce(0) { $0 + $1.0 * $1.1 }
  }
}

/// Hidden layers and a linear embedding of one level, without the row normalisation.
package final class EmbeddingNetwork<Scalar: KernelScalar> {
  package let hidden: [HiddenLayer<Scalar>]
  package let embedding: LinearLayer<Scalar>
  /// `∂L/∂output`, `batch × embedding`, to be filled before `backward`.
  package var outputGradient: Matrix<Scalar>
  private let inputs: Int

  /// A network for batches of `batch` rows of `inputs` values; `level` counts the networks of a
  /// model and `prefix` stands before the names of its parameters.
  package init(
    shape: NetworkShape, inputs: Int, batch: Int, level: Int = 0, prefix: String = "",
    seed: UInt64, blas: BLASLibrary
  ) {
    var width = inputs
    var hidden: [HiddenLayer<Scalar>] = []
    for (place, next) in shape.hidden.enumerated() {
      hidden.append(
        HiddenLayer(
          shape: shape, inputs: width, width: next, batch: batch, number: place + 1, level: level,
          prefix: prefix, seed: seed, blas: blas))
      width = next
    }
    self.inputs = inputs
    self.hidden = hidden
    embedding = LinearLayer(
      name: prefix + "embedding", inputs: width, outputs: shape.embedding, hasBias: shape.hasBias,
      batch: batch, number: level << 16, seed: seed, blas: blas)
    outputGradient = Matrix(rows: batch, columns: shape.embedding)
  }

  package var parameters: [Parameter<Scalar>] {
    hidden.flatMap(\.parameters) + embedding.parameters
  }

  /// Part of the model that no gradient changes.
  package var statistics: [Parameter<Scalar>] { hidden.flatMap(\.statistics) }

  /// `batch × embedding`, of the last `forward`.
  package var output: Matrix<Scalar> {
    _read { yield embedding.output }
    _modify { yield &embedding.output }
  }

  /// Fills `output` for a batch, `batch × inputs`.
  package func forward(_ x: borrowing Matrix<Scalar>, step: Int) {
    guard let first = hidden.first, let last = hidden.last else {
      embedding.forward(x)
      return
    }
    first.forward(x, step: step)
    for (before, layer) in zip(hidden, hidden.dropFirst()) {
      layer.forward(before.output, step: step)
    }
    embedding.forward(last.output)
  }

  /// Fills the gradients of the parameters from `outputGradient`, for the last `forward`.
  package func backward(_ x: borrowing Matrix<Scalar>, step: Int) {
    guard let first = hidden.first, let last = hidden.last else {
      embedding.backward(x, outputGradient: outputGradient)
      return
    }
    embedding.backward(last.output, outputGradient: outputGradient)
    embedding.backwardToInput(outputGradient: outputGradient, into: &last.outputGradient)
    for place in hidden.indices.dropFirst().reversed() {
      hidden[place].backward(hidden[place - 1].output, step: step)
      hidden[place].backwardToInput(into: &hidden[place - 1].outputGradient)
    }
    first.backward(x, step: step)
  }

  /// Raw embeddings of the first `rows` rows of `x`, each row alone: `rows × embedding`.
  package func apply(
    _ x: borrowing Matrix<Scalar>, rows: Int, into result: inout Matrix<Scalar>
  ) {
    guard let first = hidden.first else {
      embedding.apply(x, rows: rows, into: &result)
      return
    }
    var current = Matrix<Scalar>(rows: x.rows, columns: first.linear.outputs)
    first.apply(x, rows: rows, into: &current)
    for layer in hidden.dropFirst() {
      var next = Matrix<Scalar>(rows: x.rows, columns: layer.linear.outputs)
      layer.apply(current, rows: rows, into: &next)
      current = next
    }
    embedding.apply(current, rows: rows, into: &result)
  }
}
