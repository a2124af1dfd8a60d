internal import Kernels

/// Class probabilities of each level of an embedding, side by side.
///
/// Level μ is columns `μ E ..< (μ + 1) E` of a row; a linear classifier of its own and a softmax
/// make it columns `μ C ..< (μ + 1) C` of the result u, `batch × levels · classes`.
final class LevelProbabilities<Scalar: KernelScalar> {
  let classes: Int
  private let embedding: Int
  private let classifiers: [LinearClassifier<Scalar>]
  private var input: Matrix<Scalar>
  private var inputGradient: Matrix<Scalar>
  private var scores: Matrix<Scalar>

  init(
    levels: Int, size: Int, classes: Int, embedding: Int, seed: UInt64, rateMultiplier: Double,
    blas: BLASLibrary
  ) {
    self.classes = classes
    self.embedding = embedding
    classifiers = (0..<levels).map { level in
      LinearClassifier(
        name: "loss.classifier.\(level)", classes: classes, embedding: embedding,
        initial: InitialValues(seed: seed, table: level + 1), rateMultiplier: rateMultiplier,
        blas: blas)
    }
    input = Matrix(rows: size, columns: embedding)
    inputGradient = Matrix(rows: size, columns: embedding)
    scores = Matrix(rows: size, columns: classes)
  }

  var parameters: [Parameter<Scalar>] { classifiers.flatMap(\.parameters) }

  /// Fills u for a batch.
  func forward(
    _ embeddings: borrowing Matrix<Scalar>, into probabilities: inout Matrix<Scalar>
  ) {
    for level in classifiers.indices {
      let classifier = classifiers[level]
      input.copyColumns(from: embeddings, at: level * embedding, to: 0, count: embedding)
      classifier.forward(input, into: &scores)
      store(scores, level: level, into: &probabilities)
    }
  }

  /// u of any number of rows, with equal bits for equal rows.
  func probabilities(of embeddings: borrowing Matrix<Scalar>) -> Matrix<Scalar> {
    let rows = embeddings.rows
    var result = Matrix<Scalar>(rows: rows, columns: classifiers.count * classes)
    var input = Matrix<Scalar>(rows: rows, columns: embedding)
    var scores = Matrix<Scalar>(rows: rows, columns: classes)
    for level in classifiers.indices {
      let classifier = classifiers[level]
      input.copyColumns(from: embeddings, at: level * embedding, to: 0, count: embedding)
      classifier.forwardInOrder(input, into: &scores)
      store(scores, level: level, into: &result)
    }
    return result
  }

  private func store(
    _ scores: borrowing Matrix<Scalar>, level: Int, into probabilities: inout Matrix<Scalar>
  ) {
    let first = level * classes
    probabilities.copyColumns(from: scores, at: 0, to: first, count: classes)
    for row in 0..<scores.rows {
      _ = probabilities.softmax(row: row, columns: first..<(first + classes))
    }
  }

  /// From `∂L/∂u` to the gradients of the classifiers and of the embeddings.
  func backward(
    _ embeddings: borrowing Matrix<Scalar>, probabilities: borrowing Matrix<Scalar>,
    probabilityGradient: borrowing Matrix<Scalar>, into gradient: inout Matrix<Scalar>
  ) {
    for level in classifiers.indices {
      let classifier = classifiers[level]
      let columns = level * classes..<(level + 1) * classes
      scores.fill(0)
      for row in 0..<scores.rows {
        scores.addSoftmaxGradient(
          row: row, of: probabilities, gradient: probabilityGradient, columns: columns)
      }
      input.copyColumns(from: embeddings, at: level * embedding, to: 0, count: embedding)
      classifier.backward(input, scoreGradient: scores, into: &inputGradient)
      gradient.copyColumns(from: inputGradient, at: 0, to: level * embedding, count: embedding)
    }
  }
}
