package import Kernels

/// Measures of a model as it stands on some classes: of all levels together and, where there
/// are several, of each.
///
/// Retrieval follows the part's queries and gallery. Clusters, few-shot episodes and distances
/// are those of all its rows, of either kind.
package final class ModelEvaluation {
  private let units: UnitEmbeddings
  private let data: TrainingData
  private let choice: MeasureChoice
  private let seed: UInt64
  private let blas: BLASLibrary

  package init(
    model: EmbeddingModel, losses: LevelLosses, data: TrainingData, choice: MeasureChoice,
    seed: UInt64, blas: BLASLibrary
  ) {
    units = UnitEmbeddings(model: model, losses: losses)
    self.data = data
    self.choice = choice
    self.seed = seed
    self.blas = blas
  }

  /// Named `prefix` and the measure, with the level between where there are several; none where
  /// there are no rows. `observe` is given the outcome of each query by all levels together.
  package func measures(
    of part: TrainingData.Part, split: TrainingData.Split, prefix: String, step: Int,
    isFinal: Bool = false, observe: ([QueryOutcome]) -> Void = { _ in }
  ) -> [MeasuredValue] {
    guard !part.rows.isEmpty else { return [] }
    var together: [MeasuredValue] = []
    var single: [MeasuredValue] = []
    units.forEach(of: part.rows, split: split, in: data.levels) { level, unit in
      let name = level.map { $0 + "/" } ?? ""
      let outcomes = Retrieval<Float>(blas: blas).outcomes(
        unit: unit, labels: part.labels, part.queryGallery, recallAt: choice.recallAt,
        rankingAll: choice.ranksAll)
      if level == nil { observe(outcomes) }
      let values = measures(
        of: unit, part, outcomes, prefix: prefix + name, step: step, isFinal: isFinal)
      if level == nil { together = values } else { single += values }
    }
    return together + single
  }

  private func measures(
    of unit: borrowing Matrix<Float>, _ part: TrainingData.Part, _ outcomes: [QueryOutcome],
    prefix: String, step: Int, isFinal: Bool
  ) -> [MeasuredValue] {
    let labels = part.labels
    var values = RetrievalMeasures(
      outcomes, recallAt: choice.recallAt, rankingAll: choice.ranksAll
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
