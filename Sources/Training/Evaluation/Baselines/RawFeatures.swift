package import Datasets
package import Kernels

/// Retrieval with the features as they are, at unit length: the line that training must beat.
package enum RawFeatures {
  /// The queries of `vectors` against their gallery, or every row against all the others.
  package static func evaluate(
    _ vectors: LabeledVectors, recallAt: [Int], blas: BLASLibrary
  ) -> RetrievalMeasures {
    Retrieval<Float>(blas: blas).evaluate(
      unit: unit(vectors), labels: vectors.classNumbers, vectors.queryGallery, recallAt: recallAt)
  }

  /// The rows at unit length, those that are so already to the bit: embeddings that were stored
  /// score what they scored when they were computed.
  static func unit(_ vectors: LabeledVectors) -> Matrix<Float> {
    var unit = Matrix<Float>(rows: vectors.count, columns: vectors.storage.columns)
    RowOperations.gatherAtUnitLength(
      vectors.rows, from: vectors.storage.matrix(), into: &unit)
    return unit
  }
}
