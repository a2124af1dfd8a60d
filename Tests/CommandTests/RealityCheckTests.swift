import Foundation
import Store
import TestSupport
import Testing

/// `protocol: reality_check` from the file to the comparison.
struct RealityCheckTests {
  private static let sweep = """
    name: practice
    base:
      dataset: features.h5
      embedding: 8
      batch: 8x3
      steps: 12
      evaluation: {every: 4, clustering: false}
    protocol: reality_check
    strategy: {random: 2}
    sweep:
      loss: [ranked_list, contrastive]
      lr: {log_uniform: [0.01, 1]}
    repeat: {seeds: 2}
    """

  private func sql(_ practice: Practice, _ query: String) throws -> [String] {
    let ending = try BuiltProgram.report.run(
      ["sql", query, "--store", practice.storePath, "--format", "csv"], in: practice.folder.path)
    #expect(ending.status == 0, "\(ending.errors)")
    return ending.output.split(separator: "\n").dropFirst().map(String.init)
  }

  private static let figures = """
    SELECT modelDigest, measure.name, printf('%.17g', value) FROM jointFigure
    JOIN measure ON measure.number = measureNumber ORDER BY 1, 2
    """

  @Test func `fold models are compared alone and joined, for the best setting of each loss`()
    throws
  {
    let practice = try Practice()
    try practice.write(Self.sweep)
    let ending = try practice.launch("--json")
    #expect(ending.status == 0, "\(ending.errors)")
    // 2 losses · 2 trials · 4 folds, then 2 losses · 2 seeds · 4 folds.
    #expect(ending.output.contains("\"total\": 32,\n  \"completed\": 32,"), "\(ending.output)")
    #expect(ending.errors.contains("practice: joining the models of the folds of 4 repeats\n"))
    #expect(try sql(practice, "SELECT count(*) FROM jointModel") == ["16"])

    let table = try BuiltProgram.report.run(
      [
        "compare", "--sweep", "practice", "--by", "loss.name", "--store", practice.storePath,
        "--format", "csv",
      ], in: practice.folder.path
    ).output.split(separator: "\n").map {
      $0.split(separator: ",", omittingEmptySubsequences: false)
    }
    let head = try #require(table.first)
    let rows = table.filter { $0[0] == "setting" }
    #expect(Set(rows.map { $0[1] }) == ["ranked_list", "contrastive"])
    for name in ["test/map@r", "concatenated/map@r", "concatenated/recall@1"] {
      for part in ["mean", "low", "high"] {
        let column = try #require(head.firstIndex(of: "\(name)_\(part)"))
        #expect(rows.allSatisfy { Double($0[column]) != nil }, "\(name) \(part)")
      }
    }
    let n = try #require(head.firstIndex(of: "n"))
    #expect(rows.map { $0[n] } == ["2", "2"])
  }

  @Test func `figures of joined models are computed once, and again after a kill before them`()
    throws
  {
    let practice = try Practice()
    try practice.write(Self.sweep)
    #expect(try practice.launch("--workers", "2").status == 0)
    let before = try sql(practice, Self.figures)
    #expect(before.count > 20)
    let again = try practice.launch()
    #expect(again.status == 0)
    #expect(!again.errors.contains("joining"), "\(again.errors)")

    // As a launch leaves the store that is killed after its last job.
    let first = try #require(before.first?.prefix(64))
    try practice.sqlite("DELETE FROM jointFigure WHERE modelDigest = '\(first)'")
    let repaired = try practice.launch()
    #expect(repaired.errors.contains("practice: joining the models of the folds of 1 repeat\n"))
    #expect(try sql(practice, Self.figures) == before)
  }

  @Test func `a killed reality check goes on and ends in the same bits and figures`() throws {
    let whole = try Practice()
    try whole.write(Self.sweep)
    #expect(try whole.launch("--workers", "1").status == 0)

    let killed = try Practice()
    try killed.write(Self.sweep)
    // In the search, then in the repeats.
    for marker in ["[5/16] completed", "practice (repeats)"] {
      let running = try BuiltProgram.sweep.start(
        ["launch", "practice.yaml", "--store", killed.storePath, "--workers", "2"],
        in: killed.folder.path)
      #expect(running.waitForErrors(containing: marker), "\(running.errors)")
      running.send(SIGKILL)
      _ = try running.wait()
    }
    let ending = try killed.launch()
    #expect(ending.status == 0, "\(ending.errors)")
    #expect(try killed.bits() == whole.bits())
    #expect(try sql(killed, Self.figures) == sql(whole, Self.figures))
  }
}
