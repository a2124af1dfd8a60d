/// Intervals over the classes that were tested on: what the figure would have been with others.
///
/// Whole classes are drawn with replacement, as many as there are; the figure of a draw is
/// Σ numerators / Σ denominators over the classes drawn, and the interval lies between its 2.5 % and
/// 97.5 % quantiles: Efron and Tibshirani, An Introduction to the Bootstrap, 1993, chapter 13.
/// Queries of one class rise and fall together, so drawing single queries would give too narrow an
/// interval: Field and Welsh, "Bootstrapping clustered data", Journal of the Royal Statistical
/// Society B 69, 2007.
package enum ClassBootstrap {
  /// Of one figure, with a value for each class.
  package struct Series: Sendable {
    package let numerators: [Double]
    package let denominators: [Double]

    package init(numerators: [Double], denominators: [Double]) {
      precondition(numerators.count == denominators.count)
      self.numerators = numerators
      self.denominators = denominators
    }
  }

  package struct Interval: Sendable, Hashable {
    package let low: Double
    package let high: Double
  }

  /// With fewer classes draws say little about others.
  package static let leastClasses = 15
  package static let resamples = 1_999

  /// The intervals of several figures over the same classes, all with the same draws; nil for too
  /// few classes, and for a figure that some draw leaves without a denominator.
  package static func intervals(of series: [Series], seed: UInt64 = 0) -> [Interval?] {
    guard let classes = series.first?.numerators.count, classes >= leastClasses else {
      return series.map { _ in nil }
    }
    var stream = SplitMixStream(seed: seed)
    var figures = [[Double]](repeating: [], count: series.count)
    var counts = [Double](repeating: 0, count: classes)
    for _ in 0..<resamples {
      for place in 0..<classes { counts[place] = 0 }
      for _ in 0..<classes { counts[stream.index(below: classes)] += 1 }
      for (number, one) in series.enumerated() {
        figures[number].append(figure(of: one, counts: counts))
      }
    }
    return figures.map { values in
      guard values.allSatisfy(\.isFinite) else { return nil }
      let sorted = values.sorted()
      let tail = (1 - CellStatistics.confidence) / 2
      return Interval(
        low: Quantile.value(of: sorted, at: tail), high: Quantile.value(of: sorted, at: 1 - tail))
    }
  }

  private static func figure(of series: Series, counts: [Double]) -> Double {
    var (numerator, denominator) = (0.0, 0.0)
    for place in counts.indices {
      numerator += counts[place] * series.numerators[place]
      denominator += counts[place] * series.denominators[place]
    }
    return numerator / denominator
  }
}
