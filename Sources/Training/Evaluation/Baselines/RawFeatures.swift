package import Datasets
package import Kernels

/// Retrieval with the features as they are, at unit length: the line that training must beat.
package enum RawFeatures {
  /// Every row of `vectors` queries all the others.
  package static func evaluate(
    _ vectors: LabeledVectors, recallAt: [Int], blas: BLASLibrary
  ) -> RetrievalMeasures {
    var unit = Matrix<Float>(rows: vectors.count, columns: vectors.storage.columns)
    RowOperations.gather(
      vectors.rows, from: vectors.storage.matrix(), normalized: true, into: &unit)
    return Retrieval<Float>(blas: blas).leaveOneOut(
      unit: unit, labels: vectors.classNumbers, recallAt: recallAt)
  }
}
