internal import CKernels

/// The lists of all queries of a batch: mining, weights and pair coefficients of the Ranked
/// List Loss, losses.md §§3.1–3.7. Its buffers are allocated once.
package struct RankedLists<Scalar: KernelScalar>: ~Copyable {
  /// α, β = α − m, T_p, T_n and λ.
  package struct Parameters: Sendable, Hashable {
    package var alpha: Scalar
    package var beta: Scalar
    package var positiveTemperature: Scalar
    package var negativeTemperature: Scalar
    package var lambda: Scalar

    package init(
      alpha: Scalar, beta: Scalar, positiveTemperature: Scalar, negativeTemperature: Scalar,
      lambda: Scalar
    ) {
      self.alpha = alpha
      self.beta = beta
      self.positiveTemperature = positiveTemperature
      self.negativeTemperature = negativeTemperature
      self.lambda = lambda
    }
  }

  /// What stands in the rows of `perQuery`.
  private enum Row: Int, CaseIterable {
    case positiveLoss, negativeLoss, positivePeak, negativePeak, positiveSum, negativeSum
  }

  package let size: Int
  private var perQuery: Matrix<Scalar>
  private var scratch: Matrix<Scalar>
  private var counts: [Int32]

  package init(size: Int) {
    self.size = size
    perQuery = Matrix(rows: Row.allCases.count, columns: size)
    scratch = Matrix(rows: 1, columns: rll_ranked_list_scratch(size))
    counts = [Int32](repeating: 0, count: 3 * size)
  }

  /// Fills the lists and writes the coefficient of each pair, before the factor of its query,
  /// to `coefficients`: `∂L_i/∂d_ij / d_ij`, `batch × batch`; without the division where pairs
  /// pull in proportion to their distance.
  package mutating func fill(
    unit: borrowing Matrix<Scalar>, similarity: borrowing Matrix<Scalar>, labels: [Int32],
    parameters: Parameters, throughWeights: Bool, pullsLinearly: Bool,
    coefficients: inout Matrix<Scalar>
  ) {
    precondition(unit.rows == size && labels.count == size)
    precondition(similarity.rows == size && similarity.columns == size)
    precondition(coefficients.rows == size && coefficients.columns == size)
    let (size, columns) = (size, unit.columns)
    let weights = throughWeights ? RLL_EXACT_WEIGHTS : RLL_CONSTANT_WEIGHTS
    let kind = weights.rawValue + (pullsLinearly ? RLL_LINEAR_PAIRS.rawValue : 0)
    unit.withPointer { unit in
      similarity.withPointer { similarity in
        coefficients.withMutablePointer { coefficients in
          scratch.withMutablePointer { scratch in
            perQuery.withMutablePointer { rows in
              labels.withUnsafeBufferPointer { labels in
                counts.withUnsafeMutableBufferPointer { counts in
                  guard let labels = labels.baseAddress, let counts = counts.baseAddress else {
                    return
                  }
                  Scalar.rankedListRows(
                    size, columns, unit, similarity, labels, parameters.alpha, parameters.beta,
                    parameters.positiveTemperature, parameters.negativeTemperature,
                    parameters.lambda, Int32(kind), scratch, coefficients,
                    rows + Row.positiveLoss.rawValue * size,
                    rows + Row.negativeLoss.rawValue * size, counts, counts + size,
                    counts + 2 * size,
                    rows + Row.positivePeak.rawValue * size,
                    rows + Row.negativePeak.rawValue * size,
                    rows + Row.positiveSum.rawValue * size,
                    rows + Row.negativeSum.rawValue * size)
                }
              }
            }
          }
        }
      }
    }
  }

  /// L_P of each query, without λ.
  package func positiveLoss(of query: Int) -> Scalar { perQuery[Row.positiveLoss.rawValue, query] }

  /// L_N of each query, without λ.
  package func negativeLoss(of query: Int) -> Scalar { perQuery[Row.negativeLoss.rawValue, query] }

  /// Number of non-trivial positives of a query.
  package func positiveCount(of query: Int) -> Int { Int(counts[query]) }

  /// Number of non-trivial negatives of a query.
  package func negativeCount(of query: Int) -> Int { Int(counts[size + query]) }

  /// Number of rows of a query's class in the batch besides itself.
  package func classmateCount(of query: Int) -> Int { Int(counts[2 * size + query]) - 1 }

  /// Writes ρ, the weight of each query by the hardness of its lists, losses.md §3.5–3.6:
  /// `ρ_i = (S^P_i + S^N_i) / Σ_b (S^P_b + S^N_b)` with `S = Σ exp(T h)` over a list.
  ///
  /// At an infinite temperature ρ is the limit: the queries with the largest hinge share, each
  /// with the number of its pairs that attain it. All zero where every list is empty.
  package func hardness(_ parameters: Parameters, into factors: inout Matrix<Scalar>) {
    precondition(factors.count == size)
    perQuery.withPointer { rows in
      factors.withMutablePointer { factors in
        Scalar.queryHardness(
          size, parameters.positiveTemperature, parameters.negativeTemperature,
          rows + Row.positivePeak.rawValue * size, rows + Row.negativePeak.rawValue * size,
          rows + Row.positiveSum.rawValue * size, rows + Row.negativeSum.rawValue * size, factors)
      }
    }
  }
}
