package import Kernels

/// Several models judged as one: the unit embeddings of a row side by side, brought to unit length
/// together.
///
/// So "A Metric Learning Reality Check" judges the models of the folds of a cross-validation:
/// Musgrave, Belongie, Lim, ECCV 2020, arXiv 2003.08505.
package enum JointEvaluation {
  /// Measures of retrieval on the test classes.
  ///
  /// Takes memory for the embeddings of all models, see `bytes`.
  ///
  /// - Parameter members: Each model with the data of its run; all have the same test rows.
  package static func measures(
    of members: [(model: StoredModel, data: TrainingData)], recallAt: [Int], blas: BLASLibrary
  ) -> RetrievalMeasures {
    guard let test = members.first?.data.test else { preconditionFailure("no model to judge") }
    var joint = Matrix<Float>(
      rows: test.rows.count, columns: members.reduce(0) { $0 + $1.model.dimension })
    var column = 0
    for (model, data) in members {
      precondition(data.test.rows == test.rows, "models of different test rows")
      let unit = model.embed(data.test.rows, split: .test, of: data)
      RowOperations.copy(unit, rows: unit.rows, into: &joint, column: column)
      column += unit.columns
    }
    RowOperations.normalizeInPlace(&joint, rows: joint.rows)
    return Retrieval<Float>(blas: blas).evaluate(
      unit: joint, labels: test.labels, test.queryGallery, recallAt: recallAt)
  }

  /// Memory that the embeddings of all models take together.
  package static func bytes(rows: Int, dimensions: [Int]) -> Int {
    rows * dimensions.reduce(0, +) * MemoryLayout<Float>.stride
  }
}
