package import Kernels

/// The loss of a step over all levels: one for each, added up, or one over all side by side.
package final class LevelLosses {
  private let losses: [any MetricLoss<Float>]
  private let joinsLevels: Bool
  /// What a loss takes and gives, `batch × embedding` of a level or of all side by side.
  private var rows: Matrix<Float>
  private var gradient: Matrix<Float>
  private var norms: Matrix<Float>

  package init(
    _ choice: LossChoice, setting: LossChoice.Setting, levelNames: [String], blas: BLASLibrary
  ) {
    joinsLevels = choice.joinsLevels
    let count = joinsLevels ? 1 : setting.levels
    losses = (0..<count).map { level in
      var own = setting
      // Levels start from proxies of their own.
      own.seed = setting.seed &+ UInt64(level) << 48
      return choice.make(own, blas: blas)
    }
    if count > 1 {
      for (loss, name) in zip(losses, levelNames) {
        for parameter in loss.parameters { parameter.name = "\(name).\(parameter.name)" }
      }
    }
    parameters = losses.flatMap { $0.parameters }
    let width = setting.embedding * (joinsLevels ? setting.levels : 1)
    rows = Matrix(rows: setting.size, columns: width)
    gradient = Matrix(rows: setting.size, columns: width)
    norms = Matrix(rows: 1, columns: setting.size)
  }

  /// The loss of a run that sees all levels side by side, with what it learned, to represent rows.
  convenience init(
    representing configuration: TrainingConfiguration, levelNames: [String],
    tensors: [WeightsFile.Tensor], blas: BLASLibrary
  ) throws(TrainingError) {
    let name = "loss.classifier.0.bias"
    guard let classes = tensors.first(where: { $0.name == name })?.shape.last else {
      throw TrainingError(.badWeights("they have no \(name)"))
    }
    self.init(
      configuration.loss,
      setting: LossChoice.Setting(
        size: 1, embedding: configuration.network.embedding, classes: classes,
        levels: levelNames.count, seed: configuration.seed),
      levelNames: levelNames, blas: blas)
    for parameter in parameters { try parameter.load(from: tensors) }
  }

  /// What the losses learn, under the names of their levels where there are several.
  package let parameters: [Parameter<Float>]

  /// Unit embeddings for retrieval out of raw outputs side by side, where the loss has a form of
  /// its own for them.
  package func represented(_ outputs: borrowing Matrix<Float>) -> Matrix<Float>? {
    guard let loss = losses[0] as? MultiModalLoss<Float> else { return nil }
    var unit = loss.represent(outputs)
    RowOperations.normalizeInPlace(&unit, rows: unit.rows)
    return unit
  }

  /// The loss of a batch from the outputs of the networks; fills their output gradients.
  package func evaluate(
    _ networks: [EmbeddingNetwork<Float>], batch: TrainingBatch
  ) -> LossOutcome {
    if joinsLevels { return evaluateJoined(networks, batch: batch) }
    var total = LossOutcome(loss: 0)
    for (network, loss) in zip(networks, losses) {
      let outcome = evaluate(network, loss, batch: batch)
      total.loss += outcome.loss
      total.nontrivialPositives = Self.sum(total.nontrivialPositives, outcome.nontrivialPositives)
      total.nontrivialNegatives = Self.sum(total.nontrivialNegatives, outcome.nontrivialNegatives)
    }
    // Shares are means over the levels, losses their sum.
    total.nontrivialPositives = total.nontrivialPositives.map { $0 / Double(losses.count) }
    total.nontrivialNegatives = total.nontrivialNegatives.map { $0 / Double(losses.count) }
    return total
  }

  private static func sum(_ left: Double?, _ right: Double?) -> Double? {
    right.map { $0 + (left ?? 0) } ?? left
  }

  private func evaluate(
    _ network: EmbeddingNetwork<Float>, _ loss: any MetricLoss<Float>, batch: TrainingBatch
  ) -> LossOutcome {
    guard loss.takesUnitRows else {
      return loss.evaluate(network.output, batch: batch, gradient: &network.outputGradient)
    }
    RowOperations.normalize(network.output, into: &rows, norms: &norms)
    let outcome = loss.evaluate(rows, batch: batch, gradient: &gradient)
    RowOperations.normalizeBackward(
      gradient: gradient, unit: rows, norms: norms, into: &network.outputGradient)
    return outcome
  }

  private func evaluateJoined(
    _ networks: [EmbeddingNetwork<Float>], batch: TrainingBatch
  ) -> LossOutcome {
    var column = 0
    for network in networks {
      RowOperations.copy(network.output, rows: rows.rows, into: &rows, column: column)
      column += network.output.columns
    }
    let outcome = losses[0].evaluate(rows, batch: batch, gradient: &gradient)
    column = 0
    for network in networks {
      RowOperations.copy(columnsFrom: column, of: gradient, into: &network.outputGradient)
      column += network.output.columns
    }
    return outcome
  }
}
