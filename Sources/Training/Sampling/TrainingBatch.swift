/// The rows that a step trains on.
package struct TrainingBatch: Sendable {
  /// Class of each row, numbered from 0 among the classes trained on.
  package var labels: [Int32]
  /// Row of the data set of each row: equal ones are one item, drawn twice.
  package var items: [Int64]
  /// Steps done before; what a loss draws at random is a function of it.
  package var step: Int

  package init(labels: [Int32], items: [Int64], step: Int) {
    precondition(labels.count == items.count, "\(labels.count) labels, \(items.count) items")
    self.labels = labels
    self.items = items
    self.step = step
  }

  /// Room for a batch of `size` rows, to be filled by a sampler.
  package init(size: Int) {
    self.init(
      labels: [Int32](repeating: 0, count: size), items: [Int64](repeating: 0, count: size),
      step: 0)
  }
}
