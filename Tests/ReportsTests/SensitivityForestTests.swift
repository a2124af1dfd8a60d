import Reports
import Store
import Sweeps
import TestSupport
import Testing

/// Which setting matters, of sweeps that are no full grid.
@Suite struct SensitivityForestTests {
  private static func factor(_ name: String, _ values: [SettingValue]) -> SensitivityFactor {
    SensitivityFactor(column: .setting(name), values: values)
  }

  /// Settings drawn at random, and a value of each.
  private static func design(
    seed: UInt64, count: Int, value: ([Int], inout SplitMix) -> Double
  ) -> SensitivityDesign {
    var generator = SplitMix(seed: seed)
    let factors = [
      factor("loss.alpha", (0..<6).map { .number(Double($0)) }),
      factor("loss.name", ["a", "b", "c"].map { .text($0) }),
      factor("loss.margin", (0..<4).map { .number(Double($0)) }),
    ]
    let observations = (0..<count).map { _ in
      let levels = factors.map { Int.random(in: 0..<$0.levels.count, using: &generator) }
      return SensitivityDesign.Observation(
        levels: levels, seed: 0, value: value(levels, &generator))
    }
    return SensitivityDesign(factors: factors, observations: observations)
  }

  @Test func `shares are those of every combination of levels, asked of each tree`() throws {
    let seed = UInt64.random(in: 0...UInt64.max)
    print("SensitivityForestTests: seed \(seed)")
    let design = Self.design(seed: seed, count: 60) { levels, generator in
      Double(levels[0]) + (levels[1] == 1 ? 3 : 0) * Double(levels[2])
        + Double.random(in: 0..<1, using: &generator)
    }
    let forest = RegressionForest(design)
    let found = try #require(FunctionalAnalysis(design, forest: forest))
    let expected = Self.naiveShares(design, forest)
    for (term, share) in zip(found.terms, expected) {
      #expect(abs(term.share - share) < 1e-9, "\(term.factors), seed \(seed)")
    }
    #expect(found.terms.count == expected.count)
  }

  /// Means and variances over all combinations, weighted by how often a level was tried.
  private static func naiveShares(
    _ design: SensitivityDesign, _ forest: RegressionForest
  ) -> [Double] {
    let cells = Set(design.observations.map(\.levels))
    let counts = design.factors.map(\.levels.count)
    let weights = counts.indices.map { factor in
      (0..<counts[factor]).map { level in
        Double(cells.count { $0[factor] == level }) / Double(cells.count)
      }
    }
    let all = (0..<counts[0]).flatMap { a in
      (0..<counts[1]).flatMap { b in (0..<counts[2]).map { [a, b, $0] } }
    }
    func weight(_ levels: [Int], _ factors: [Int]) -> Double {
      factors.reduce(1) { $0 * weights[$1][levels[$1]] }
    }
    let sets = [[0], [1], [2], [0, 1], [0, 2], [1, 2]]
    var sums = [Double](repeating: 0, count: sets.count)
    for tree in forest.trees {
      let values = all.map { (levels: $0, value: tree.value(at: $0)) }
      let mean = values.reduce(0) { $0 + weight($1.levels, [0, 1, 2]) * $1.value }
      let total = values.reduce(0) {
        $0 + weight($1.levels, [0, 1, 2]) * ($1.value - mean) * ($1.value - mean)
      }
      var variances: [[Int]: Double] = [:]
      for (place, set) in sets.enumerated() {
        let others = [0, 1, 2].filter { !set.contains($0) }
        var marginal: [[Int]: Double] = [:]
        for (levels, value) in values {
          marginal[set.map { levels[$0] }, default: 0] += weight(levels, others) * value
        }
        let variance = marginal.reduce(0) { sum, entry in
          let size = zip(set, entry.key).reduce(1) { $0 * weights[$1.0][$1.1] }
          return sum + size * (entry.value - mean) * (entry.value - mean)
        }
        variances[set] = variance
        let own =
          set.count == 1 ? variance : variance - set.reduce(0) { $0 + (variances[[$1]] ?? .nan) }
        sums[place] += max(0, own) / total
      }
    }
    return sums.map { $0 / Double(forest.trees.count) }
  }

  @Test func `every combination falls into one leaf`() {
    let design = Self.design(seed: 7, count: 50) { levels, _ in Double(levels[0] * levels[1]) }
    for tree in RegressionForest(design).trees {
      for a in 0..<6 {
        for b in 0..<3 {
          for c in 0..<4 {
            let boxes = tree.leaves.filter { $0.box[0][a] && $0.box[1][b] && $0.box[2][c] }
            #expect(boxes.count == 1)
          }
        }
      }
    }
  }

  @Test func `what makes the difference is found, and what makes none is not`() throws {
    let design = Self.design(seed: 11, count: 120) { levels, generator in
      Double(levels[0]) + Double.random(in: 0..<0.2, using: &generator)
    }
    let forest = RegressionForest(design)
    let shares = try #require(FunctionalAnalysis(design, forest: forest)).terms.map(\.share)
    #expect(shares[0] > 0.9 && shares[1] < 0.02 && shares[2] < 0.02, "\(shares)")
    #expect(try #require(forest.explainedShare) > 0.9)
  }

  @Test func `pure noise is not explained`() throws {
    let design = Self.design(seed: 13, count: 120) { _, generator in
      Double.random(in: 0..<1, using: &generator)
    }
    #expect(try #require(RegressionForest(design).explainedShare) < 0.2)
  }

  @Test func `many numbers are grouped, few are not`() {
    let many = Self.factor("loss.alpha", (0..<100).map { .number(Double($0) / 100) })
    #expect(many.levels.count == 8 && many.levels[0].text == "0…0.11")
    #expect(many.levels.flatMap(\.values).count == 100)
    let few = Self.factor("loss.alpha", [.number(2), .number(0.5), .number(2)])
    #expect(few.levels.map(\.text) == ["0.5", "2"])
  }

  private static let drawn: [RunSummary] = (0..<40).map { number in
    let place = Double(number * 7 % 40) / 40
    let margins: [Double] = [0.2, 0.4, 0.8]
    return SampleRuns.run(
      "r\(number)", alpha: 1 + place, margin: margins[number % 3],
      validation: 0.4 + place / 5)
  }

  @Test func `a drawn sweep has shares, how far to trust them, and ranges`() throws {
    let report = try SweepSensitivity(
      sweep: "practice", objective: Objective(), axes: ["loss.alpha", "loss.margin"],
      runs: Self.drawn
    ).report
    let text = report.text(as: .table)
    #expect(
      text
        == (try RecordedFile("Tests/Fixtures/sensitivity-drawn.txt")
          .content(recording: text)))
    #expect(report.text(as: .csv).hasPrefix("setting,value,n,mean,low,high,best\nalpha,1…1.1,5,"))
    #expect(report.text(as: .json).contains("\"method\": \"fanova\""))
  }
}
