package import Kernels

/// Proxy-NCA: each embedding is to be nearer to the proxy of its class than to the others.
///
///     L = (1/N) Σ_i [σ D²(i, y_i) + log Σ_z exp(−σ D²(i, z))],   D²(i, z) = ‖f_i − ĉ_z‖²
///
/// z runs over the other classes, as in the paper, or over all of them (the softmax form, which
/// is what pytorch-metric-learning computes); classes absent from the batch take part. Proxies
/// are brought to unit length. As `D² = 2 − 2 s` on the sphere, the loss is computed from the
/// similarities: the constant cancels. With one class there is nothing to tell apart, and the
/// paper's form is 0. The paper has no σ.
///
/// Source: Movshovitz-Attias, Toshev, Leung, Ioffe, Singh, "No Fuss Distance Metric Learning
/// using Proxies", ICCV 2017, arXiv 1703.07464. Initial proxies N(0, 1)/8 and their learning
/// rate are of Roth et al., ICML 2020, arXiv 2002.08473.
package final class ProxyNCALoss<Scalar: KernelScalar>: MetricLoss {
  package struct Parameters: Sendable, Hashable {
    /// σ > 0.
    package var scale = 1.0
    /// Whether z runs over all classes.
    package var includePositive = false
    /// What the learning rate of the proxies is multiplied by, ≥ 0.
    package var proxyRateMultiplier = 50.0

    package init() {}
  }

  private static var initialDeviation: Double { 0.125 }

  private let settings: Parameters
  private let size: Int
  private let blas: BLASLibrary
  private let proxies: UnitProxies<Scalar>
  /// Similarities to the proxies, then coefficients of the gradient; `batch × classes`.
  private var scores: Matrix<Scalar>

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
        rows: classes, columns: embedding, deviation: Self.initialDeviation),
      rateMultiplier: parameters.proxyRateMultiplier)
    scores = Matrix(rows: size, columns: classes)
  }

  package var parameters: [Parameter<Scalar>] { [proxies.parameter] }

  /// O(N C D).
  package func evaluate(
    _ unit: borrowing Matrix<Scalar>, batch: TrainingBatch, gradient: inout Matrix<Scalar>
  ) -> LossOutcome {
    proxies.normalize()
    blas.multiply(unit, proxies.unit, transposingSecond: true, into: &scores)
    let loss = fillCoefficients(labels: batch.labels)
    blas.multiply(scores, proxies.unit, into: &gradient)
    blas.multiply(scores, transposingFirst: true, unit, into: &proxies.unitGradient)
    proxies.backward()
    return LossOutcome(loss: loss)
  }

  /// Turns the similarities to `∂L/∂s = 2σ (softmax − onehot) / N`.
  private func fillCoefficients(labels: [Int32]) -> Double {
    if scores.columns == 1 && !settings.includePositive {
      for row in 0..<size { scores[row, 0] = 0 }
      return 0
    }
    let slope = 2 * settings.scale
    var sum = 0.0
    for row in 0..<size {
      sum += CrossEntropy.evaluate(
        &scores, row: row, target: Int(labels[row]), scale: slope,
        excludingTarget: !settings.includePositive, weight: slope / Double(size))
    }
    return sum / Double(size)
  }
}
