package import Kernels

/// Ranked List Loss: each query pulls its positives to within β = α − m and pushes its
/// negatives beyond α, weighting the non-trivial ones by how far they transgress.
///
///     L = (1/N) Σ_i [(1 − λ) L_P(i) + λ L_N(i)]
///
/// With `L_P`, `L_N` the weighted means of hinges as in `RankedLists`. Differs from the CVPR
/// text in its balance (1 − λ, λ), which is twice as small at λ = 0.5 as theirs at λ = 1; from
/// pytorch-metric-learning in its denominators (no ε), in keeping negatives at distance 0 and
/// in holding the weights constant unless `gradient` is `.exact`.
///
/// Source: Wang, Hua, Kodirov, Hu, Garnier, Robertson, "Ranked List Loss for Deep Metric
/// Learning", CVPR 2019, arXiv 1903.03238, equations 8–13; TPAMI 2021.
package final class RankedListLoss<Scalar: KernelScalar>: MetricLoss {
  /// What the gradient of a list flows through, losses.md §3.4.
  package enum Gradient: String, Sendable, CaseIterable {
    /// Weights constant, gallery constant: the paper and the official layer.
    case queryOnly = "query_only"
    /// Weights constant, gradient to the query and to its gallery.
    case fullList = "full_list"
    /// The derivative of the formula as it stands, weights included.
    case exact
  }

  /// How queries share in the loss, losses.md §3.5.
  package enum QueryWeighting: String, Sendable, CaseIterable {
    /// 1/N each: the published objective.
    case uniform
    /// In proportion to the unnormalised weights of a query's lists: the official layer.
    case hardness
  }

  /// How hard a non-trivial pair pulls or pushes, before its weight, losses.md §3.5.
  package enum PairGradient: String, Sendable, CaseIterable {
    /// By 1, whatever its distance: the paper and the official layer of 2020.
    case unit
    /// By its distance, as if half its square were the distance: the official layer of 2019.
    case linear
  }

  package struct Parameters: Sendable, Hashable {
    /// Negative boundary α, in (0, 2].
    package var alpha = 1.2
    /// Margin m between the boundaries, in [0, α].
    package var margin = 0.4
    /// T_n ≥ 0, may be infinite.
    package var temperature = 10.0
    /// T_p ≥ 0, may be infinite.
    package var positiveTemperature = 0.0
    /// λ in [0, 1], the share of the negative part.
    package var lambda = 0.5
    package var gradient = Gradient.queryOnly
    package var queryWeighting = QueryWeighting.uniform
    package var pairGradient = PairGradient.unit

    package init() {}
  }

  package let parameters: Parameters
  package let size: Int
  private let blas: BLASLibrary
  private var similarity: Matrix<Scalar>
  private var coefficients: Matrix<Scalar>
  private var factors: Matrix<Scalar>
  private var rankedLists: RankedLists<Scalar>

  /// A loss over batches of `size` rows; all its memory is taken here.
  package init(parameters: Parameters, size: Int, blas: BLASLibrary) {
    self.parameters = parameters
    self.size = size
    self.blas = blas
    similarity = Matrix(rows: size, columns: size)
    coefficients = Matrix(rows: size, columns: size)
    factors = Matrix(rows: 1, columns: size)
    rankedLists = RankedLists(size: size)
  }

  /// The lists of the batch last evaluated.
  package var lists: RankedLists<Scalar> { _read { yield rankedLists } }

  /// O(N² D).
  package func evaluate(
    _ unit: borrowing Matrix<Scalar>, batch: TrainingBatch, gradient: inout Matrix<Scalar>
  ) -> LossOutcome {
    blas.gram(unit, into: &similarity)
    // A row that is no number shows in its product with itself.
    guard (0..<size).allSatisfy({ similarity[$0, $0].isFinite }) else {
      return .undefined(gradient: &gradient)
    }
    let numbers = RankedLists<Scalar>.Parameters(
      alpha: Scalar(parameters.alpha), beta: Scalar(parameters.alpha - parameters.margin),
      positiveTemperature: Scalar(parameters.positiveTemperature),
      negativeTemperature: Scalar(parameters.temperature), lambda: Scalar(parameters.lambda))
    rankedLists.fill(
      unit: unit, similarity: similarity, labels: batch.labels, parameters: numbers,
      throughWeights: parameters.gradient == .exact,
      pullsLinearly: parameters.pairGradient == .linear, coefficients: &coefficients)
    switch parameters.queryWeighting {
    case .uniform:
      for query in 0..<size { factors[0, query] = 1 / Scalar(size) }
    case .hardness:
      rankedLists.hardness(numbers, into: &factors)
    }
    PairGraph.gradientMatrix(
      of: &coefficients, factors: factors, toGallery: parameters.gradient != .queryOnly)
    blas.multiply(coefficients, unit, into: &gradient)
    return outcome()
  }

  /// The weight of a query in the last batch: 1/N or ρ.
  package func factor(of query: Int) -> Scalar { factors[0, query] }

  private func outcome() -> LossOutcome {
    var loss = 0.0
    var (positives, negatives, positivePairs) = (0, 0, 0)
    for query in 0..<size {
      loss +=
        (1 - parameters.lambda) * Double(rankedLists.positiveLoss(of: query))
        + parameters.lambda * Double(rankedLists.negativeLoss(of: query))
      positives += rankedLists.positiveCount(of: query)
      negatives += rankedLists.negativeCount(of: query)
      positivePairs += rankedLists.classmateCount(of: query)
    }
    let negativePairs = size * (size - 1) - positivePairs
    return LossOutcome(
      loss: loss / Double(max(size, 1)),
      nontrivialPositives: Double(positives) / Double(max(positivePairs, 1)),
      nontrivialNegatives: Double(negatives) / Double(max(negativePairs, 1)))
  }
}
