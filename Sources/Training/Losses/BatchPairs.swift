/// Which ordered pairs of a batch are positive, which negative, and which are none.
struct BatchPairs {
  private let labels: [Int32]
  private let items: [Int64]
  private let dropsDuplicates: Bool

  /// Where `droppingDuplicates`, two rows of one item are no pair, protocol.md §2.
  init(_ batch: TrainingBatch, droppingDuplicates: Bool) {
    labels = batch.labels
    items = batch.items
    dropsDuplicates = droppingDuplicates
  }

  var size: Int { labels.count }

  func label(of row: Int) -> Int { Int(labels[row]) }

  func isPositive(_ row: Int, _ other: Int) -> Bool {
    row != other && labels[row] == labels[other]
      && !(dropsDuplicates && items[row] == items[other])
  }

  func isNegative(_ row: Int, _ other: Int) -> Bool { labels[row] != labels[other] }

  func positiveCount(of row: Int) -> Int {
    var count = 0
    for other in 0..<size where isPositive(row, other) { count += 1 }
    return count
  }

  func negativeCount(of row: Int) -> Int {
    var count = 0
    for other in 0..<size where isNegative(row, other) { count += 1 }
    return count
  }
}
