/// How the jobs of a sweep are found between its axes.
package enum SweepStrategy: Sendable, Hashable {
  /// Every combination.
  case grid
  /// So many settings, drawn at random as functions of the seed.
  case random(trials: Int, seed: Int)
}

/// A published way of comparing that stands for several keys of a sweep file.
package enum ComparisonProtocol: String, Sendable, Hashable, CaseIterable {
  /// Four class-disjoint folds, the same number of trials of every loss, MAP@R as objective, ten
  /// repeats of the best setting of each loss.
  ///
  /// Musgrave, Belongie, Lim, "A Metric Learning Reality Check", ECCV 2020, arXiv 2003.08505.
  /// We draw the folds' classes at random; the paper takes them in order.
  case realityCheck = "reality_check"
}
