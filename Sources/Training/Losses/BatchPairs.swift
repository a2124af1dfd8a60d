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

  /// A loss with the shares of pairs whose coefficient is not 0: those that act on its gradient.
  func outcome(loss: Double, coefficients: PairTable) -> LossOutcome {
    var (positives, negatives) = ((all: 0, acting: 0), (all: 0, acting: 0))
    for row in 0..<size {
      for other in 0..<size {
        let acts = coefficients[row, other] == 0 ? 0 : 1
        if isPositive(row, other) {
          positives = (positives.all + 1, positives.acting + acts)
        } else if isNegative(row, other) {
          negatives = (negatives.all + 1, negatives.acting + acts)
        }
      }
    }
    return LossOutcome(
      loss: loss,
      nontrivialPositives: Double(positives.acting) / Double(max(positives.all, 1)),
      nontrivialNegatives: Double(negatives.acting) / Double(max(negatives.all, 1)))
  }
}
