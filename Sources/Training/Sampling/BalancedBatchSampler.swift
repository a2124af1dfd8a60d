internal import Kernels

/// Batches of P classes × K examples, protocol.md §2.
///
/// An epoch visits ⌊C/P⌋ · P distinct classes once, in a random order drawn anew; the classes
/// left over differ between epochs. The K items of a class are drawn without replacement
/// where it has so many, else each appears ⌊K/n⌋ or ⌈K/n⌉ times. Batches are class-major.
///
/// Both orders are functions of seed and epoch alone, so runs of one seed see the same classes
/// first whatever P, K, the embedding or the loss.
package struct BalancedBatchSampler: Sendable {
  package let classesPerBatch: Int
  package let itemsPerClass: Int
  /// Row indices of each class.
  private let rowsOfClass: [[Int64]]
  private let classOrder: RandomStream
  private let itemChoice: RandomStream
  /// The order of classes in the epoch last asked for: a memory of what the seed says anyway.
  private var order: [Int]
  private var orderedEpoch: Int?

  /// A sampler over the rows of each class; `rowsOfClass` has at least P entries, none empty.
  package init(rowsOfClass: [[Int64]], classesPerBatch: Int, itemsPerClass: Int, seed: UInt64) {
    precondition(classesPerBatch >= 1 && classesPerBatch <= rowsOfClass.count)
    precondition(itemsPerClass >= 1 && rowsOfClass.allSatisfy { !$0.isEmpty })
    self.rowsOfClass = rowsOfClass
    self.classesPerBatch = classesPerBatch
    self.itemsPerClass = itemsPerClass
    classOrder = RandomStream(seed: seed, stream: .classOrder)
    itemChoice = RandomStream(seed: seed, stream: .itemChoice)
    order = [Int](repeating: 0, count: rowsOfClass.count)
  }

  package var batchSize: Int { classesPerBatch * itemsPerClass }

  /// Batches in an epoch.
  package var batchesPerEpoch: Int { rowsOfClass.count / classesPerBatch }

  /// Fills a batch of `batchSize` rows for a step (from 0).
  package mutating func fill(_ batch: inout TrainingBatch, step: Int) {
    fillClasses(&batch, step: step)
    let epoch = step / batchesPerEpoch
    for position in batch.labels.indices {
      let label = Int(batch.labels[position])
      let item = position % itemsPerClass
      let items = rowsOfClass[label]
      let round = item / items.count
      batch.items[position] =
        items[
          choice(item % items.count, of: items.count, round: round, label: label, epoch: epoch)]
    }
  }

  /// Fills the classes of a batch and leaves its items.
  mutating func fillClasses(_ batch: inout TrainingBatch, step: Int) {
    precondition(batch.labels.count == batchSize)
    batch.step = step
    let epoch = step / batchesPerEpoch
    if epoch != orderedEpoch {
      classOrder.permute(into: &order, tag: UInt64(epoch))
      orderedEpoch = epoch
    }
    let first = step % batchesPerEpoch * classesPerBatch
    for position in batch.labels.indices {
      batch.labels[position] = Int32(order[first + position / itemsPerClass])
    }
  }

  /// Entry `item` of the random order of a class's items: a Fisher–Yates shuffle from the
  /// front, of which only the first entries are worked out.
  private func choice(_ item: Int, of count: Int, round: Int, label: Int, epoch: Int) -> Int {
    let tag = UInt64(epoch) << 32 | UInt64(label)
    let offset = UInt32(round * count)
    // Follow the entry back through the swaps that put it there.
    var place = item + itemChoice.index(below: count - item, at: offset + UInt32(item), tag: tag)
    var earlier = item - 1
    while earlier >= 0 {
      let target =
        earlier + itemChoice.index(below: count - earlier, at: offset + UInt32(earlier), tag: tag)
      if place == target { place = earlier }
      earlier -= 1
    }
    return place
  }
}
