internal import Kernels

/// A k-means run between two of its steps.
struct KMeansState<Scalar: KernelScalar>: ~Copyable {
  /// A row this close to its centre, as a squared distance, gains nothing by a cluster of its
  /// own.
  private static var noDistance: Double { 1e-12 }

  /// The cluster of each row; −1 before the first assignment.
  private(set) var clusters: [Int32]
  /// `x·c − ‖c‖²/2` of each row and its centre.
  private var scores: [Double]
  private let squaredNorms: [Double]
  /// Rows of each cluster.
  private var sizes: [Int]
  private var centers: Matrix<Scalar>
  /// ‖c‖²/2.
  private var halfSquares: [Double]
  private var sums: Matrix<Double>
  /// Clusters whose rows have changed since their centre was last worked out.
  private var isDirty: [Bool]
  /// Centres that have moved since rows were last compared with them.
  private var hasMoved: [Bool]

  private let blockRows: Int
  private var block: Matrix<Scalar>
  private var positions: [Int32]

  init(startingAt rows: [Int64], of unit: borrowing Matrix<Scalar>, blockRows: Int) {
    let count = rows.count
    self.blockRows = min(blockRows, max(unit.rows, 1))
    clusters = [Int32](repeating: -1, count: unit.rows)
    scores = [Double](repeating: 0, count: unit.rows)
    var squares = [Double](repeating: 0, count: unit.rows)
    for row in 0..<unit.rows {
      squares[row] = RowOperations.exactDot(unit, row: row, unit, row: row)
    }
    squaredNorms = squares
    sizes = [Int](repeating: 0, count: count)
    centers = Matrix(rows: count, columns: unit.columns)
    RowOperations.gather(rows, from: unit, normalized: false, into: &centers)
    halfSquares = rows.map { squares[Int($0)] / 2 }
    sums = Matrix(rows: count, columns: unit.columns)
    isDirty = [Bool](repeating: false, count: count)
    hasMoved = [Bool](repeating: true, count: count)
    block = Matrix(rows: self.blockRows, columns: unit.columns)
    positions = [Int32](repeating: 0, count: count + 1)
  }

  var squaredError: Double {
    clusters.indices.reduce(0) { $0 + squaredDistance(ofRow: $1) }
  }

  private func squaredDistance(ofRow row: Int) -> Double {
    max(squaredNorms[row] - 2 * scores[row], 0)
  }

  /// Gives each row its nearest centre, and empty clusters a row. Whether any row has changed
  /// its cluster.
  mutating func assign(_ unit: borrowing Matrix<Scalar>, blas: BLASLibrary) -> Bool {
    let moved = hasMoved.indices.filter { hasMoved[$0] }
    // A row whose centre stands still can only be won by a centre that has moved.
    let open = clusters.indices.filter { clusters[$0] < 0 || hasMoved[Int(clusters[$0])] }
    let settled = clusters.indices.filter { clusters[$0] >= 0 && !hasMoved[Int(clusters[$0])] }
    var hasChanged = compare(
      open.map(Int64.init), isOpen: true, with: Array(hasMoved.indices), unit, blas)
    if compare(settled.map(Int64.init), isOpen: false, with: moved, unit, blas) {
      hasChanged = true
    }
    for center in moved { hasMoved[center] = false }
    if fillEmptyClusters() { hasChanged = true }
    return hasChanged
  }

