import Kernels
import Training

/// A small batch: raw rows, not of unit length, with their labels and items.
struct PairBatch {
  let name: String
  let columns: Int
  var raw: [Double]
  var labels: [Int32]
  var items: [Int64]
  var step = 0

  /// Rows drawn evenly around the origin.
  init(seed: UInt64, labels: [Int32], columns: Int) {
    name = "seed \(seed)"
    self.columns = columns
    self.labels = labels
    items = labels.indices.map(Int64.init)
    let stream = RandomStream(seed: seed, stream: .synthesis)
    raw = (0..<labels.count * columns).map { 2 * stream.uniform(at: UInt32($0)) - 1 }
  }

  init(_ name: String, raw: [[Double]], labels: [Int32]) {
    self.name = name
    columns = raw.first?.count ?? 0
    self.raw = raw.flatMap { $0 }
    self.labels = labels
    items = labels.indices.map(Int64.init)
  }

  var size: Int { labels.count }

  var training: TrainingBatch { TrainingBatch(labels: labels, items: items, step: step) }

  /// The batch with its rows in another order.
  func reordered(_ order: [Int]) -> PairBatch {
    var result = self
    result.raw = order.flatMap { row($0) }
    result.labels = order.map { labels[$0] }
    result.items = order.map { items[$0] }
    return result
  }

  func row(_ index: Int) -> [Double] { Array(raw[index * columns..<(index + 1) * columns]) }

  /// Batches with repeated rows, lone classes and one class only, at many seeds.
  static let random: [PairBatch] = (1...6).map { (seed: UInt64) in
    let labels: [Int32] =
      switch seed % 3 {
      case 0: [0, 0, 0, 1, 1, 1, 2, 2, 2, 3, 3, 3]
      case 1: [2, 0, 1, 1, 0, 2, 2, 1, 3]
      default: [0, 0, 1, 1, 0, 1, 0]
      }
    return PairBatch(seed: seed, labels: labels, columns: 3 + Int(seed) % 2)
  }

  private static let corner = [1.0, 0, 0]
  private static let edge = [0.0, 2, 0]
  private static let between = [0.5, 0.5, 0.1]

  /// Batches at the limits of what a sampler may give.
  static let odd = [
    PairBatch("one row", raw: [corner], labels: [0]),
    PairBatch("one class", raw: [corner, edge, between], labels: [1, 1, 1]),
    PairBatch("lone classes", raw: [corner, edge, between], labels: [0, 1, 2]),
    PairBatch(
      "equal rows in a class", raw: [corner, corner, edge, between], labels: [0, 0, 1, 1]),
    PairBatch(
      "equal rows across classes", raw: [corner, edge, corner, between], labels: [0, 0, 1, 1]),
    PairBatch(
      "all rows equal", raw: [between, between, between, between], labels: [0, 0, 1, 1]),
    PairBatch(
      "antipodes", raw: [corner, [-1, 0, 0], edge, [0, -1, 0]], labels: [0, 1, 0, 1]),
  ]

  /// A row without a direction. It stays zero, so its distances are not those of unit rows.
  static let withZeros = PairBatch(
    "a row of zeros", raw: [corner, [0, 0, 0], edge, between], labels: [0, 0, 1, 1])

  /// Two classes, each at one point, far apart: nothing is left to do with margins up to 1.
  static let separated = PairBatch(
    "separated", raw: [corner, corner, [-1, 0, 0], [-1, 0, 0]], labels: [0, 0, 1, 1])
}
