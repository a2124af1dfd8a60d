package import Kernels

/// Measures of a model as it stands on some classes: of all levels together and, where there
/// are several, of each.
package final class ModelEvaluation {
  private let model: EmbeddingModel
  private let losses: LevelLosses
  private let data: TrainingData
  private let recallAt: [Int]
  private let blas: BLASLibrary

  package init(
    model: EmbeddingModel, losses: LevelLosses, data: TrainingData, recallAt: [Int],
    blas: BLASLibrary
  ) {
    self.model = model
    self.losses = losses
    self.data = data
    self.recallAt = recallAt
    self.blas = blas
  }

  /// Named `prefix` and the measure, with the level between where there are several; none where
  /// there are no rows.
  package func measures(
    of part: TrainingData.Part, split: TrainingData.Split, prefix: String, step: Int
  ) -> [MeasuredValue] {
    guard !part.rows.isEmpty else { return [] }
    let outputs = model.outputs(of: part.rows, split: split, in: data)
    var values: [MeasuredValue] = []
    if model.levels.count > 1 {
      for (number, level) in model.levels.enumerated() {
        let unit = model.unit(ofLevel: number, in: outputs)
        values += retrieval(unit, part).named("\(prefix)\(level.name)/", step: step)
      }
    }
    let unit: Matrix<Float>
    if let represented = losses.represented(outputs) {
      unit = represented
    } else {
      unit = model.concatenated(outputs)
    }
    return retrieval(unit, part).named(prefix, step: step) + values
  }

  private func retrieval(
    _ unit: borrowing Matrix<Float>, _ part: TrainingData.Part
  ) -> RetrievalMeasures {
    Retrieval<Float>(blas: blas).leaveOneOut(unit: unit, labels: part.labels, recallAt: recallAt)
  }
}
