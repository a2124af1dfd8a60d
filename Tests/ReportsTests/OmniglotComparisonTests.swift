import Foundation
import Reports
import Store
import Sweeps
import TestSupport
import Testing

/// Four losses on Omniglot with eight seeds (embeddings of 32 dimensions, 150 steps), beside what
/// scipy 1.17.1 says of the same figures.
///
/// `omniglot-comparison.csv` is cut from `rll-report export runs`; `omniglot-comparison-scipy.csv`
/// has of each loss and measure `ttest_rel` with its interval, `permutation_test` of type
/// `samples`, `pearsonr`, `ttest_ind` with unequal variances and its interval, and the corrected p
/// by `scipy.integrate.quad` of Dunnett's double integral over the two-way error.
@Suite struct OmniglotComparisonTests {
  private static let tolerance = 1e-8

  private static func rows(_ name: String) throws -> [[String: String]] {
    let text = try String(
      contentsOfFile: RecordedFile("Tests/Fixtures/" + name).path, encoding: .utf8)
    let lines = text.split(separator: "\n").map { $0.split(separator: ",").map(String.init) }
    return lines.dropFirst().map { line in
      Dictionary(zip(lines[0], line)) { first, _ in first }
    }
  }

  private static func runs() throws -> [RunSummary] {
    try rows("omniglot-comparison.csv").map { row in
      let seed = Int(row["seed"] ?? "") ?? -1
      let loss = row["loss.name"] ?? ""
      var run = SampleRuns.run(
        "\(loss.prefix(2))\(seed)", seed: seed,
        validation: row["validation/map@r"].flatMap(Double.init),
        recall: row["test/recall@1"].flatMap(Double.init),
        map: row["test/map@r"].flatMap(Double.init))
      run.settings["loss.name"] = .text(loss)
      return run
    }
  }

  @Test(arguments: ["best", "reference"])
  func `every interval and p is that of scipy`(method: String) throws {
    let comparison = try SweepComparison(
      sweep: "losses", objective: Objective(), axes: ["loss.name"], by: [], runs: Self.runs(),
      reference: method == "best" ? nil : "triplet")
    let expected = try Self.rows("omniglot-comparison-scipy.csv").filter { $0["method"] == method }
    #expect(expected.count == 9)
    for row in expected {
      let measure = row["measure"] ?? ""
      let found = try #require(comparison.differences.first { $0.measure == measure })
      #expect(comparison.cells[found.reference].values == [.text(row["reference"] ?? "")])
      let place = comparison.cells.firstIndex { $0.values == [.text(row["loss"] ?? "")] }
      let difference = try #require(place.flatMap { found.differences[$0] })
      let paired = try #require(difference.paired)
      let welch = try #require(paired.unpaired)
      let values = [
        "mean": paired.statistics.mean, "low": paired.statistics.interval?.low,
        "high": paired.statistics.interval?.high, "p": paired.p,
        "p_corrected": difference.simultaneous?.p, "p_flips": difference.signFlip?.p,
        "correlation": paired.correlation, "welch_low": welch.low, "welch_high": welch.high,
        "welch_p": welch.p,
      ]
      for (name, value) in values {
        let wanted = try #require(row[name].flatMap(Double.init))
        #expect(abs((value ?? .nan) - wanted) < Self.tolerance, "\(measure) \(name) \(row)")
      }
    }
  }
}
