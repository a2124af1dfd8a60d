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
    let alpha = Scalar(settings.alpha)
    let pull = -alpha / Scalar(max(present, 1))
    let push = alpha / Scalar(classes)
    for proxy in 0..<classes {
      fillExponents(proxy: proxy, labels: labels)
      positiveSum += exponents.softmax(row: 0, columns: 0..<(size + 1))
      negativeSum += exponents.softmax(row: 1, columns: 0..<(size + 1))
      for item in 0..<size {
        scores[proxy, item] =
          labels[item] == proxy ? pull * exponents[0, item + 1] : push * exponents[1, item + 1]
      }
    }
    return positiveSum / Double(max(present, 1)) + negativeSum / Double(classes)
  }

  /// An item takes part in one of the two sums; in the other its exponent is −∞.
  private func fillExponents(proxy: Int, labels: [Int32]) {
    let (alpha, margin) = (Scalar(settings.alpha), Scalar(settings.margin))
    exponents[0, 0] = 0
    exponents[1, 0] = 0
    for item in 0..<size {
      let similarity = scores[proxy, item]
      let isMember = labels[item] == proxy
      exponents[0, item + 1] = isMember ? -alpha * (similarity - margin) : -.infinity
      exponents[1, item + 1] = isMember ? -.infinity : alpha * (similarity + margin)
    }
  }
}
