import Foundation

/// Distances and pairs of a batch, straight from their definitions.
struct NaivePairs {
  /// The rows, each divided by its length.
  let units: [[Double]]
  /// `d_ij`, from the differences of unit rows.
  let distances: [[Double]]
  /// `s_ij`.
  let similarities: [[Double]]
  let batch: PairBatch
  let dropsDuplicates: Bool

  init(_ batch: PairBatch, droppingDuplicates: Bool = false) {
    self.batch = batch
    dropsDuplicates = droppingDuplicates
    let rows = (0..<batch.size).map { Self.unit(batch.row($0)) }
    units = rows
    distances = rows.map { a in rows.map { b in Self.distance(a, b) } }
    similarities = rows.map { a in rows.map { b in Self.product(a, b) } }
  }

  private static func product(_ a: [Double], _ b: [Double]) -> Double {
    zip(a, b).map { $0 * $1 }.reduce(0, +)
  }

  private static func distance(_ a: [Double], _ b: [Double]) -> Double {
    let difference = zip(a, b).map { $0 - $1 }
    return sqrt(product(difference, difference))
  }

  private static func unit(_ row: [Double]) -> [Double] {
    let norm = max(sqrt(product(row, row)), 1e-12)
    return row.map { $0 / norm }
  }

  var rows: Range<Int> { 0..<batch.size }

  func positives(of row: Int) -> [Int] {
    rows.filter { other in
      other != row && batch.labels[other] == batch.labels[row]
        && (!dropsDuplicates || batch.items[other] != batch.items[row])
    }
  }

  func negatives(of row: Int) -> [Int] {
    rows.filter { batch.labels[$0] != batch.labels[row] }
  }

  /// Every (anchor, positive, negative).
  var triplets: [(anchor: Int, positive: Int, negative: Int)] {
    rows.flatMap { anchor in
      positives(of: anchor).flatMap { positive in
        negatives(of: anchor).map { (anchor, positive, $0) }
      }
    }
  }

  static func mean(_ terms: [Double], nonzero: Bool) -> Double {
    let count = nonzero ? terms.count { $0 > 0 } : terms.count
    return terms.reduce(0, +) / Double(max(count, 1))
  }
}
