import Kernels
import Testing
import Training

struct BatchSamplerTests {
  /// Class c has the rows 100 c, 100 c + 1, …
  private static func batches(
    _ sampling: BatchSampling, sizes: [Int], classes: Int, items: Int, seed: UInt64, count: Int
  ) -> [TrainingBatch] {
    let rows = sizes.enumerated().map { label, size in
      (0..<size).map { Int64(100 * label + $0) }
    }
    var sampler = BatchSampler(
      sampling, rowsOfClass: rows, classesPerBatch: classes, itemsPerClass: items, seed: seed)
    return (0..<count).map { step in
      var batch = TrainingBatch(size: sampler.batchSize)
      sampler.fill(&batch, step: step)
      return batch
    }
  }

  @Test(arguments: BatchSampling.allCases)
  func `rows belong to their classes, and a batch is a function of seed and step`(
    sampling: BatchSampling
  ) {
    let sizes = [5, 7, 1, 9, 4, 6]
    func batches(_ seed: UInt64) -> [TrainingBatch] {
      Self.batches(sampling, sizes: sizes, classes: 3, items: 4, seed: seed, count: 20)
    }
    let first = batches(2)
    for (step, batch) in first.enumerated() {
      #expect(batch.step == step)
      for (item, label) in zip(batch.items, batch.labels) {
        #expect(item / 100 == Int64(label) && item % 100 < sizes[Int(label)])
      }
    }
    #expect(first.map(\.items) == batches(2).map(\.items))
    #expect(first.map(\.items) != batches(3).map(\.items))
  }

  @Test func `uniform batches go through all rows once an epoch and drop the rest`() {
    let batches = Self.batches(
      .uniform, sizes: [5, 7, 1, 9, 4], classes: 2, items: 4, seed: 1, count: 9)
    for epoch in 0..<3 {
      let items = batches[(3 * epoch)..<(3 * epoch + 3)].flatMap(\.items)
      #expect(Set(items).count == 24, "26 rows make three batches of eight")
    }
    #expect(Set(batches.flatMap(\.items)).count == 26)
  }

  @Test func `with replacement has P distinct classes and repeats rows`() {
    let batches = Self.batches(
      .withReplacement, sizes: [3, 3, 3, 3], classes: 2, items: 5, seed: 1, count: 50)
    #expect(batches.allSatisfy { Set($0.labels).count == 2 })
    #expect(batches.allSatisfy { Set($0.items).count < 10 })
    #expect(Set(batches.flatMap(\.items)).count == 12)
  }

  @Test func `class random draws a class twice now and then`() {
    let batches = Self.batches(
      .classRandom, sizes: [3, 3, 3, 3], classes: 3, items: 2, seed: 1, count: 100)
    let distinct = batches.map { Set($0.labels).count }
    // P(three distinct of four) = 3/8, P(two) = 9/16, P(one) = 1/16.
    #expect(abs(distinct.count { $0 == 3 } - 38) < 15)
    #expect(abs(distinct.count { $0 == 2 } - 56) < 15)
    #expect(distinct.contains(1))
  }
}
