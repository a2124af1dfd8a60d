extension RankedLists {
  /// Writes ρ, the weight of each query by the hardness of its lists, losses.md §3.5–3.6:
  /// `ρ_i = (S^P_i + S^N_i) / Σ_b (S^P_b + S^N_b)` with `S = Σ exp(T h)` over a list.
  ///
  /// Sums are taken relative to the largest exponent of the batch, so nothing overflows. At an
  /// infinite temperature ρ is the limit: the queries with the largest hinge share, each with
  /// the number of its pairs that attain it. All zero where every list is empty.
  package func hardness(_ parameters: Parameters, into factors: inout Matrix<Scalar>) {
    precondition(factors.count == size)
    let infinite =
      parameters.positiveTemperature.isInfinite || parameters.negativeTemperature.isInfinite
    func exponent(_ temperature: Scalar, _ peak: Scalar) -> Scalar? {
      guard infinite else { return temperature * peak }
      return temperature.isInfinite ? peak : nil
    }
    var largest = -Scalar.infinity
    for query in 0..<size {
      for (list, temperature) in lists(of: query, parameters) where list.sum > 0 {
        largest = max(largest, exponent(temperature, list.peak) ?? -.infinity)
      }
    }
    var total: Scalar = 0
    for query in 0..<size {
      var weight: Scalar = 0
      for (list, temperature) in lists(of: query, parameters) where list.sum > 0 {
        guard let own = exponent(temperature, list.peak) else { continue }
        weight += list.sum * (infinite ? (own == largest ? 1 : 0) : Self.exponential(own - largest))
      }
      factors[0, query] = weight
      total += weight
    }
    guard total > 0 else { return }
    for query in 0..<size { factors[0, query] /= total }
  }

  private func lists(
    of query: Int, _ parameters: Parameters
  ) -> [(list: (peak: Scalar, sum: Scalar), temperature: Scalar)] {
    [
      (positiveWeights(of: query), parameters.positiveTemperature),
      (negativeWeights(of: query), parameters.negativeTemperature),
    ]
  }

  private static func exponential(_ x: Scalar) -> Scalar {
    var (input, result) = (x, Scalar.zero)
    Scalar.exponential(1, &input, &result)
    return result
  }
}
