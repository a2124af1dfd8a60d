internal import Kernels

/// How batches are put together, protocol.md §2.
package enum BatchSampling: String, Sendable, CaseIterable {
  /// P distinct classes × K of their rows without replacement: `BalancedBatchSampler`.
  case balanced
  /// All rows in random order, batch after batch; what is left over at the end is dropped.
  case uniform
  /// P distinct classes × K of their rows with replacement.
  case withReplacement = "with_replacement"
  /// P classes drawn with replacement × K of their rows with replacement.
  case classRandom = "class_random"
}

/// Gives the batch of each step as a function of the seed.
package struct BatchSampler: Sendable {
  private let sampling: BatchSampling
  private var balanced: BalancedBatchSampler?
  private let rowsOfClass: [[Int64]]
  private let classesPerBatch: Int
  private let itemsPerClass: Int
  private let order: RandomStream
  private let choice: RandomStream
  /// All rows with their classes, for `uniform`; their order in the epoch last asked for.
  private let rows: [(item: Int64, label: Int32)]
  private var shuffled: [Int]
  private var shuffledEpoch: Int?

  /// A sampler over the rows of each class, none empty.
  package init(
    _ sampling: BatchSampling, rowsOfClass: [[Int64]], classesPerBatch: Int, itemsPerClass: Int,
    seed: UInt64
  ) {
    self.sampling = sampling
    self.rowsOfClass = rowsOfClass
    self.classesPerBatch = classesPerBatch
    self.itemsPerClass = itemsPerClass
    balanced =
      sampling == .balanced || sampling == .withReplacement
      ? BalancedBatchSampler(
        rowsOfClass: rowsOfClass, classesPerBatch: classesPerBatch, itemsPerClass: itemsPerClass,
        seed: seed) : nil
    order = RandomStream(seed: seed, stream: .classOrder)
    choice = RandomStream(seed: seed, stream: .itemChoice)
    rows =
      sampling == .uniform
      ? rowsOfClass.enumerated().flatMap { label, items in items.map { ($0, Int32(label)) } } : []
    shuffled = [Int](repeating: 0, count: rows.count)
  }

  package var batchSize: Int { classesPerBatch * itemsPerClass }

  /// Fills a batch of `batchSize` rows for a step (from 0).
  package mutating func fill(_ batch: inout TrainingBatch, step: Int) {
    switch sampling {
    case .balanced: balanced?.fill(&batch, step: step)
    case .uniform: fillUniform(&batch, step: step)
    case .withReplacement:
      balanced?.fillClasses(&batch, step: step)
      drawItems(&batch, step: step)
    case .classRandom:
      for place in 0..<classesPerBatch {
        let label = order.index(below: rowsOfClass.count, at: UInt32(place), tag: UInt64(step))
        for item in 0..<itemsPerClass {
          batch.labels[place * itemsPerClass + item] = Int32(label)
        }
      }
      drawItems(&batch, step: step)
    }
    batch.step = step
  }

  private func drawItems(_ batch: inout TrainingBatch, step: Int) {
    for position in batch.labels.indices {
      let items = rowsOfClass[Int(batch.labels[position])]
      batch.items[position] =
        items[choice.index(below: items.count, at: UInt32(position), tag: UInt64(step))]
    }
  }

  private mutating func fillUniform(_ batch: inout TrainingBatch, step: Int) {
    // A set smaller than a batch is gone through more than once.
    let batches = max(rows.count / batchSize, 1)
    let epoch = step / batches
    if epoch != shuffledEpoch {
      order.permute(into: &shuffled, tag: UInt64(epoch))
      shuffledEpoch = epoch
    }
    let first = step % batches * batchSize
    for position in batch.labels.indices {
      let row = rows[shuffled[(first + position) % rows.count]]
      batch.items[position] = row.item
      batch.labels[position] = row.label
    }
  }
}
