/// For each row the other rows that may be among its nearest, from blocks of similarities
/// computed once and used for both sides of a pair. Memory is bounded.
///
/// Similarities carry the error of a matrix product, at most half of `margin`. A row keeps
/// whatever reaches the similarity of rank `depth` so far less the margin, so no row that is
/// among the `depth` nearest by exact similarity, or equal to the last of them, is ever dropped.
/// Where more rows than its list can hold are that close together, the list gives up.
package struct CandidateLists<Scalar: KernelScalar>: ~Copyable {
  /// Room beside twice the depth: lists are weeded out when they are full.
  private static var spareRoom: Int { 32 }
  /// A list that stays fuller than this after weeding gives up.
  private static var leastRoom: Int { 8 }

  private let depths: [Int]
  /// Where the list of each row begins, and the end of the last.
  private let offsets: [Int]
  private var counts: [Int]
  private var values: Matrix<Scalar>
  private var rows: [Int32]
  /// What a similarity must reach: −∞ at first, +∞ for a list that has given up.
  private var thresholds: Matrix<Scalar>
  private let margin: Scalar
  private var heap: Matrix<Scalar>
  private var positions: [Int32]

  /// Candidates that lists of these depths have room for.
  package static func room(for depths: [Int]) -> Int {
    depths.reduce(0) { $0 + room(for: $1) }
  }

  private static func room(for depth: Int) -> Int { 2 * depth + spareRoom }

  /// A list for each row, each depth at least 1. `blockColumns` is the widest block to come.
  @_specialize(where Scalar == Float)
  @_specialize(where Scalar == Double)
  package init(depths: [Int], margin: Scalar, blockColumns: Int) {
    self.depths = depths
    self.margin = margin
    var offsets = [0]
    for depth in depths { offsets.append(offsets[offsets.count - 1] + Self.room(for: depth)) }
    let total = offsets[depths.count]
    self.offsets = offsets
    counts = [Int](repeating: 0, count: depths.count)
    values = Matrix(rows: 1, columns: total)
    rows = [Int32](repeating: 0, count: total)
    thresholds = Matrix(rows: 1, columns: depths.count)
    for row in depths.indices { thresholds[0, row] = -.infinity }
    heap = Matrix(rows: 1, columns: depths.max() ?? 0)
    positions = [Int32](repeating: 0, count: blockColumns + 1)
  }

  /// Takes the similarities of a range of rows with another one, whose first row is not above:
  /// row i of the block is row i of `blockRows`. Pairs are taken once, the lower row first.
  @_specialize(where Scalar == Float)
  @_specialize(where Scalar == Double)
  package mutating func take(
    _ block: borrowing Matrix<Scalar>, rows blockRows: Range<Int>, columns blockColumns: Range<Int>
  ) {
    precondition(blockRows.lowerBound <= blockColumns.lowerBound)
    precondition(blockRows.count <= block.rows && blockColumns.count <= block.columns)
    precondition(
      blockRows.upperBound <= depths.count && blockColumns.upperBound <= depths.count
        && positions.count > blockColumns.count)
    block.withPointer { base in
      for row in blockRows {
        let first = max(blockColumns.lowerBound, row + 1)
        guard first < blockColumns.upperBound else { continue }
        let similarities =
          base + (row - blockRows.lowerBound) * block.columns + first - blockColumns.lowerBound
        let found = thresholds.withPointer { thresholds in
          Scalar.selectEither(
            blockColumns.upperBound - first, similarities, thresholds[row], thresholds + first,
            &positions)
        }
        for place in 0..<found {
          let position = Int(positions[place])
          offer(similarities[position], of: first + position, to: row)
          offer(similarities[position], of: row, to: first + position)
        }
      }
    }
  }

  private mutating func offer(_ similarity: Scalar, of other: Int, to row: Int) {
    guard similarity >= thresholds[0, row] else { return }
    if offsets[row] + counts[row] == offsets[row + 1] {
      weed(row)
      if offsets[row] + counts[row] > offsets[row + 1] - Self.leastRoom {
        thresholds[0, row] = .infinity
      }
      guard similarity >= thresholds[0, row] else { return }
    }
    let place = offsets[row] + counts[row]
    values[0, place] = similarity
    rows[place] = Int32(other)
    counts[row] += 1
  }

  /// Drops what cannot be among the nearest.
  private mutating func weed(_ row: Int) {
    let (offset, count) = (offsets[row], counts[row])
    let depth = min(depths[row], count)
    guard depth > 0 else { return }
    let limit =
      values.withPointer { values in
        heap.withMutablePointer { Scalar.nthLargest(count, values + offset, depth, $0) }
      } - margin
    var kept = offset
    for place in offset..<offset + count where values[0, place] >= limit {
      values[0, kept] = values[0, place]
      rows[kept] = rows[place]
      kept += 1
    }
    counts[row] = kept - offset
    thresholds[0, row] = limit
  }

  /// The candidates of a row, in no particular order, or nil where its list has given up.
  @_specialize(where Scalar == Float)
  @_specialize(where Scalar == Double)
  package mutating func candidates(of row: Int) -> ArraySlice<Int32>? {
    if thresholds[0, row] == .infinity { return nil }
    weed(row)
    return rows[offsets[row]..<offsets[row] + counts[row]]
  }
}
