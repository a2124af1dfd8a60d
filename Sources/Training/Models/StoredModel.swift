package import Datasets
package import Kernels

/// A trained model as a checkpoint holds it: it embeds rows and does not learn.
package final class StoredModel {
  /// What a row must have at a level.
  package struct Input: Sendable, Hashable {
    package let level: String
    package let columns: Int
  }

  /// What becomes of a row.
  package struct Output: Sendable, Hashable {
    /// Nil where it is of all levels together.
    package let level: String?
    package let columns: Int
  }

  private let model: EmbeddingModel
  private let units: UnitEmbeddings

  /// The model of a run with this configuration, over levels in the order of the run.
  package init(
    _ tensors: [WeightsFile.Tensor], configuration: TrainingConfiguration, levels: [String],
    blas: BLASLibrary
  ) throws(TrainingError) {
    let fitted = try levels.map { level throws(TrainingError) in
      let prefix = levels.count > 1 ? level + "." : ""
      let own = tensors.filter { $0.name.hasPrefix(prefix) }.map { tensor in
        var tensor = tensor
        tensor.name = String(tensor.name.dropFirst(prefix.count))
        return tensor
      }
      return (level, try Preprocessing(stored: configuration, level: level, tensors: own))
    }
    model = EmbeddingModel(
      configuration: configuration, levels: fitted, batch: 1, blas: blas)
    for parameter in model.parameters + model.statistics { try parameter.load(from: tensors) }
    let losses =
      configuration.loss.joinsLevels
      ? try LevelLosses(
        representing: configuration, levelNames: levels, tensors: tensors, blas: blas) : nil
    units = UnitEmbeddings(model: model, losses: losses)
  }

  package var inputs: [Input] {
    model.levels.map { Input(level: $0.name, columns: $0.preprocessing.inputs) }
  }

  /// All levels together, then each of them where there are several.
  package var outputs: [Output] {
    var outputs: [Output] = []
    let none = inputs.map { input in
      TrainingData.Level(
        name: input.level, training: Matrix(rows: 0, columns: input.columns),
        test: Matrix(rows: 0, columns: input.columns))
    }
    units.forEach(of: [], split: .test, in: none) { level, unit in
      outputs.append(Output(level: level, columns: unit.columns))
    }
    return outputs.suffix(1) + outputs.dropLast()
  }

  /// Columns of an embedding of all levels together.
  package var dimension: Int { outputs[0].columns }

  /// Unit embeddings, `rows × dimension`, as the run's own evaluation compares them.
  package func embed(
    _ rows: [Int64], split: TrainingData.Split, of data: TrainingData
  ) -> Matrix<Float> {
    units.together(of: rows, split: split, in: data.levels)
  }

  /// Calls `body` for each level with its name, where there are several, then for all together,
  /// with a unit embedding for each of `rows` of `features`, one entry for each level.
  package func embed(
    _ rows: [Int64], of features: [FeatureStorage],
    _ body: (String?, borrowing Matrix<Float>) throws -> Void
  ) throws {
    precondition(
      features.map(\.columns) == inputs.map(\.columns),
      "\(features.map(\.columns)) columns for \(inputs.map(\.columns))")
    let levels = zip(inputs, features).map { input, storage in
      TrainingData.Level(
        name: input.level, training: Matrix(rows: 0, columns: storage.columns),
        test: storage.matrix())
    }
    try units.forEach(of: rows, split: .test, in: levels, body)
  }
}
