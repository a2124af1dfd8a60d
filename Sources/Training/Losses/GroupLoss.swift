package import Kernels

/// The Group Loss: class probabilities of a batch are made consistent with how alike its rows
/// are, starting from a classifier and a few rows whose class is given.
///
///     L = (s/N) Σ_i −log(X^R_{i,y_i} + 10⁻¹²) + (1/N) Σ_i CE(o_i, y_i)
///
/// `X⁰_i` is the one-hot class for the first rows of each class in the batch (anchors) and
/// `softmax(o_i / T)` for the others; `X^R` comes from R rounds of `ReplicatorDynamics` with the
/// similarities of `RowCorrelation`, and `o = W φ + b` from a linear classifier that is learned.
/// φ are the raw embeddings. As in the authors' code the diagonal of the similarities is kept,
/// anchors stay in the mean, all R rounds are run, and the classifier's cross-entropy takes part.
///
/// Source: Elezi, Vascon, Torcinovich, Pelillo, Leal-Taixé, "The Group Loss for Deep Metric
/// Learning", ECCV 2020, arXiv 1912.00385. Defaults are the authors' for Stanford Online
/// Products.
package final class GroupLoss<Scalar: KernelScalar>: MetricLoss {
  package struct Parameters: Sendable, Hashable {
    /// R ≥ 1, rounds of the dynamics.
    package var iterations = 1
    /// Rows of each class that are given as known, ≥ 0.
    package var anchorsPerClass = 2
    /// T > 0, divides the scores of the classifier.
    package var temperature = 54.0
    /// s ≥ 0, the weight of the part after the dynamics.
    package var scale = 1.0
    /// What the learning rate of the classifier is multiplied by, ≥ 0.
    package var classifierRateMultiplier = 1.0

    package init() {}
  }

  /// Added to a share before its logarithm, as in the authors' code.
  private static var leastShare: Double { 1e-12 }

  private let settings: Parameters
  private let size: Int
  private let blas: BLASLibrary
  private let classifier: LinearClassifier<Scalar>
  private var correlation: RowCorrelation<Scalar>
  private var dynamics: ReplicatorDynamics<Scalar>
  /// Scores of the classifier, then the gradient of the loss by them; `batch × classes`.
  private var scores: Matrix<Scalar>
  private var stateGradient: Matrix<Scalar>
  private var similarityGradient: Matrix<Scalar>

  /// A loss over batches of `size` rows of `embedding` values; all its memory is taken here.
  package init(
    parameters: Parameters, size: Int, classes: Int, embedding: Int, seed: UInt64,
    blas: BLASLibrary
  ) {
    settings = parameters
    self.size = size
    self.blas = blas
    classifier = LinearClassifier(
      name: "loss.classifier", classes: classes, embedding: embedding,
      initial: InitialValues(seed: seed), rateMultiplier: parameters.classifierRateMultiplier,
      blas: blas)
    correlation = RowCorrelation(size: size, embedding: embedding)
    dynamics = ReplicatorDynamics(
      size: size, classes: classes, iterations: parameters.iterations)
    scores = Matrix(rows: size, columns: classes)
    stateGradient = Matrix(rows: size, columns: classes)
    similarityGradient = Matrix(rows: size, columns: size)
  }

  package var takesUnitRows: Bool { false }

  package var parameters: [Parameter<Scalar>] { classifier.parameters }

  /// O(N² D + R N² C).
  package func evaluate(
    _ embeddings: borrowing Matrix<Scalar>, batch: TrainingBatch, gradient: inout Matrix<Scalar>
  ) -> LossOutcome {
    correlation.fill(embeddings, blas: blas)
    classifier.forward(embeddings, into: &scores)
    fillPriors(labels: batch.labels)
    dynamics.run(correlation.matrix, blas: blas)
    let grouped = fillStateGradient(labels: batch.labels)
    dynamics.backward(
      &stateGradient, similarity: correlation.matrix, similarityGradient: &similarityGradient,
      blas: blas)
    let classified = fillScoreGradient(labels: batch.labels)
    classifier.backward(embeddings, scoreGradient: scores, into: &gradient)
    correlation.backward(&similarityGradient, blas: blas, addingTo: &gradient)
    return LossOutcome(loss: settings.scale * grouped + classified)
  }

  private func isAnchor(_ row: Int, labels: [Int32]) -> Bool {
    labels[..<row].count { $0 == labels[row] } < settings.anchorsPerClass
  }

  private func fillPriors(labels: [Int32]) {
    let classes = scores.columns
    dynamics.states.copyRows(from: scores, count: size)
    for row in 0..<size {
      if isAnchor(row, labels: labels) {
        dynamics.states.fill(0, rows: row..<(row + 1))
        dynamics.states[row, Int(labels[row])] = 1
      } else {
        _ = dynamics.states.softmax(
          row: row, columns: 0..<classes, scale: 1 / settings.temperature)
      }
    }
  }

  /// The mean of −log of the shares of the rows' own classes, and `∂L/∂X^R`.
  private func fillStateGradient(labels: [Int32]) -> Double {
    stateGradient.fill(0)
    var sum = 0.0
    for row in 0..<size {
      let own = Int(labels[row])
      let share = Double(dynamics.share(row: row, class: own)) + Self.leastShare
      sum -= PortableMath.logarithm(share)
      stateGradient[row, own] = Scalar(-settings.scale / (Double(size) * share))
    }
    return sum / Double(size)
  }

  /// The mean cross-entropy of the classifier, and `∂L/∂o` of both parts of the loss.
  private func fillScoreGradient(labels: [Int32]) -> Double {
    var sum = 0.0
    for row in 0..<size {
      sum += CrossEntropy.evaluate(
        &scores, row: row, target: Int(labels[row]), weight: 1 / Double(size))
      if isAnchor(row, labels: labels) { continue }
      scores.addSoftmaxGradient(
        row: row, of: dynamics.states, gradient: stateGradient, columns: 0..<scores.columns,
        times: Scalar(1 / settings.temperature))
    }
    return sum / Double(size)
  }
}
