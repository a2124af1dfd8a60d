package import Kernels

/// A trained model as a checkpoint holds it: it embeds rows and does not learn.
package final class StoredModel {
  private let model: EmbeddingModel
  private let losses: LevelLosses
  /// Columns of an embedding.
  package let dimension: Int

  /// The model of a run with this configuration.
  ///
  /// - Parameters:
  ///   - inputs: Columns of the features of each level, in the order of the run.
  ///   - classes: How many classes the run was trained on.
  package init(
    _ tensors: [WeightsFile.Tensor], configuration: TrainingConfiguration,
    inputs: [(level: String, columns: Int)], classes: Int, blas: BLASLibrary
  ) throws(TrainingError) {
    let named = Dictionary(tensors.map { ($0.name, $0) }) { first, _ in first }
    let levels = try inputs.map { input throws(TrainingError) in
      let prefix = inputs.count > 1 ? input.level + "." : ""
      let own = tensors.filter { $0.name.hasPrefix(prefix) }.map { tensor in
        var tensor = tensor
        tensor.name = String(tensor.name.dropFirst(prefix.count))
        return tensor
      }
      guard
        let preprocessing = Preprocessing(
          steps: configuration.preprocessing, inputs: input.columns, tensors: own)
      else {
        throw TrainingError(.badWeights("level \(input.level) lacks what preprocessing learned"))
      }
      return (input.level, preprocessing)
    }
    model = EmbeddingModel(
      configuration: configuration, levels: levels, batch: configuration.batchSize, blas: blas)
    losses = LevelLosses(
      configuration.loss,
      setting: LossChoice.Setting(
        size: configuration.batchSize, embedding: configuration.network.embedding,
        classes: classes, levels: inputs.count, seed: configuration.seed),
      levelNames: inputs.map(\.level), blas: blas)
    dimension =
      inputs.count * (configuration.loss.joinsLevels ? classes : configuration.network.embedding)
    for parameter in model.parameters + model.statistics + losses.parameters {
      guard let tensor = named[parameter.name] else {
        throw TrainingError(.badWeights("they have no \(parameter.name)"))
      }
      let shape = parameter.tensor.shape
      guard tensor.shape == shape else {
        throw TrainingError(
          .badWeights("\(parameter.name) has the shape \(tensor.shape), not \(shape)"))
      }
      parameter.load(tensor)
    }
  }

  /// Unit embeddings, `rows × dimension`, as the run's own evaluation compares them.
  package func embed(
    _ rows: [Int64], split: TrainingData.Split, of data: TrainingData
  ) -> Matrix<Float> {
    model.embedding(model.outputs(of: rows, split: split, in: data), of: losses)
  }
}
