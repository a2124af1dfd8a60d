package import Kernels

/// Multi-class N-pair loss: the anchor of each class is to prefer its own positive to those of
/// the other classes.
///
///     L = (1/K) Σ_c log(1 + Σ_{j≠c} exp(x_cᵀ x⁺_j − x_cᵀ x⁺_c)) + (γ/K) Σ_c (‖x_c‖² + ‖x⁺_c‖²)
///
/// The pair of a class is its first two rows of the batch; classes with one row are left out,
/// further rows get no gradient. Embeddings are not normalised, as in the paper, unless asked
/// for (pytorch-metric-learning's default).
///
/// Source: Sohn, "Improved Deep Metric Learning with Multi-class N-pair Loss Objective", NIPS
/// 2016, equations 5 and 7. There γ acts on the mean of the norms; here on that of their squares,
/// as in losses.md §8.
package final class NPairLoss<Scalar: KernelScalar>: MetricLoss {
  package struct Parameters: Sendable, Hashable {
    /// γ ≥ 0, the weight of the squared lengths.
    package var regularization = 0.005
    /// Whether embeddings are brought to unit length first.
    package var normalizeEmbeddings = false

    package init() {}
  }

  private let settings: Parameters
  private let size: Int
  private let blas: BLASLibrary
  /// Rows of the batch, in pairs; the first `pairCount` count.
  private var pairs: [(anchor: Int, positive: Int)]
  private var pairCount = 0
  /// One row a pair, `most × embedding`; zero from `pairCount` on.
  private var anchors: Matrix<Scalar>
  private var positives: Matrix<Scalar>
  private var anchorGradient: Matrix<Scalar>
  private var positiveGradient: Matrix<Scalar>
  /// Products of anchors and positives, then `∂L/∂` them; `most × most`.
  private var scores: Matrix<Scalar>

  /// A loss over batches of `size` rows of `embedding` values; all its memory is taken here.
  package init(parameters: Parameters, size: Int, embedding: Int, blas: BLASLibrary) {
    settings = parameters
    self.size = size
    self.blas = blas
    let most = size / 2
    pairs = Array(repeating: (0, 0), count: most)
    anchors = Matrix(rows: most, columns: embedding)
    positives = Matrix(rows: most, columns: embedding)
    anchorGradient = Matrix(rows: most, columns: embedding)
    positiveGradient = Matrix(rows: most, columns: embedding)
    scores = Matrix(rows: most, columns: most)
  }

  package var takesUnitRows: Bool { settings.normalizeEmbeddings }

  /// O(N² + K² D) for K pairs.
  package func evaluate(
    _ embeddings: borrowing Matrix<Scalar>, batch: TrainingBatch, gradient: inout Matrix<Scalar>
  ) -> LossOutcome {
    findPairs(labels: batch.labels)
    gather(embeddings)
    blas.multiply(anchors, positives, transposingSecond: true, into: &scores)
    let loss = fillCoefficients()
    blas.multiply(scores, positives, into: &anchorGradient)
    blas.multiply(scores, transposingFirst: true, anchors, into: &positiveGradient)
    let lengths = regularize()
    scatter(into: &gradient)
    return LossOutcome(loss: loss + lengths)
  }

  private func findPairs(labels: [Int32]) {
    pairCount = 0
    for row in 0..<size where !labels[..<row].contains(labels[row]) {
      guard let next = labels[(row + 1)...].firstIndex(of: labels[row]) else { continue }
      pairs[pairCount] = (row, next)
      pairCount += 1
    }
  }

  private func gather(_ embeddings: borrowing Matrix<Scalar>) {
    anchors.fill(0)
    positives.fill(0)
    for pair in 0..<pairCount {
      anchors.copyRow(pairs[pair].anchor, of: embeddings, to: pair)
      positives.copyRow(pairs[pair].positive, of: embeddings, to: pair)
    }
  }

  private func fillCoefficients() -> Double {
    var sum = 0.0
    for row in 0..<scores.rows {
      // Unused rows and columns do not take part; an unused row becomes 0.
      for column in 0..<scores.columns where row >= pairCount || column >= pairCount {
        scores[row, column] = -.infinity
      }
      if row < pairCount {
        sum += CrossEntropy.evaluate(
          &scores, row: row, target: row, weight: 1 / Double(pairCount))
      } else {
        _ = scores.softmax(row: row, columns: 0..<scores.columns)
      }
    }
    return sum / Double(max(pairCount, 1))
  }

  /// Adds the gradient of the squared lengths and returns their share of the loss.
  private func regularize() -> Double {
    let weight = settings.regularization / Double(max(pairCount, 1))
    var sum = 0.0
    for pair in 0..<pairCount {
      sum += RowOperations.exactDot(anchors, row: pair, anchors, row: pair)
      sum += RowOperations.exactDot(positives, row: pair, positives, row: pair)
    }
    anchorGradient.add(anchors, times: Scalar(2 * weight))
    positiveGradient.add(positives, times: Scalar(2 * weight))
    return weight * sum
  }

  private func scatter(into gradient: inout Matrix<Scalar>) {
    gradient.fill(0)
    for pair in 0..<pairCount {
      gradient.copyRow(pair, of: anchorGradient, to: pairs[pair].anchor)
      gradient.copyRow(pair, of: positiveGradient, to: pairs[pair].positive)
    }
  }
}
