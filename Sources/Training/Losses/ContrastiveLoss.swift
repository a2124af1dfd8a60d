package import Kernels

/// Contrastive loss: positives are pulled to within one margin, negatives pushed beyond another.
///
///     L = (1/|Π⁺|) Σ_{Π⁺} [D_ij − m_p]₊ᵏ + (1/|Π⁻|) Σ_{Π⁻} [m_n − D_ij]₊ᵏ
///
/// over ordered pairs, with the number of terms above 0 for |Π| unless `reducer` is `.all`; an
/// empty set gives 0. Each part has its own mean, as in pytorch-metric-learning; the text of
/// 2006 sums over all pairs alike, with k = 2, m_p = 0 and a factor ½.
///
/// Source: Hadsell, Chopra, LeCun, "Dimensionality Reduction by Learning an Invariant Mapping",
/// CVPR 2006, doi:10.1109/CVPR.2006.100, equation 4; losses.md §4.
package final class ContrastiveLoss<Scalar: KernelScalar>: MetricLoss {
  package struct Parameters: Sendable, Hashable {
    /// m_p ≥ 0.
    package var positiveMargin = 0.0
    /// m_n > m_p, up to 2, or 4 for squared distances.
    package var negativeMargin = 1.0
    /// k, 1 or 2.
    package var power = 1
    package var distance = DistanceForm.euclidean
    package var reducer = LossReducer.nonzero
    package var dropDuplicatePairs = true

    package init() {}
  }

  private let settings: Parameters
  private let blas: BLASLibrary
  private var pairDistances: PairDistances<Scalar>
  /// `d_ij`.
  private var distances: PairTable
  private var coefficients: PairCoefficients<Scalar>

  /// A loss over batches of `size` rows; all its memory is taken here.
  package init(parameters: Parameters, size: Int, blas: BLASLibrary) {
    settings = parameters
    self.blas = blas
    pairDistances = PairDistances(size: size)
    distances = PairTable(size: size)
    coefficients = PairCoefficients(size: size)
  }

  /// O(N² D).
  @specialized(where Scalar == Float)
  package func evaluate(
    _ unit: borrowing Matrix<Scalar>, batch: TrainingBatch, gradient: inout Matrix<Scalar>
  ) -> LossOutcome {
    precondition(batch.labels.count == unit.rows, "\(batch.labels.count) of \(unit.rows) labels")
    let pairs = BatchPairs(batch, droppingDuplicates: settings.dropDuplicatePairs)
    pairDistances.fill(unit: unit, blas: blas)
    distances.copy(pairDistances.matrix)
    guard distances.isFinite else { return .undefined(gradient: &gradient) }
    let (positives, negatives) = sum(pairs)
    let positiveFactor = positives.factor(settings.reducer)
    let negativeFactor = negatives.factor(settings.reducer)
    fill(pairs, positiveFactor: positiveFactor, negativeFactor: negativeFactor)
    let outcome = pairs.outcome(
      loss: positives.sum * positiveFactor + negatives.sum * negativeFactor,
      coefficients: coefficients.table)
    coefficients.writeGradient(
      throughDistances: pairDistances, unit: unit, blas: blas, into: &gradient)
    return outcome
  }

  private func sum(_ pairs: BatchPairs) -> (positives: LossTerms, negatives: LossTerms) {
    var (positives, negatives) = (LossTerms(), LossTerms())
    for row in 0..<pairs.size {
      for other in 0..<pairs.size {
        if pairs.isPositive(row, other) {
          positives.add(power(positiveHinge(row, other)))
        } else if pairs.isNegative(row, other) {
          negatives.add(power(negativeHinge(row, other)))
        }
      }
    }
    return (positives, negatives)
  }

  private func fill(_ pairs: BatchPairs, positiveFactor: Double, negativeFactor: Double) {
    coefficients.table.clear()
    for row in 0..<pairs.size {
      for other in 0..<pairs.size {
        let slope = settings.distance.slope(distances[row, other])
        if pairs.isPositive(row, other) {
          let derivative = powerSlope(positiveHinge(row, other))
          coefficients.table[row, other] = positiveFactor * derivative * slope
        } else if pairs.isNegative(row, other) {
          let derivative = powerSlope(negativeHinge(row, other))
          coefficients.table[row, other] = -negativeFactor * derivative * slope
        }
      }
    }
  }

  private func positiveHinge(_ row: Int, _ other: Int) -> Double {
    max(0, settings.distance.value(distances[row, other]) - settings.positiveMargin)
  }

  private func negativeHinge(_ row: Int, _ other: Int) -> Double {
    max(0, settings.negativeMargin - settings.distance.value(distances[row, other]))
  }

  private func power(_ hinge: Double) -> Double {
    settings.power == 2 ? hinge * hinge : hinge
  }

  /// `∂ hinge^k / ∂ hinge`, 0 where the hinge is.
  private func powerSlope(_ hinge: Double) -> Double {
    settings.power == 2 ? 2 * hinge : hinge > 0 ? 1 : 0
  }
}
