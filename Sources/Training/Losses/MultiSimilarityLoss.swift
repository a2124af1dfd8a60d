package import Kernels

/// Multi-similarity loss: pairs weigh by their own similarity and by that of their rivals.
///
///     L = (1/N) Σ_i { (1/a) log(1 + Σ_{P_i} e^{−a(s_ij − b)})
///                   + (1/β) log(1 + Σ_{N_i} e^{β(s_ik − b)}) }
///
/// With its miner, a negative stays if `s_ik > min_{P_i} s − ε`, and a positive if
/// `s_ij < max_{N_i} s + ε`: a row that lacks either has no pairs. Mining is a constant in the
/// gradient. b is 0.5 as in the authors' program; the text is said to have 1.
///
/// Source: Wang, Han, Huang, Dong, Scott, "Multi-Similarity Loss with General Pair Weighting for
/// Deep Metric Learning", CVPR 2019, arXiv 1904.06627; losses.md §11.
package final class MultiSimilarityLoss<Scalar: KernelScalar>: MetricLoss {
  package enum Mining: String, Sendable, CaseIterable {
    /// Every pair.
    case all
    case multiSimilarity = "multi_similarity"
  }

  /// What the sum over rows is divided by.
  package enum Denominator: String, Sendable, CaseIterable {
    /// The rows of the batch.
    case rows
    /// The rows that have a pair left.
    case rowsWithPairs = "rows_with_pairs"
  }

  package struct Parameters: Sendable, Hashable {
    /// a > 0.
    package var alpha = 2.0
    /// β > 0.
    package var beta = 50.0
    /// b in [0, 1].
    package var base = 0.5
    package var mining = Mining.multiSimilarity
    /// ε ≥ 0 of the miner.
    package var epsilon = 0.1
    package var denominator = Denominator.rows
    package var dropDuplicatePairs = false

    package init() {}
  }

  private let settings: Parameters
  private let blas: BLASLibrary
  private var gramMatrix: Matrix<Scalar>
  /// `s_ij`.
  private var similarities: PairTable
  private var coefficients: PairCoefficients<Scalar>
  private var positives: [Int] = []
  private var negatives: [Int] = []
  private var exponents: [Double] = []

  /// A loss over batches of `size` rows; all its memory is taken here.
  package init(parameters: Parameters, size: Int, blas: BLASLibrary) {
    settings = parameters
    self.blas = blas
    gramMatrix = Matrix(rows: size, columns: size)
    similarities = PairTable(size: size)
    coefficients = PairCoefficients(size: size)
    positives.reserveCapacity(size)
    negatives.reserveCapacity(size)
    exponents.reserveCapacity(size)
  }

  /// O(N² D).
  @specialized(where Scalar == Float)
  package func evaluate(
    _ unit: borrowing Matrix<Scalar>, batch: TrainingBatch, gradient: inout Matrix<Scalar>
  ) -> LossOutcome {
    precondition(batch.labels.count == unit.rows, "\(batch.labels.count) of \(unit.rows) labels")
    let pairs = BatchPairs(batch, droppingDuplicates: settings.dropDuplicatePairs)
    blas.gram(unit, into: &gramMatrix)
    similarities.copy(gramMatrix)
    guard similarities.isFinite else { return .undefined(gradient: &gradient) }
    coefficients.table.clear()
    var (sum, rowsWithPairs) = (0.0, 0)
    for row in 0..<pairs.size {
      collect(row, pairs)
      if !positives.isEmpty || !negatives.isEmpty { rowsWithPairs += 1 }
      sum += part(positives, of: row, steepness: -settings.alpha)
      sum += part(negatives, of: row, steepness: settings.beta)
    }
    let divisor = settings.denominator == .rows ? pairs.size : rowsWithPairs
    let factor = 1 / Double(max(divisor, 1))
    coefficients.table.scale(by: factor)
    let outcome = pairs.outcome(loss: sum * factor, coefficients: coefficients.table)
    coefficients.writeGradient(throughSimilaritiesOf: unit, blas: blas, into: &gradient)
    return outcome
  }

  /// `log(1 + Σ e^{t(s − b)}) / |t|` over some others of a row; adds its derivatives.
  private func part(_ others: [Int], of row: Int, steepness: Double) -> Double {
    exponents.removeAll(keepingCapacity: true)
    for other in others {
      exponents.append(steepness * (similarities[row, other] - settings.base))
    }
    let logarithm = LogSumExp.takeShares(of: &exponents, besideOne: true)
    let sign = steepness < 0 ? -1.0 : 1
    for (place, other) in others.enumerated() {
      coefficients.table[row, other] = sign * exponents[place]
    }
    return logarithm / steepness.magnitude
  }

  /// Fills `positives` and `negatives` with the mined rows of one row.
  private func collect(_ row: Int, _ pairs: BatchPairs) {
    positives.removeAll(keepingCapacity: true)
    negatives.removeAll(keepingCapacity: true)
    var (leastPositive, greatestNegative) = (Double.infinity, -Double.infinity)
    for other in 0..<pairs.size {
      if pairs.isPositive(row, other) {
        leastPositive = min(leastPositive, similarities[row, other])
      } else if pairs.isNegative(row, other) {
        greatestNegative = max(greatestNegative, similarities[row, other])
      }
    }
    let keepsAll = settings.mining == .all
    for other in 0..<pairs.size {
      if pairs.isPositive(row, other) {
        if keepsAll || similarities[row, other] < greatestNegative + settings.epsilon {
          positives.append(other)
        }
      } else if pairs.isNegative(row, other) {
        if keepsAll || similarities[row, other] > leastPositive - settings.epsilon {
          negatives.append(other)
        }
      }
    }
  }
}
