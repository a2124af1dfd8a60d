import Sweeps
import Testing

/// `repeat`: which settings the second round has, and which jobs.
@Suite struct RepetitionTests {
  private func sweep(_ lines: String) throws -> ExpandedSweep {
    try SweepFixture.expand(SweepFixture.sweep(lines), exclusion: ExclusionTests.evaluator)
  }

  private func round(
    _ sweep: ExpandedSweep, firstIndex: Int = 100, _ value: (JobSpec) -> Double?
  ) throws -> Repetition.Round {
    let values = sweep.jobs.compactMap { job in value(job).map { (job.index, $0) } }
    return try #require(sweep.repetition).round(
      after: sweep.jobs, values: Dictionary(uniqueKeysWithValues: values),
      objective: sweep.objective, firstIndex: firstIndex)
  }

  private func rows(_ round: Repetition.Round, _ settings: String...) -> [String] {
    round.jobs.map { job in
      settings.map { job.settings[$0]?.display ?? "-" }.joined(separator: " ")
    }
  }

  private static let search = """
    sweep: {m: [0.1, 0.2, 0.3]}
    seeds: 2

    """

  @Test func `the best settings run again with seeds that the search did not use`() throws {
    let sweep = try sweep(Self.search + "repeat: {best: 2, seeds: 3}\n")
    #expect(sweep.jobs.count == 6, "the repeats are no jobs of the search")
    // Means 0.5, 0.6 and 0.55; the luckiest single job is one of 0.3.
    let values = [0.5, 0.5, 0.6, 0.6, 0.3, 0.8]
    let round = try round(sweep) { values[$0.index] }
    #expect(
      rows(round, "loss.margin", "seed") == [
        "0.2 2", "0.2 3", "0.2 4", "0.3 2", "0.3 3", "0.3 4",
      ])
    #expect(round.jobs.map(\.index) == Array(100..<106))
    #expect(round.originals == [2, 2, 2, 4, 4, 4])
    #expect(round.warnings == [])
    let first = try #require(round.jobs.first)
    #expect(first.origins["seed"] == .line(5))
    #expect(first.origins["loss.margin"] == .line(3))
    var settings = try #require(sweep.jobs.first { $0.settings["loss.margin"] == .number(0.2) })
      .settings
    settings["seed"] = .number(2)
    #expect(first.settings == settings)
  }

  @Test func `a smaller objective is better where it is minimised`() throws {
    let sweep = try sweep(
      Self.search + "repeat: {seeds: 1}\nobjective: {metric: validation/map@r, goal: minimize}\n")
    let round = try round(sweep) { Double($0.index) }
    #expect(rows(round, "loss.margin", "seed") == ["0.1 2"])
  }

  @Test func `of equal settings the earlier ones are repeated`() throws {
    let sweep = try sweep(Self.search + "repeat: {best: 2, seeds: 1}\n")
    let round = try round(sweep) { _ in 0.5 }
    #expect(rows(round, "loss.margin") == ["0.1", "0.2"])
  }

  @Test func `seeds that the search used are left out wherever they lie`() throws {
    let sweep = try sweep("sweep: {m: [0.1, 0.2]}\nseeds: [1, 3, 7]\nrepeat: {seeds: 4}\n")
    let round = try round(sweep) { _ in 0.5 }
    #expect(rows(round, "seed") == ["0", "2", "4", "5"])
  }

  @Test func `repeats keep the folds, and a setting is judged by the mean over them`() throws {
    let sweep = try sweep("sweep: {m: [0.1, 0.2]}\nfolds: 2\nrepeat: {seeds: 2}\n")
    // Folds of 0.1: 0.9 and 0.1; of 0.2: 0.6 and 0.6.
    let values = [0.9, 0.1, 0.6, 0.6]
    let round = try round(sweep) { values[$0.index] }
    #expect(
      rows(round, "loss.margin", "dataset.validation", "seed") == [
        "0.2 {\"fold\":0,\"folds\":2} 1", "0.2 {\"fold\":0,\"folds\":2} 2",
        "0.2 {\"fold\":1,\"folds\":2} 1", "0.2 {\"fold\":1,\"folds\":2} 2",
      ])
  }

  @Test(arguments: ["folds: 2\n", ""])
  func `refit trains on all training classes and takes the last weights`(folds: String) throws {
    let sweep = try sweep(
      "sweep: {m: [0.1, 0.2]}\n" + folds + "repeat: {seeds: 2, refit: true}\n")
    let round = try round(sweep) { $0.settings["loss.margin"]?.number }
    #expect(
      rows(round, "loss.margin", "dataset.validation", "select", "seed") == [
        "0.2 0 last 1", "0.2 0 last 2",
      ])
    let line = SettingOrigin.line(folds.isEmpty ? 4 : 5)
    #expect(round.jobs.first?.origins["dataset.validation"] == line)
    #expect(round.jobs.first?.origins["select"] == line)
  }

  @Test func `a setting of which a job failed or has no objective is left out`() throws {
    let sweep = try sweep(Self.search + "repeat: {best: 2, seeds: 1}\n")
    // The last two settings would be best, but one job of each is missing.
    let values: [Double?] = [0.1, 0.1, 0.9, nil, .nan, 0.9]
    let round = try round(sweep) { values[$0.index] }
    #expect(rows(round, "loss.margin") == ["0.1"])
    #expect(
      round.warnings == [
        "2 of 3 settings cannot be chosen to be repeated: validation/map@r is missing in jobs 3, 4",
        "only 1 of 2 settings are left to be repeated",
      ])
  }

  @Test func `where nothing is left nothing is repeated, and few jobs are named`() throws {
    let sweep = try sweep("sweep: {T: {range: [1, 13, 1]}}\nrepeat: {best: 1}\n")
    let none = try round(sweep) { _ in nil }
    #expect(none.jobs == [])
    #expect(
      none.warnings == [
        "13 of 13 settings cannot be chosen to be repeated: validation/map@r is missing in jobs "
          + "0, 1, 2, 3, 4, 5, 6, 7, 8, 9 and 3 more",
        "no setting is left to be repeated",
      ])
    let one = try round(sweep) { $0.index == 4 ? nil : 0.5 }
    #expect(
      one.warnings == [
        "1 of 13 settings cannot be chosen to be repeated: validation/map@r is missing in job 4"
      ])
  }

  @Test func `included and ablated settings compete too, and an axis of seeds is one of seeds`()
    throws
  {
    let sweep = try sweep(
      """
      sweep: {m: [0.1, 0.2], seed: [4, 5]}
      ablate: [{lambda: [0.3]}]
      include: [{m: 0.9}]
      repeat: {best: 4, seeds: 1}

      """)
    let round = try round(sweep) { Double($0.index) }
    #expect(
      rows(round, "loss.margin", "loss.lambda", "seed") == [
        "0.9 0.5 1", "0.2 0.3 1", "0.1 0.3 1", "0.2 0.5 1",
      ])
  }

  private static let realityCheck = """
    protocol: reality_check
    strategy: {random: 3}
    sweep:
      lr: {log_uniform: [0.001, 1]}
      loss: [ranked_list, contrastive]

    """

  @Test func `the reality check repeats the best setting of each loss ten times on all folds`()
    throws
  {
    let sweep = try sweep(Self.realityCheck)
    let round = try round(sweep) { job in job.index == 15 ? 0.9 : Double(job.index) / 100 }
    #expect(round.jobs.count == 2 * 4 * 10)
    let losses = rows(round, "loss.name")
    #expect(losses.prefix(40).allSatisfy { $0 == "ranked_list" })
    #expect(losses.suffix(40).allSatisfy { $0 == "contrastive" })
    let seeds = rows(round, "seed")
    #expect(seeds.prefix(11) == ["1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "1"])
    let rates = rows(round, "optimizer.learning_rate")
    let searched = SweepFixture.values(of: "optimizer.learning_rate", in: sweep)
    #expect(Set(rates.prefix(40)) == [searched[8]])
    #expect(Set(rates.suffix(40)) == [searched[15]])
    #expect(sweep.repetition?.origin == .line(3))
  }

  @Test func `a loss of which nothing is left is said by name`() throws {
    let sweep = try sweep(Self.realityCheck + "repeat: {seeds: 2}\n")
    let round = try round(sweep) { $0.settings["loss.name"] == .text("contrastive") ? nil : 0.5 }
    #expect(round.jobs.count == 8)
    #expect(round.warnings.last == "no setting of contrastive is left to be repeated")
  }

  @Test func `as many jobs as max_jobs allows, repeats counted`() throws {
    let lines = Self.search + "repeat: {best: 2, seeds: 3}\n"
    #expect(try sweep(lines + "max_jobs: 12\n").jobs.count == 6)
    #expect(
      SweepFixture.message(SweepFixture.sweep(lines + "max_jobs: 11\n")) == """
        sweeps/demo.yaml:5:9: the sweep has 6 jobs and 6 repeats, max_jobs is 11
          5 | repeat: {best: 2, seeds: 3}
            |         ^
          allowed: 'max_jobs: 12' in the sweep file allows them; fewer settings or seeds to repeat need no more
        """)
  }

  @Test func `a sweep without repeat has no second round`() throws {
    #expect(try sweep(Self.search).repetition == nil)
    #expect(try sweep(Self.search + "repeat: 2\n").repetition?.best == 2)
  }
}
