internal import Kernels

/// Finds what matters in a whole row of similarities to all references.
struct RowCandidates<Scalar: KernelScalar>: ~Copyable {
  private let margin: Scalar
  private var positions: [Int32]
  private var heap: Matrix<Scalar>

  init(references: Int, margin: Scalar) {
    self.margin = margin
    positions = [Int32](repeating: 0, count: references + 1)
    heap = Matrix(rows: 1, columns: references)
  }

  /// The references whose exact similarity may be among the `depth` largest.
  mutating func candidates(
    depth: Int, inRow row: Int, of similarity: borrowing Matrix<Scalar>
  ) -> ArraySlice<Int32> {
    let threshold =
      RowOperations.nthLargest(depth, inRow: row, of: similarity, heap: &heap) - margin
    let found = RowOperations.select(
      atLeast: threshold, inRow: row, of: similarity, into: &positions)
    return positions[..<found]
  }

  /// The exact rank of every reference of the query's class, ascending.
  mutating func ranks(
    ofQuery query: Int, inRow row: Int, of similarity: borrowing Matrix<Scalar>,
    _ task: RankingTask, _ queries: borrowing Matrix<Scalar>,
    _ references: borrowing Matrix<Scalar>
  ) -> [Int] {
    var ranks: [Int] = []
    for target in task.relevantRows(query) {
      let neighbor = task.neighbor(target, ofQuery: query, queries, references)
      let middle = Scalar(neighbor.similarity)
      let (found, above) = RowSearch.select(
        middle - margin...middle + margin, inRow: row, of: similarity, into: &positions)
      var rank = above + 1
      for position in positions[..<found] where Int(position) != target {
        if task.neighbor(Int(position), ofQuery: query, queries, references) < neighbor {
          rank += 1
        }
      }
      ranks.append(rank)
    }
    return ranks.sorted()
  }
}
