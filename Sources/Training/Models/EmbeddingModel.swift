package import Kernels

/// A model of one or several levels: what is done to the features of each, and its network.
package final class EmbeddingModel {
  package final class Level {
    /// As the feature file calls it.
    package let name: String
    package let preprocessing: Preprocessing
    package let network: EmbeddingNetwork<Float>
    /// A batch after preprocessing.
    fileprivate(set) var input: Matrix<Float>

    init(
      name: String, preprocessing: Preprocessing, network: EmbeddingNetwork<Float>,
      batch: Int, inputs: Int
    ) {
      self.name = name
      self.preprocessing = preprocessing
      self.network = network
      input = Matrix(rows: batch, columns: inputs)
    }
  }

  /// How the levels of a row become one embedding, losses.md §3.9.
  package enum Concatenation: String, Sendable, CaseIterable {
    /// Raw outputs side by side, brought to unit length together: the official code.
    case raw
    /// Each level at unit length first.
    case normalized
  }

  package let levels: [Level]
  /// Those of the levels, in order.
  package let networks: [EmbeddingNetwork<Float>]
  private let concatenation: Concatenation
  private let embedding: Int

  /// Rows embedded at a time. Part of no bits: each row is summed alone, in order.
  private static let blockRows = 256

  /// A model for batches of `batch` rows, its preprocessing fitted to the training rows.
  package convenience init(
    configuration: TrainingConfiguration, data: TrainingData, batch: Int, blas: BLASLibrary
  ) throws(TrainingError) {
    let levels = try data.levels.map { level throws(TrainingError) in
      let preprocessing = try Preprocessing(
        fitting: configuration.preprocessing, rows: data.training.rows, of: level.training,
        blas: blas)
      return (level.name, preprocessing)
    }
    self.init(configuration: configuration, levels: levels, batch: batch, blas: blas)
  }

  /// A model with the preprocessing of each level as it was fitted, and networks at their start.
  init(
    configuration: TrainingConfiguration,
    levels fitted: [(name: String, preprocessing: Preprocessing)], batch: Int, blas: BLASLibrary
  ) {
    let hasPrefix = fitted.count > 1
    concatenation = configuration.concatenation
    embedding = configuration.network.embedding
    levels = fitted.enumerated().map { number, level in
      let inputs = level.preprocessing.outputs
      return Level(
        name: level.name, preprocessing: level.preprocessing,
        network: EmbeddingNetwork(
          shape: configuration.network, inputs: inputs, batch: batch, level: number,
          prefix: hasPrefix ? level.name + "." : "", seed: configuration.seed, blas: blas),
        batch: batch, inputs: inputs)
    }
    networks = levels.map(\.network)
  }

  package var parameters: [Parameter<Float>] { networks.flatMap(\.parameters) }

  /// Part of the model that no gradient changes.
  package var statistics: [Parameter<Float>] { networks.flatMap(\.statistics) }

  /// Fills the outputs of the networks for a batch.
  package func forward(_ batch: TrainingBatch, of data: TrainingData) {
    for (level, features) in zip(levels, data.levels) {
      level.preprocessing.apply(to: batch.items, of: features.training, into: &level.input)
      level.network.forward(level.input, step: batch.step)
    }
  }

  /// Fills the gradients of the parameters from the output gradients of the networks.
  package func backward(step: Int) {
    for level in levels { level.network.backward(level.input, step: step) }
  }

  /// Raw outputs of all levels side by side, `rows × (levels · embedding)`.
  package func outputs(
    of rows: [Int64], split: TrainingData.Split, in data: TrainingData
  ) -> Matrix<Float> {
    var result = Matrix<Float>(rows: rows.count, columns: levels.count * embedding)
    let block = min(Self.blockRows, max(rows.count, 1))
    var output = Matrix<Float>(rows: block, columns: embedding)
    for (number, (level, features)) in zip(levels, data.levels).enumerated() {
      var input = Matrix<Float>(rows: block, columns: level.preprocessing.outputs)
      for start in stride(from: 0, to: rows.count, by: block) {
        let part = Array(rows[start..<min(start + block, rows.count)])
        features.withFeatures(of: split) {
          level.preprocessing.apply(to: part, of: $0, into: &input)
        }
        level.network.apply(input, rows: part.count, into: &output)
        RowOperations.copy(
          output, rows: part.count, into: &result, atRow: start, column: number * embedding)
      }
    }
    return result
  }

  /// The unit embeddings of one level out of `outputs`.
  package func unit(ofLevel number: Int, in outputs: borrowing Matrix<Float>) -> Matrix<Float> {
    var unit = Matrix<Float>(rows: outputs.rows, columns: embedding)
    RowOperations.copy(columnsFrom: number * embedding, of: outputs, into: &unit)
    RowOperations.normalizeInPlace(&unit, rows: unit.rows)
    return unit
  }

  /// All levels as one unit embedding.
  package func concatenated(_ outputs: consuming Matrix<Float>) -> Matrix<Float> {
    var result = outputs
    if concatenation == .normalized {
      for number in levels.indices {
        let unit = unit(ofLevel: number, in: result)
        RowOperations.copy(unit, rows: unit.rows, into: &result, column: number * embedding)
      }
    }
    RowOperations.normalizeInPlace(&result, rows: result.rows)
    return result
  }

  /// What retrieval compares out of `outputs`: all levels as one unit embedding, in the form that
  /// the loss has for it.
  func embedding(
    _ outputs: consuming Matrix<Float>, of losses: LevelLosses
  ) -> Matrix<Float> {
    if let represented = losses.represented(outputs) { return represented }
    return concatenated(outputs)
  }

  /// Everything that embeds a row: what preprocessing learned, weights and statistics.
  package var tensors: [WeightsFile.Tensor] {
    levels.flatMap { level in
      level.preprocessing.tensors.map { tensor in
        var tensor = tensor
        tensor.name = (levels.count > 1 ? level.name + "." : "") + tensor.name
        return tensor
      }
    } + (parameters + statistics).map(\.tensor)
  }
}
