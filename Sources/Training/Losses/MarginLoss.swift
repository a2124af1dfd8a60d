package import Kernels

/// Margin loss: positives within β − m, negatives beyond β + m, where β may be learned.
///
///     L = (1/Z) { Σ [d_ap − β + m]₊ + Σ [β − d_an + m]₊ } + R
///
/// β is that of the anchor's class, or one for all. Z is the number of terms above 0, a
/// constant in the gradient. `R = ν β` for one learned β, and `(ν/Z) Σ β_a` over the mined
/// triplets, or pairs, for one of each class (0 where Z is): pytorch-metric-learning's form.
///
/// Distance-weighted mining draws one positive and one negative for each anchor, losses.md §6;
/// the authors draw one negative for each positive pair and cut negatives off at a distance of
/// 1.4, see `Parameters.cutoff`.
///
/// Source: Wu, Manmatha, Smola, Krähenbühl, "Sampling Matters in Deep Embedding Learning", ICCV
/// 2017, arXiv 1706.07567.
package final class MarginLoss<Scalar: KernelScalar>: MetricLoss {
  package enum Mining: String, Sendable, CaseIterable {
    /// Both terms of every triplet: a pair counts as often as it stands in one.
    case triplets
    /// Every ordered pair once.
    case pairs
    /// One triplet for each anchor, its negative drawn evenly over distances.
    case distanceWeighted = "distance_weighted"
  }

  package enum BetaKind: String, Sendable, CaseIterable {
    case fixed
    case learnedOne = "learned_one"
    case learnedPerClass = "learned_per_class"
  }

  package struct Parameters: Sendable, Hashable {
    /// m in (0, 1).
    package var margin = 0.2
    /// β in (m, 2 − m); where it is learned, what it starts from.
    package var beta = 1.2
    package var betaKind = BetaKind.fixed
    /// What the learning rate of β is multiplied by, ≥ 0.
    package var betaRateMultiplier = 1.0
    /// ν, the weight of β itself in the loss.
    package var nu = 0.0
    package var mining = Mining.distanceWeighted
    /// Negatives further than this are not drawn by distance-weighted mining; may be infinite.
    package var cutoff = Double.infinity
    package var dropDuplicatePairs = false

    package init() {}
  }

  private let settings: Parameters
  private let blas: BLASLibrary
  private let boundary: Parameter<Scalar>?
  private var pairDistances: PairDistances<Scalar>
  /// `d_ij`.
  private var distances: PairTable
  private var coefficients: PairCoefficients<Scalar>
  private var sampler: DistanceWeightedSampler
  /// β as of this batch, of each class or one for all.
  private var boundaries: [Double]
  /// Of the batch: the sum of its terms, the number of those above 0, the mined triplets or
  /// pairs of each β, and `Σ ∂term/∂β`.
  private var sum = 0.0
  private var activeCount = 0
  private var minedCounts: [Int]
  private var slopes: [Int]

  /// A loss over batches of `size` rows of `classes` classes; all its memory is taken here.
  package init(
    parameters: Parameters, size: Int, classes: Int, seed: UInt64, blas: BLASLibrary
  ) {
    settings = parameters
    self.blas = blas
    let count = parameters.betaKind == .learnedPerClass ? classes : 1
    let start = [Scalar](repeating: Scalar(parameters.beta), count: count)
    boundary =
      parameters.betaKind == .fixed
      ? nil
      : Parameter(
        name: "loss.beta", value: Matrix(rows: 1, columns: count, values: start),
        rateMultiplier: parameters.betaRateMultiplier, decays: false)
    pairDistances = PairDistances(size: size)
    distances = PairTable(size: size)
    coefficients = PairCoefficients(size: size)
    sampler = DistanceWeightedSampler(size: size, cutoff: parameters.cutoff, seed: seed)
    boundaries = [Double](repeating: parameters.beta, count: count)
    minedCounts = [Int](repeating: 0, count: count)
    slopes = [Int](repeating: 0, count: count)
  }

  /// β as `loss.beta`, `1 × 1` or `1 × classes`, where it is learned.
  package var parameters: [Parameter<Scalar>] { boundary.map { [$0] } ?? [] }

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
    startBatch()
    guard boundaries.allSatisfy(\.isFinite) else { return .undefined(gradient: &gradient) }
    for anchor in 0..<pairs.size {
      switch settings.mining {
      case .triplets: addTriplets(anchor, pairs)
      case .pairs: addPairs(anchor, pairs)
      case .distanceWeighted:
        addDrawn(anchor, pairs, dimension: unit.columns, step: batch.step)
      }
    }
    let factor = activeCount == 0 ? 0 : 1 / Double(activeCount)
    coefficients.table.scale(by: factor)
    let loss = sum * factor + regularize(factor)
    let outcome = pairs.outcome(loss: loss, coefficients: coefficients.table)
    coefficients.writeGradient(
      throughDistances: pairDistances, unit: unit, blas: blas, into: &gradient)
    return outcome
  }

  private func startBatch() {
    coefficients.table.clear()
    (sum, activeCount) = (0, 0)
    for index in boundaries.indices {
      (minedCounts[index], slopes[index]) = (0, 0)
      if let boundary { boundaries[index] = Double(boundary.value[0, index]) }
    }
  }

  /// A pair (a, p) stands in as many triplets as a has negatives, and (a, n) in as many as it
  /// has positives.
  private func addTriplets(_ anchor: Int, _ pairs: BatchPairs) {
    let (positives, negatives) = (
      pairs.positiveCount(of: anchor), pairs.negativeCount(of: anchor)
    )
    minedCounts[boundaryIndex(anchor, pairs)] += positives * negatives
    for other in 0..<pairs.size {
      if pairs.isPositive(anchor, other) {
        addPositive(anchor, other, times: negatives, pairs)
      } else if pairs.isNegative(anchor, other) {
        addNegative(anchor, other, times: positives, pairs)
      }
    }
  }

  private func addPairs(_ anchor: Int, _ pairs: BatchPairs) {
    for other in 0..<pairs.size {
      if pairs.isPositive(anchor, other) {
        addPositive(anchor, other, times: 1, pairs)
      } else if pairs.isNegative(anchor, other) {
        addNegative(anchor, other, times: 1, pairs)
      } else {
        continue
      }
      minedCounts[boundaryIndex(anchor, pairs)] += 1
    }
  }

  private func addDrawn(_ anchor: Int, _ pairs: BatchPairs, dimension: Int, step: Int) {
    guard let positive = sampler.positive(of: anchor, pairs, step: step),
      let negative = sampler.negative(
        of: anchor, pairs, distances: distances, dimension: dimension, step: step)
    else { return }
    minedCounts[boundaryIndex(anchor, pairs)] += 1
    addPositive(anchor, positive, times: 1, pairs)
    addNegative(anchor, negative, times: 1, pairs)
  }

  private func addPositive(_ anchor: Int, _ other: Int, times: Int, _ pairs: BatchPairs) {
    let index = boundaryIndex(anchor, pairs)
    add(distances[anchor, other] - boundaries[index], 1, anchor, other, times, index)
  }

  private func addNegative(_ anchor: Int, _ other: Int, times: Int, _ pairs: BatchPairs) {
    let index = boundaryIndex(anchor, pairs)
    add(boundaries[index] - distances[anchor, other], -1, anchor, other, times, index)
  }

  private func add(
    _ transgression: Double, _ sign: Int, _ anchor: Int, _ other: Int, _ times: Int, _ index: Int
  ) {
    let hinge = transgression + settings.margin
    guard hinge > 0 else { return }
    sum += Double(times) * hinge
    activeCount += times
    slopes[index] -= sign * times
    coefficients.table[anchor, other] += Double(sign * times)
  }

  /// R, and the gradient of β.
  private func regularize(_ factor: Double) -> Double {
    guard let boundary else { return 0 }
    var regularization = 0.0
    for index in slopes.indices {
      let weight =
        settings.betaKind == .learnedOne
        ? settings.nu : settings.nu * factor * Double(minedCounts[index])
      regularization += weight * boundaries[index]
      boundary.gradient[0, index] = Scalar(factor * Double(slopes[index]) + weight)
    }
    return regularization
  }

  private func boundaryIndex(_ anchor: Int, _ pairs: BatchPairs) -> Int {
    settings.betaKind == .learnedPerClass ? pairs.label(of: anchor) : 0
  }
}
