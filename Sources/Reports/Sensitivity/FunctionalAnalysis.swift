/// Functional analysis of variance of a forest: how much of what the trees tell apart goes with
/// each setting, and with pairs of them. Hutter, Hoos and Leyton-Brown, "An efficient approach for
/// assessing hyperparameter importance", ICML 2014, algorithm 2.
///
/// The settings are taken to be independent, each with the values that were tried as often as they
/// were tried; so it does not matter whether a range was drawn from evenly or by its logarithm.
package struct FunctionalAnalysis: Sendable {
  /// Single settings, then pairs, in their order.
  package let terms: [SensitivityTerm]
  /// Of three settings or more.
  package let higherShare: Double

  /// Nil where no tree tells anything apart.
  package init?(_ design: SensitivityDesign, forest: RegressionForest) {
    let weights = Self.weights(design)
    let sets = Self.sets(design.factors.count)
    let shares = forest.trees.compactMap { Self.shares($0, weights: weights, sets: sets) }
    guard !shares.isEmpty else { return nil }
    terms = sets.enumerated().map { place, set in
      let statistics = CellStatistics(shares.map { $0[place] })
      var term = SensitivityTerm(factors: set, share: statistics?.mean ?? 0)
      term.shareDeviation = statistics?.deviation
      return term
    }
    higherShare = max(0, 1 - terms.reduce(0) { $0 + $1.share })
  }

  private static func sets(_ count: Int) -> [[Int]] {
    (0..<count).map { [$0] }
      + (0..<count).flatMap { first in (first + 1..<max(count, first + 1)).map { [first, $0] } }
  }

  /// How often each level was tried; 1 for each factor in all.
  private static func weights(_ design: SensitivityDesign) -> [[Double]] {
    let cells = design.cells
    return design.factors.indices.map { factor in
      var counts = [Double](repeating: 0, count: design.factors[factor].levels.count)
      for cell in cells { counts[cell.levels[factor]] += 1 }
      return counts.map { $0 / Double(cells.count) }
    }
  }

  /// Of one tree, in the order of `sets`; nil where it has one value only.
  private static func shares(
    _ tree: RegressionTree, weights: [[Double]], sets: [[Int]]
  ) -> [Double]? {
    // The weight of each leaf along each factor.
    let sides = tree.leaves.map { leaf in
      zip(leaf.box, weights).map { box, weights in
        zip(box, weights).reduce(0) { $0 + ($1.0 ? $1.1 : 0) }
      }
    }
    let sizes = sides.map { $0.reduce(1, *) }
    let mean = zip(tree.leaves, sizes).reduce(0) { $0 + $1.0.value * $1.1 }
    let total = zip(tree.leaves, sizes).reduce(0) {
      $0 + ($1.0.value - mean) * ($1.0.value - mean) * $1.1
    }
    guard total > 0 else { return nil }

    var single = [Double](repeating: 0, count: weights.count)
    return sets.map { set in
      var marginal = [Double](
        repeating: 0, count: set.reduce(1) { $0 * weights[$1].count })
      for (number, leaf) in tree.leaves.enumerated() {
        let others = sides[number].indices.reduce(1) {
          $0 * (set.contains($1) ? 1 : sides[number][$1])
        }
        add(leaf, (leaf.value - mean) * others, over: set, to: &marginal)
      }
      var variance = 0.0
      for (place, value) in marginal.enumerated() {
        variance += weight(of: place, in: set, weights) * value * value
      }
      if set.count == 1 {
        single[set[0]] = variance
      } else {
        variance -= set.reduce(0) { $0 + single[$1] }
      }
      return max(0, variance) / total
    }
  }

  private static func add(
    _ leaf: RegressionTree.Leaf, _ amount: Double, over set: [Int], to marginal: inout [Double]
  ) {
    let first = leaf.box[set[0]]
    guard set.count > 1 else {
      for level in first.indices where first[level] { marginal[level] += amount }
      return
    }
    let second = leaf.box[set[1]]
    for row in first.indices where first[row] {
      for level in second.indices where second[level] {
        marginal[row * second.count + level] += amount
      }
    }
  }

  private static func weight(of place: Int, in set: [Int], _ weights: [[Double]]) -> Double {
    guard set.count > 1 else { return weights[set[0]][place] }
    let count = weights[set[1]].count
    return weights[set[0]][place / count] * weights[set[1]][place % count]
  }
}
