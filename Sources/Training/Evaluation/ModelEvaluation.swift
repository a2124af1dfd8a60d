package import Kernels

/// Measures of a model as it stands on some classes: of all levels together and, where there
/// are several, of each.
///
/// Retrieval follows the part's queries and gallery. Clusters, few-shot episodes and distances
/// are those of all its rows, of either kind.
package final class ModelEvaluation {
  private let model: EmbeddingModel
  private let losses: LevelLosses
  private let data: TrainingData
  private let choice: MeasureChoice
  private let seed: UInt64
  private let blas: BLASLibrary

  package init(
    model: EmbeddingModel, losses: LevelLosses, data: TrainingData, choice: MeasureChoice,
    seed: UInt64, blas: BLASLibrary
  ) {
    self.model = model
    self.losses = losses
    self.data = data
    self.choice = choice
    self.seed = seed
    self.blas = blas
  }

  /// Named `prefix` and the measure, with the level between where there are several; none where
  /// there are no rows.
  package func measures(
    of part: TrainingData.Part, split: TrainingData.Split, prefix: String, step: Int,
    isFinal: Bool = false
  ) -> [MeasuredValue] {
    guard !part.rows.isEmpty else { return [] }
    let outputs = model.outputs(of: part.rows, split: split, in: data)
    var values: [MeasuredValue] = []
    if model.levels.count > 1 {
      for (number, level) in model.levels.enumerated() {
        let unit = model.unit(ofLevel: number, in: outputs)
        values += measures(
          of: unit, part, prefix: "\(prefix)\(level.name)/", step: step, isFinal: isFinal)
      }
    }
    let unit = model.embedding(outputs, of: losses)
    return measures(of: unit, part, prefix: prefix, step: step, isFinal: isFinal) + values
  }

  private func measures(
    of unit: borrowing Matrix<Float>, _ part: TrainingData.Part, prefix: String, step: Int,
    isFinal: Bool
  ) -> [MeasuredValue] {
    let labels = part.labels
    var values = Retrieval<Float>(blas: blas).evaluate(
      unit: unit, labels: labels, part.queryGallery, recallAt: choice.recallAt,
      rankingAll: choice.ranksAll
    ).named(prefix, step: step)
    guard isFinal else { return values }
    if choice.clusters {
      values += ClusteringMeasures(unit: unit, labels: labels, seed: seed, blas: blas)
        .named(prefix, step: step)
    }
    for episodes in choice.fewShot {
      values +=
        episodes.evaluate(unit: unit, labels: labels, seed: seed)?
        .named(prefix, of: episodes, step: step) ?? []
    }
    if choice.distances {
      values += ClassDistances(unit: unit, labels: labels, seed: seed).named(prefix, step: step)
    }
    return values
  }
}
