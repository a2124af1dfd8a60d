import Testing
import Training

struct BalancedBatchSamplerTests {
  private static func rows(classes: Int, items: (Int) -> Int) -> [[Int64]] {
    var next: Int64 = 0
    return (0..<classes).map { label in
      (0..<items(label)).map { _ in
        next += 1
        return next - 1
      }
    }
  }

  private static func batch(
    _ sampler: BalancedBatchSampler, step: Int
  ) -> (rows: [Int64], labels: [Int32]) {
    let none = [Int32](repeating: -1, count: sampler.batchSize)
    var batch = TrainingBatch(labels: none, items: none.map(Int64.init), step: 0)
    var sampler = sampler
    sampler.fill(&batch, step: step)
    return (batch.items, batch.labels)
  }

  @Test func `an epoch visits each selected class once and items without replacement`() {
    let rows = Self.rows(classes: 23) { _ in 7 }
    let sampler = BalancedBatchSampler(
      rowsOfClass: rows, classesPerBatch: 5, itemsPerClass: 3, seed: 4)
    #expect(sampler.batchesPerEpoch == 4)
    for epoch in 0..<3 {
      var seen: [Int32] = []
      for step in 0..<4 {
        let batch = Self.batch(sampler, step: epoch * 4 + step)
        #expect(Set(batch.rows).count == 15)
        for (row, label) in zip(batch.rows, batch.labels) {
          #expect(rows[Int(label)].contains(row))
        }
        seen += stride(from: 0, to: 15, by: 3).map { batch.labels[$0] }
      }
      #expect(Set(seen).count == 20)
    }
  }

  @Test func `small classes repeat their items evenly`() {
    let sampler = BalancedBatchSampler(
      rowsOfClass: Self.rows(classes: 4) { $0 + 1 }, classesPerBatch: 4, itemsPerClass: 5, seed: 9)
    let batch = Self.batch(sampler, step: 0)
    for place in 0..<4 {
      let items = batch.rows[place * 5..<place * 5 + 5]
      let size = Int(batch.labels[place * 5]) + 1
      let counts = Dictionary(grouping: items) { $0 }.values.map(\.count)
      #expect(counts.count == min(size, 5))
      for count in counts { #expect(count == 5 / size || count == (5 + size - 1) / size) }
    }
  }

  @Test func `the order of classes and items does not depend on P or K`() {
    let rows = Self.rows(classes: 40) { _ in 9 }
    let small = BalancedBatchSampler(
      rowsOfClass: rows, classesPerBatch: 4, itemsPerClass: 2, seed: 1)
    let large = BalancedBatchSampler(
      rowsOfClass: rows, classesPerBatch: 8, itemsPerClass: 5, seed: 1)
    let first = Self.batch(small, step: 0), wide = Self.batch(large, step: 0)
    for place in 0..<4 {
      #expect(first.labels[place * 2] == wide.labels[place * 5])
      #expect(
        Array(first.rows[place * 2..<place * 2 + 2]) == Array(wide.rows[place * 5..<place * 5 + 2]))
    }
  }

  @Test func `every item of a class is drawn about equally often`() {
    let sampler = BalancedBatchSampler(
      rowsOfClass: Self.rows(classes: 2) { _ in 6 }, classesPerBatch: 2, itemsPerClass: 2, seed: 2)
    var counts = [Int](repeating: 0, count: 12)
    for step in 0..<3_000 {
      for row in Self.batch(sampler, step: step).rows { counts[Int(row)] += 1 }
    }
    // p = 1/3 over 3,000 draws: five standard deviations are 129.
    for count in counts { #expect(abs(count - 1_000) < 129) }
  }
}
