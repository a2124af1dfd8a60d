import Datasets
import Kernels
import Testing

struct GlyphSynthesizerTests {
  private static func small(seed: UInt64) -> GlyphSynthesizer {
    var synthesizer = GlyphSynthesizer()
    synthesizer.trainClasses = 4
    synthesizer.testClasses = 3
    synthesizer.samplesPerClass = 5
    synthesizer.seed = seed
    return synthesizer
  }

  @Test func `the set has three levels, whole classes and nothing that cannot be trained on`()
    throws
  {
    let folder = try TemporaryFolder()
    let path = folder.file("glyphs.h5")
    try Self.small(seed: 1).write(to: path)
    let file = try FeatureFile(path: path)
    #expect(file.levels.map(\.name) == ["low", "mid", "high"])
    #expect(file.levels.map(\.dimension) == [784, 392, 1024])
    #expect(file.levels.map(\.isMapped) == [true, true, true])
    let description = try FeatureFileDescription(of: file)
    #expect(description.problems.isEmpty)
    #expect(description.splits.map(\.classes) == [4, 3])
    #expect(description.splits.map(\.rows) == [20, 15])
    #expect(description.splits.map(\.smallestClass) == [5, 5])
  }

  @Test func `the seed alone decides every value`() {
    let first = Self.small(seed: 1).rows()
    let again = Self.small(seed: 1).rows()
    let other = Self.small(seed: 2).rows()
    for level in 0..<3 {
      #expect(first.train.levels[level].values == again.train.levels[level].values)
      #expect(first.test.levels[level].values == again.test.levels[level].values)
      #expect(first.train.levels[level].values != other.train.levels[level].values)
    }
  }

  @Test func `more samples and classes leave those that were there as they were`() {
    let few = Self.small(seed: 3)
    var many = few
    many.samplesPerClass = 7
    many.trainClasses = 6
    let (left, right) = (few.rows().train, many.rows().train)
    for (position, level) in left.levels.enumerated() {
      for label in 0..<few.trainClasses {
        for sample in 0..<few.samplesPerClass {
          let here = (label * few.samplesPerClass + sample) * level.dimension
          let there = (label * many.samplesPerClass + sample) * level.dimension
          #expect(
            level.values[here..<(here + level.dimension)]
              == right.levels[position].values[there..<(there + level.dimension)],
            "class \(label), sample \(sample), level \(level.name)")
        }
      }
    }
  }

  /// Smaller than the default set, so that an unoptimised build has it in seconds; fewer
  /// classes are easier, so the upper end is higher than the default set's.
  @Test func `raw vectors of one class are near each other, but not trivially`() {
    var synthesizer = GlyphSynthesizer()
    synthesizer.trainClasses = 1
    synthesizer.testClasses = 12
    synthesizer.samplesPerClass = 10
    let test = synthesizer.rows().test
    for level in test.levels {
      let share = Self.recallAt1(level, labels: test.labels)
      #expect((0.4...0.95).contains(share), "\(level.name): \(share)")
    }
  }

  private static var isOptimized: Bool {
    #if DEBUG
    false
    #else
    true
    #endif
  }

  /// What the set is for: raw vectors leave something to gain, and find something.
  @Test(
    .enabled(if: isOptimized, "an unoptimised build takes a minute"), arguments: [UInt64(0), 1])
  func `raw Recall@1 of the default set lies between 40 and 85 percent`(seed: UInt64) {
    var synthesizer = GlyphSynthesizer()
    synthesizer.seed = seed
    let test = synthesizer.rows().test
    for level in test.levels {
      let share = Self.recallAt1(level, labels: test.labels)
      #expect((0.40...0.85).contains(share), "seed \(seed), \(level.name): \(share)")
    }
  }

  private static func recallAt1(
    _ level: FeatureFileWriter.LevelValues, labels: [Int64]
  ) -> Double {
    let rows = Matrix<Float>(
      rows: labels.count, columns: level.dimension, values: level.values)
    var products = [[Double]]()
    for query in labels.indices {
      var row: [Double] = []
      for other in labels.indices {
        row.append(RowOperations.exactDot(rows, row: query, rows, row: other))
      }
      products.append(row)
    }
    let hits = labels.indices.filter { query in
      let others = labels.indices.filter { $0 != query }
      let best = others.max {
        products[query][$0] / products[$0][$0].squareRoot()
          < products[query][$1] / products[$1][$1].squareRoot()
      }
      return best.map { labels[$0] } == labels[query]
    }
    return Double(hits.count) / Double(labels.count)
  }
}
