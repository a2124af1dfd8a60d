import Training

extension TrainingBatch {
  /// A batch at step 0 in which no item is drawn twice.
  init(distinct labels: [Int32]) {
    self.init(labels: labels, items: labels.indices.map(Int64.init), step: 0)
  }
}
