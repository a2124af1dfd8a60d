package import Kernels

/// Lifted structured loss: a positive pair shall be closer than every negative of its two ends.
///
/// Original, over positive pairs, with k = 2:
///
///     J_ij = d_ij − m_p + log( Σ_{N_i} exp(α − d_in) + Σ_{N_j} exp(α − d_jn) )
///     L = 1/(2|Π⁺|) Σ [J_ij]₊ᵏ
///
/// Generalised, over the N rows of the batch, a sum over no row counting 0:
///
///     L = (1/N) Σ_a [ log Σ_{P_a} exp(d_ap − m_p) + log Σ_{N_a} exp(α − d_an) ]₊
///
/// Differs from the text of 2016 in unit embeddings, where it has free ones with a penalty on
/// their length; m_p is pytorch-metric-learning's. The text of Ranked List Loss prints k = 1.
///
/// Sources: Song, Xiang, Jegelka, Savarese, "Deep Metric Learning via Lifted Structured Feature
/// Embedding", CVPR 2016, arXiv 1511.06452, equation 4; Hermans, Beyer, Leibe, 2017, arXiv
/// 1703.07737; losses.md §7.
package final class LiftedStructureLoss<Scalar: KernelScalar>: MetricLoss {
  package enum Form: String, Sendable, CaseIterable {
    case original
    case generalized
  }

  package struct Parameters: Sendable, Hashable {
    package var form = Form.original
    /// m_p ≥ 0.
    package var positiveMargin = 0.0
    /// α in (0, 2].
    package var negativeMargin = 1.0
    /// k of the original form, 1 or 2.
    package var hingePower = 2
    package var dropDuplicatePairs = false

    package init() {}
  }

  private let settings: Parameters
  private let blas: BLASLibrary
  private var pairDistances: PairDistances<Scalar>
  /// `d_ij`.
  private var distances: PairTable
  private var coefficients: PairCoefficients<Scalar>
  /// `log Σ_{N_i} exp(α − d_in)` of each row.
  private var negativeSums: [Double]
  private var exponents: [Double] = []

  /// A loss over batches of `size` rows; all its memory is taken here.
  package init(parameters: Parameters, size: Int, blas: BLASLibrary) {
    settings = parameters
    self.blas = blas
    pairDistances = PairDistances(size: size)
    distances = PairTable(size: size)
    coefficients = PairCoefficients(size: size)
    negativeSums = [Double](repeating: 0, count: size)
    exponents.reserveCapacity(size)
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
    coefficients.table.clear()
    for row in 0..<pairs.size { negativeSums[row] = writeNegativeShares(of: row, pairs) }
    let loss = settings.form == .original ? original(pairs) : generalized(pairs)
    let outcome = pairs.outcome(loss: loss, coefficients: coefficients.table)
    coefficients.writeGradient(
      throughDistances: pairDistances, unit: unit, blas: blas, into: &gradient)
    return outcome
  }

  /// Leaves the loss's derivatives in `coefficients`, where the shares of negatives lie.
  private func original(_ pairs: BatchPairs) -> Double {
    var (sum, count) = (0.0, 0)
    for row in 0..<pairs.size {
      var pull = 0.0
      for other in 0..<pairs.size where pairs.isPositive(row, other) {
        let joined = LogSumExp.joined(negativeSums[row], negativeSums[other])
        guard joined > -.infinity else { continue }
        count += 1
        let hinge = max(0, distances[row, other] - settings.positiveMargin + joined)
        guard hinge > 0 else { continue }
        sum += settings.hingePower == 2 ? hinge * hinge : hinge
        let slope = settings.hingePower == 2 ? 2 * hinge : 1
        coefficients.table[row, other] = slope
        // Pairs are met in both orders, so the negatives of this row are met twice.
        let share = PortableMath.exponential(
          ofNonPositive: min(0, negativeSums[row] - joined))
        pull += 2 * slope * share
      }
      scaleNegatives(of: row, by: -pull, pairs)
    }
    let factor = 0.5 / Double(max(count, 1))
    coefficients.table.scale(by: factor)
    return sum * factor
  }

  private func generalized(_ pairs: BatchPairs) -> Double {
    var sum = 0.0
    for row in 0..<pairs.size {
      exponents.removeAll(keepingCapacity: true)
      for other in 0..<pairs.size where pairs.isPositive(row, other) {
        exponents.append(distances[row, other] - settings.positiveMargin)
      }
      let near = LogSumExp.takeShares(of: &exponents)
      let hinge = max(0, (near.isFinite ? near : 0) + finiteNegativeSum(row))
      sum += hinge
      scaleNegatives(of: row, by: hinge > 0 ? -1 : 0, pairs)
      guard hinge > 0 else { continue }
      var place = 0
      for other in 0..<pairs.size where pairs.isPositive(row, other) {
        coefficients.table[row, other] = exponents[place]
        place += 1
      }
    }
    let factor = 1 / Double(max(pairs.size, 1))
    coefficients.table.scale(by: factor)
    return sum * factor
  }

  private func finiteNegativeSum(_ row: Int) -> Double {
    negativeSums[row].isFinite ? negativeSums[row] : 0
  }

  /// Writes `exp(α − d_in)` over its sum to each negative n of a row, and returns the
  /// logarithm of the sum: −∞ where there is none.
  private func writeNegativeShares(of row: Int, _ pairs: BatchPairs) -> Double {
    exponents.removeAll(keepingCapacity: true)
    for other in 0..<pairs.size where pairs.isNegative(row, other) {
      exponents.append(settings.negativeMargin - distances[row, other])
    }
    let logarithm = LogSumExp.takeShares(of: &exponents)
    var place = 0
    for other in 0..<pairs.size where pairs.isNegative(row, other) {
      coefficients.table[row, other] = exponents[place]
      place += 1
    }
    return logarithm
  }

  private func scaleNegatives(of row: Int, by factor: Double, _ pairs: BatchPairs) {
    for other in 0..<pairs.size where pairs.isNegative(row, other) {
      coefficients.table[row, other] *= factor
    }
  }
}
