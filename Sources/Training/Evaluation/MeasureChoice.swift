/// Which measures a run takes.
package struct MeasureChoice: Sendable, Hashable {
  /// K of Recall@K.
  package var recallAt = [1, 2, 4, 8]
  /// Those that need the rank of every relevant row: MAP and the reciprocal rank.
  package var ranksAll = false
  /// K-means against the classes; on the test classes only.
  package var clusters = false
  /// On the test classes only.
  package var fewShot: [FewShot] = []
  /// Distances within and between classes; on the test classes only.
  package var distances = false

  package init() {}
}
