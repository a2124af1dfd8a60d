package import Kernels

/// Triplet loss: a negative shall be farther from the anchor than a positive, by a margin.
///
///     L = (1/Z) Σ_{(a,p,n)} [D_ap − D_an + m]₊
///
/// or `softplus` in place of the hinge. With `swap`, D_an is `min(D_an, D_pn)`. Mining looks at
/// the distances before the swap, and is a constant in the gradient. Z is the number of
/// triplets, or of those above 0, see `Reducer`.
///
/// `.semiHard` and `.hard` keep sets of triplets as pytorch-metric-learning does;
/// `.semiHardRandom` draws one negative for each positive pair, as FaceNet has it.
///
/// Sources: Schroff, Kalenichenko, Philbin, "FaceNet", CVPR 2015, arXiv 1503.03832 (squared
/// distances); Hermans, Beyer, Leibe, "In Defense of the Triplet Loss for Person
/// Re-Identification", 2017, arXiv 1703.07737 (batch-hard, batch-all, softplus);
/// losses.md §5.
package final class TripletLoss<Scalar: KernelScalar>: MetricLoss {
  package enum Mining: String, Sendable, CaseIterable {
    case all
    /// Per anchor the farthest positive and the nearest negative.
    case batchHard = "batch_hard"
    /// Triplets with `0 < D_an − D_ap ≤ m`.
    case semiHard = "semi_hard"
    /// Triplets with `D_an ≤ D_ap`.
    case hard
    /// Per positive pair one random negative with `D_ap < D_an < D_ap + m`.
    case semiHardRandom = "semi_hard_random"
  }

  /// The negative of `.semiHardRandom` where no negative is semi-hard.
  package enum Fallback: String, Sendable, CaseIterable {
    case random
    case farthest
  }

  package enum Reducer: String, Sendable, CaseIterable {
    /// `all` where an anchor or pair has one triplet (`.batchHard`, `.semiHardRandom`), else
    /// `nonzero`.
    case byMining = "by_mining"
    case nonzero
    case all
  }

  package struct Parameters: Sendable, Hashable {
    /// m in (0, 2], or (0, 4] for squared distances.
    package var margin = 0.05
    package var mining = Mining.all
    package var fallback = Fallback.random
    package var distance = DistanceForm.euclidean
    package var soft = false
    package var swap = false
    package var reducer = Reducer.byMining
    package var dropDuplicatePairs = true

    package init() {}
  }

  private let settings: Parameters
  private let blas: BLASLibrary
  private var pairDistances: PairDistances<Scalar>
  /// `d_ij`.
  private var distances: PairTable
  private var coefficients: PairCoefficients<Scalar>
  private var miner: TripletMiner<Scalar>

  /// A loss over batches of `size` rows; all its memory is taken here.
  package init(parameters: Parameters, size: Int, seed: UInt64, blas: BLASLibrary) {
    settings = parameters
    self.blas = blas
    pairDistances = PairDistances(size: size)
    distances = PairTable(size: size)
    coefficients = PairCoefficients(size: size)
    miner = TripletMiner(parameters: parameters, size: size, seed: seed)
  }

  /// O(N² D), and the number of triplets looked at.
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
    let terms = Self.sum(
      &miner, pairs, step: batch.step, settings, distances, coefficients: &coefficients.table)
    let factor = terms.factor(reducer)
    coefficients.table.scale(by: factor)
    let outcome = pairs.outcome(
      loss: terms.sum * factor, coefficients: coefficients.table)
    coefficients.writeGradient(
      throughDistances: pairDistances, unit: unit, blas: blas, into: &gradient)
    return outcome
  }

  private var reducer: LossReducer {
    switch settings.reducer {
    case .nonzero: .nonzero
    case .all: .all
    case .byMining:
      switch settings.mining {
      case .all, .semiHard, .hard: .nonzero
      case .batchHard, .semiHardRandom: .all
      }
    }
  }

  /// The losses of all triplets; adds their derivatives to `coefficients`.
  private static func sum(
    _ miner: inout TripletMiner<Scalar>, _ pairs: BatchPairs, step: Int, _ settings: Parameters,
    _ distances: PairTable, coefficients: inout PairTable
  ) -> LossTerms {
    var terms = LossTerms()
    miner.forEachTriplet(distances, pairs: pairs, step: step) { anchor, positive, negative in
      terms.add(add(anchor, positive, negative, settings, distances, to: &coefficients))
    }
    return terms
  }

  /// The loss of a triplet; adds its derivatives to `coefficients`.
  private static func add(
    _ anchor: Int, _ positive: Int, _ negative: Int, _ settings: Parameters,
    _ distances: PairTable, to coefficients: inout PairTable
  ) -> Double {
    let near = distances[anchor, positive]
    let swaps = settings.swap && distances[positive, negative] < distances[anchor, negative]
    let origin = swaps ? positive : anchor
    let far = distances[origin, negative]
    let excess =
      settings.distance.value(near) - settings.distance.value(far) + settings.margin
    let (term, slope) = settings.soft ? softplus(excess) : hinge(excess)
    if slope > 0 {
      coefficients[anchor, positive] += slope * settings.distance.slope(near)
      coefficients[origin, negative] -= slope * settings.distance.slope(far)
    }
    return term
  }

  private static func hinge(_ x: Double) -> (value: Double, slope: Double) {
    x > 0 ? (x, 1) : (0, 0)
  }

  /// `log(1 + eˣ)` and its slope `1 / (1 + e⁻ˣ)`.
  private static func softplus(_ x: Double) -> (value: Double, slope: Double) {
    let small = PortableMath.exponential(ofNonPositive: -x.magnitude)
    return (
      max(x, 0) + PortableMath.logarithm(1 + small), (x > 0 ? 1 : small) / (1 + small)
    )
  }
}
