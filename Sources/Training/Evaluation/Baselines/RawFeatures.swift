package import Datasets
package import Kernels

/// Retrieval with the features as they are, at unit length: the line that training must beat.
package enum RawFeatures {
  /// The queries of `vectors` against their gallery, or every row against all the others.
  package static func evaluate(
    _ vectors: LabeledVectors, recallAt: [Int], blas: BLASLibrary
  ) -> RetrievalMeasures {
    var unit = Matrix<Float>(rows: vectors.count, columns: vectors.storage.columns)
    RowOperations.gather(
      vectors.rows, from: vectors.storage.matrix(), normalized: true, into: &unit)
    return Retrieval<Float>(blas: blas).evaluate(
      unit: unit, labels: vectors.classNumbers, vectors.queryGallery, recallAt: recallAt)
  }
}
