package import Kernels

/// A trained model: preprocessing and a linear head. Turns features into unit embeddings.
package struct EmbeddingModel: ~Copyable {
  package let preprocessing: Preprocessing
  /// `embedding × dimension`.
  package let weights: Matrix<Float>

  /// Rows embedded at a time. Part of no bits: each row is summed alone, in order.
  private static let blockRows = 256

  package init(preprocessing: consuming Preprocessing, weights: consuming Matrix<Float>) {
    self.preprocessing = preprocessing
    self.weights = weights
  }

  /// Unit embeddings of the given rows, `rows × embedding`.
  package func embed(
    _ rows: [Int64], of features: borrowing Matrix<Float>
  ) -> Matrix<Float> {
    Self.embed(
      rows, of: features, preprocessing: preprocessing, weights: weights)
  }

  package static func embed(
    _ rows: [Int64], of features: borrowing Matrix<Float>,
    preprocessing: borrowing Preprocessing, weights: borrowing Matrix<Float>
  ) -> Matrix<Float> {
    let block = min(blockRows, max(rows.count, 1))
    var result = Matrix<Float>(rows: rows.count, columns: weights.rows)
    var input = Matrix<Float>(rows: block, columns: features.columns)
    var output = Matrix<Float>(rows: block, columns: weights.rows)
    for start in stride(from: 0, to: rows.count, by: block) {
      let part = Array(rows[start..<min(start + block, rows.count)])
      preprocessing.apply(to: part, of: features, into: &input)
      RowOperations.orderedProduct(
        input, rows: part.count, transposing: weights, into: &output)
      RowOperations.normalizeInPlace(&output, rows: part.count)
      result.copyRows(from: output, count: part.count, at: start)
    }
    return result
  }
}
