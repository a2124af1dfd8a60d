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
    var result = Matrix<Float>(rows: rows.count, columns: weights.rows)
    var input = Matrix<Float>(rows: blockRows, columns: features.columns)
    var transposedWeights = Matrix<Float>(rows: weights.columns, columns: weights.rows)
    RowOperations.transpose(weights, into: &transposedWeights)
    var output = Matrix<Float>(rows: blockRows, columns: weights.rows)
    var unit = Matrix<Float>(rows: blockRows, columns: weights.rows)
    var norms = Matrix<Float>(rows: 1, columns: blockRows)
    for start in stride(from: 0, to: rows.count, by: blockRows) {
      let part = Array(rows[start..<min(start + blockRows, rows.count)])
      preprocessing.apply(to: part, of: features, into: &input)
      RowOperations.orderedProduct(input, transposedWeights, into: &output)
      RowOperations.normalize(output, into: &unit, norms: &norms)
      result.copyRows(from: unit, count: part.count, at: start)
    }
    return result
  }
}
