/// A forest of regression trees, each grown on a bootstrap sample of settings: Breiman, "Random
/// forests", Machine Learning 45, 2001.
///
/// All seeds of a setting are drawn together, so that what a tree has not seen is new to it. The
/// same observations give the same forest.
package struct RegressionForest: Sendable {
  static let treeCount = 64
  private static let seed: UInt64 = 0x0F0E_57

  package let trees: [RegressionTree]
  /// Share of the variation that trees explain which have not seen the setting, R²; it may be
  /// below 0. Nil where too few settings were left out of some tree.
  package let explainedShare: Double?

  package init(_ design: SensitivityDesign) {
    var rowsOfCell: [[Int]] = []
    var cellOfLevels: [[Int]: Int] = [:]
    for (row, observation) in design.observations.enumerated() {
      if let cell = cellOfLevels[observation.levels] {
        rowsOfCell[cell].append(row)
      } else {
        cellOfLevels[observation.levels] = rowsOfCell.count
        rowsOfCell.append([row])
      }
    }
    var stream = SplitMixStream(seed: Self.seed)
    let candidates = max(1, (2 * design.factors.count + 2) / 3)
    var trees: [RegressionTree] = []
    var unseen = [(sum: Double, count: Int)](repeating: (0, 0), count: rowsOfCell.count)
    for _ in 0..<Self.treeCount {
      let drawn = rowsOfCell.map { _ in stream.index(below: rowsOfCell.count) }
      let tree = RegressionTree(
        design, rows: drawn.flatMap { rowsOfCell[$0] }, candidates: candidates, stream: &stream)
      trees.append(tree)
      let seen = Set(drawn)
      for cell in rowsOfCell.indices where !seen.contains(cell) {
        unseen[cell].sum += tree.value(at: design.observations[rowsOfCell[cell][0]].levels)
        unseen[cell].count += 1
      }
    }
    self.trees = trees
    explainedShare = Self.explained(design, rowsOfCell, unseen)
  }

  private static func explained(
    _ design: SensitivityDesign, _ rowsOfCell: [[Int]], _ unseen: [(sum: Double, count: Int)]
  ) -> Double? {
    let judged = rowsOfCell.indices.filter { unseen[$0].count > 0 }
    let values = judged.flatMap { cell in
      rowsOfCell[cell].map { row in
        (
          found: design.observations[row].value,
          foretold: unseen[cell].sum / Double(unseen[cell].count)
        )
      }
    }
    guard judged.count > 1 else { return nil }
    let mean = values.reduce(0) { $0 + $1.found } / Double(values.count)
    let total = values.reduce(0) { $0 + ($1.found - mean) * ($1.found - mean) }
    let missed = values.reduce(0) {
      $0 + ($1.found - $1.foretold) * ($1.found - $1.foretold)
    }
    return total > 0 ? 1 - missed / total : nil
  }
}
