import Kernels

/// What a model makes of rows for retrieval: unit embeddings of each level where there are
/// several, and of all together.
struct UnitEmbeddings {
  let model: EmbeddingModel
  /// For the loss that has embeddings of its own; nil where it is known to be another.
  let losses: LevelLosses?

  /// Calls `body` for each level with its name, where there are several, then for all together,
  /// with the unit rows in the order of `rows`. Equal rows give equal bits in any company.
  func forEach(
    of rows: [Int64], split: TrainingData.Split, in features: [TrainingData.Level],
    _ body: (String?, borrowing Matrix<Float>) throws -> Void
  ) rethrows {
    let outputs = model.outputs(of: rows, split: split, in: features)
    if model.levels.count > 1 {
      for (number, level) in model.levels.enumerated() {
        try body(level.name, model.unit(ofLevel: number, in: outputs))
      }
    }
    try body(nil, model.embedding(outputs, of: losses))
  }

  /// All levels together, `rows × dimension`.
  func together(
    of rows: [Int64], split: TrainingData.Split, in features: [TrainingData.Level]
  ) -> Matrix<Float> {
    model.embedding(model.outputs(of: rows, split: split, in: features), of: losses)
  }
}
