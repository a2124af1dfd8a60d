/// One row as seen from a query; nearest first, equal ones by the lower row.
struct Neighbor: Comparable {
  let similarity: Double
  let row: Int
  let isRelevant: Bool

  static func < (left: Neighbor, right: Neighbor) -> Bool {
    left.similarity != right.similarity
      ? left.similarity > right.similarity : left.row < right.row
  }

  /// Whether two rows of equal similarity, one relevant and one not, meet among the ranks used
  /// of a sorted list or across their end.
  static func hasDecisiveTie(_ ranked: [Neighbor], within used: Int) -> Bool {
    var start = 0
    while start < min(used, ranked.count) {
      var end = start + 1
      while end < ranked.count && ranked[end].similarity == ranked[start].similarity { end += 1 }
      let group = ranked[start..<end]
      if group.contains(where: \.isRelevant) && group.contains(where: { !$0.isRelevant }) {
        return true
      }
      start = end
    }
    return false
  }
}