  /// Compares rows with some centres, in ascending order; open rows forget the one they had.
  private mutating func compare(
    _ rows: [Int64], isOpen: Bool, with candidates: [Int], _ unit: borrowing Matrix<Scalar>,
    _ blas: BLASLibrary
  ) -> Bool {
    guard !rows.isEmpty, !candidates.isEmpty else { return false }
    var panel = Matrix<Scalar>(rows: candidates.count, columns: unit.columns)
    RowOperations.gather(
      candidates.map(Int64.init), from: centers, normalized: false, into: &panel)
    let penalty = Matrix<Scalar>(
      rows: 1, columns: candidates.count, values: candidates.map { Scalar(halfSquares[$0]) })
    var similarity = Matrix<Scalar>(rows: blockRows, columns: candidates.count)
    // |error| ≤ (dimension + 2) · u for a product of rows of norm 1, on either side.
    let margin = Scalar(2 * (unit.columns + 2)) * Scalar.ulpOfOne
    var hasChanged = false
    for start in stride(from: 0, to: rows.count, by: blockRows) {
      let part = Array(rows[start..<min(start + blockRows, rows.count)])
      RowOperations.gather(part, from: unit, normalized: false, into: &block)
      blas.multiply(
        block, rows: 0..<part.count, transposingFirst: false, panel, rows: 0..<panel.rows,
        transposingSecond: true, into: &similarity, rows: 0..<part.count)
      for (place, row) in part.enumerated() {
        let before = isOpen ? -Double.infinity : scores[Int(row)]
        let found = RowSearch.selectNearest(
          inRow: place, of: &similarity, count: candidates.count, penalty: penalty,
          least: Scalar(before), margin: margin, into: &positions)
        if choose(
          Int(row), among: positions.prefix(found).map { candidates[Int($0)] }, before, unit)
        {
          hasChanged = true
        }
      }
    }
    return hasChanged
  }

  /// Gives a row the best of some centres if that is better than `before`. Whether its cluster
  /// is another now.
  private mutating func choose(
    _ row: Int, among candidates: [Int], _ before: Double, _ unit: borrowing Matrix<Scalar>
  ) -> Bool {
    let old = clusters[row]
    var best = (score: before, center: before.isFinite ? Int(old) : Int.max)
    for center in candidates {
      let score =
        RowOperations.exactDot(unit, row: row, centers, row: center) - halfSquares[center]
      if score > best.score || (score == best.score && center < best.center) {
        best = (score, center)
      }
    }
    // Only rows that are not finite find no centre; they stay or go to the first.
    let center = best.center == Int.max ? max(Int(old), 0) : best.center
    scores[row] = best.score
    return move(row, to: center)
  }

  private mutating func move(_ row: Int, to center: Int) -> Bool {
    let old = Int(clusters[row])
    guard old != center else { return false }
    if old >= 0 {
      sizes[old] -= 1
      isDirty[old] = true
    }
    sizes[center] += 1
    isDirty[center] = true
    clusters[row] = Int32(center)
    return true
  }

  private mutating func fillEmptyClusters() -> Bool {
    let empty = sizes.indices.filter { sizes[$0] == 0 }
    guard !empty.isEmpty else { return false }
    let distances = clusters.indices.map { squaredDistance(ofRow: $0) }
    let farthest = distances.indices.filter { distances[$0] > Self.noDistance }
      .sorted { distances[$0] != distances[$1] ? distances[$0] > distances[$1] : $0 < $1 }
    var next = 0
    var hasChanged = false
    for center in empty {
      while next < farthest.count && sizes[Int(clusters[farthest[next]])] < 2 { next += 1 }
      guard next < farthest.count else { break }
      hasChanged = move(farthest[next], to: center) || hasChanged
      scores[farthest[next]] = squaredNorms[farthest[next]] / 2
      next += 1
    }
    return hasChanged
  }

  /// Brings the centres of clusters whose rows have changed to the mean of their rows.
  mutating func moveCenters(_ unit: borrowing Matrix<Scalar>) {
    RowGroups.add(unit, groups: clusters, isOpen: isDirty, to: &sums)
    RowGroups.takeMeans(of: &sums, sizes: sizes, isOpen: isDirty, into: &centers)
    for center in isDirty.indices where isDirty[center] {
      halfSquares[center] = RowOperations.exactDot(centers, row: center, centers, row: center) / 2
      hasMoved[center] = true
      isDirty[center] = false
    }
  }
}
