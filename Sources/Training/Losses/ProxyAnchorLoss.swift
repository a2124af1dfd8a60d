package import Kernels

/// Proxy-Anchor: each proxy pulls the embeddings of its class and pushes the others, the harder
/// ones more.
///
///     L = (1/|Z⁺|) Σ_{z ∈ Z⁺} log(1 + Σ_{y_i = z} e^{−α(s_iz − δ)})
///       + (1/C) Σ_z log(1 + Σ_{y_i ≠ z} e^{α(s_iz + δ)})
///
/// s is the cosine of embedding and proxy, Z⁺ the classes present in the batch, C the number of
/// all. Proxies of absent classes take part in the second sum. No pair is trivial.
///
/// Source: Kim, Kim, Cho, Kwak, "Proxy Anchor Loss for Deep Metric Learning", CVPR 2020,
/// arXiv 2003.13911, equation 4; initial proxies Kaiming normal by fan-out (deviation √(2/C)),
/// and the multiplier of their learning rate as in the authors' code.
package final class ProxyAnchorLoss<Scalar: KernelScalar>: MetricLoss {
  package struct Parameters: Sendable, Hashable {
    /// α > 0.
    package var alpha = 32.0
    /// δ in [0, 1).
    package var margin = 0.1
    /// What the learning rate of the proxies is multiplied by, ≥ 0.
    package var proxyRateMultiplier = 100.0

    package init() {}
  }

  private let settings: Parameters
  private let size: Int
  private let blas: BLASLibrary
  private let proxies: UnitProxies<Scalar>
  /// Similarities, then `∂L/∂s`; `classes × batch`.
  private var scores: Matrix<Scalar>
  /// Exponents of the two sums of a proxy, each after the 0 that stands for its 1.
  private var exponents: Matrix<Scalar>

  /// A loss over batches of `size` rows of `embedding` values; all its memory is taken here.
  package init(
    parameters: Parameters, size: Int, classes: Int, embedding: Int, seed: UInt64,
    blas: BLASLibrary
  ) {
    settings = parameters
    self.size = size
    self.blas = blas
    proxies = UnitProxies(
      initial: InitialValues(seed: seed).normal(
        rows: classes, columns: embedding, deviation: (2 / Double(classes)).squareRoot()),
      rateMultiplier: parameters.proxyRateMultiplier)
    scores = Matrix(rows: classes, columns: size)
    exponents = Matrix(rows: 2, columns: size + 1)
  }

  package var parameters: [Parameter<Scalar>] { [proxies.parameter] }

  /// O(N C D).
  package func evaluate(
    _ unit: borrowing Matrix<Scalar>, batch: TrainingBatch, gradient: inout Matrix<Scalar>
  ) -> LossOutcome {
    proxies.normalize()
    blas.multiply(proxies.unit, unit, transposingSecond: true, into: &scores)
    let loss = fillCoefficients(labels: batch.labels)
    blas.multiply(scores, transposingFirst: true, proxies.unit, into: &gradient)
    blas.multiply(scores, unit, into: &proxies.unitGradient)
    proxies.backward()
    return LossOutcome(loss: loss)
  }

  private func fillCoefficients(labels: [Int32]) -> Double {
    let classes = scores.rows
    var present = 0
    for row in 0..<size where !labels[..<row].contains(labels[row]) {
      precondition(Int(labels[row]) < classes, "class \(labels[row]) of \(classes)")
      present += 1
    }
    var (positiveSum, negativeSum) = (0.0, 0.0)
    for proxy in 0..<classes {
      fillExponents(proxy: proxy, labels: labels)
      positiveSum += exponents.softmax(row: 0, columns: 0..<(size + 1))
      negativeSum += exponents.softmax(row: 1, columns: 0..<(size + 1))
      fillCoefficients(proxy: proxy, labels: labels, present: present)
    }
    return positiveSum / Double(max(present, 1)) + negativeSum / Double(classes)
  }

  /// An item takes part in one of the two sums; in the other its exponent is −∞.
  @_specialize(where Scalar == Float)
  private func fillExponents(proxy: Int, labels: [Int32]) {
    let (alpha, margin) = (Scalar(settings.alpha), Scalar(settings.margin))
    let (first, second) = (1, size + 2)
    scores.withValues { scores in
      exponents.withMutableValues { exponents in
        exponents[first - 1] = 0
        exponents[second - 1] = 0
        for item in labels.indices {
          let similarity = scores[proxy * labels.count + item]
          let isMember = labels[item] == proxy
          exponents[first + item] = isMember ? -alpha * (similarity - margin) : -.infinity
          exponents[second + item] = isMember ? -.infinity : alpha * (similarity + margin)
        }
      }
    }
  }

  /// `∂L/∂s` of one proxy from the softmaxes of its two sums.
  @_specialize(where Scalar == Float)
  private func fillCoefficients(proxy: Int, labels: [Int32], present: Int) {
    let pull = -Scalar(settings.alpha) / Scalar(max(present, 1))
    let push = Scalar(settings.alpha) / Scalar(scores.rows)
    let (first, second) = (1, size + 2)
    exponents.withValues { shares in
      scores.withMutableValues { scores in
        for item in labels.indices {
          scores[proxy * labels.count + item] =
            labels[item] == proxy ? pull * shares[first + item] : push * shares[second + item]
        }
      }
    }
  }
}
