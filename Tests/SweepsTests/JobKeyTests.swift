import Sweeps
import Testing

@Suite struct JobKeyTests {
  private static let digests = ["high": "ab"]

  private func job(_ lines: String) throws -> (JobSpec, Objective) {
    let sweep = try SweepFixture.expand("name: demo\nbase:\n  dataset.path: d.h5\n" + lines)
    return (try #require(sweep.jobs.first), sweep.objective)
  }

  private func text(_ lines: String) throws -> String {
    let (job, objective) = try job(lines)
    return JobKey.canonicalText(of: job, dataDigests: Self.digests, objective: objective)
  }

  @Test func `the canonical text of a job with all defaults`() throws {
    #expect(
      try text("") == """
        {"data":{"high":"ab"},"defaults":1,"objective":{"goal":"maximize",\
        "metric":"validation/map@r"},"settings":{}}
        """)
    let (job, objective) = try job("")
    #expect(
      JobKey.hash(of: job, dataDigests: Self.digests, objective: objective)
        == "03aeb1c27113d563a9319bb8bfc37b67771c13739cff60741c0f86b54fb8c551")
  }

  @Test func `the canonical text has what differs from the defaults`() throws {
    #expect(
      try text(
        "  {T: inf, m: 0.30, batch: 30×6, schedule: constant, seed: 3, select: last}\n"
          .replacing("{", with: "").replacing("}", with: "").replacing(", ", with: "\n  ")) == """
          {"data":{"high":"ab"},"defaults":1,"settings":{"batch":"30x6","loss.margin":0.3,\
          "loss.temperature":"inf","schedule":"constant","seed":3,"select":"last"}}
          """)
  }

  @Test(arguments: [
    ("  m: 0.6\n", "sweep: {m: {range: [0.6, 0.6, 0.2]}}\n"),
    ("  T: 10\n", "  T: 10.0\n"), ("  T: 5\n", "  T: 5e0\n"), ("", "  alpha: 1.2\n"),
    ("", "  dataset.levels: high\n"), ("", "  checkpoint.keep: [best]\n"),
    ("", "description: another\n"), ("", "  schedule: cosine\n"),
    ("", "  schedule: {cosine: {}}\n"), ("", "  P: 60\n"), ("", "  batch: {K: 3, P: 60}\n"),
    ("  margin: 0\n", "  m: -0\n"), ("  loss: ranked_list\n", "  loss: {λ: .5}\n"),
    ("  select: last\n", "  select: last\nobjective: validation/recall@1\n"),
    ("  validation: 0\n", "  validation: 0\n  select: last\n"),
  ])
  func `these are one job`(first: String, second: String) throws {
    #expect(try text(first) == text(second))
  }

  @Test(arguments: [
    "  seed: 1\n", "  alpha: 1.3\n", "  steps: 999\n", "  evaluation.every: 49\n",
    "  dataset.validation: 0.3\n", "  dataset.split_seed: 1\n", "  preprocess: [center, l2]\n",
    "  select: last\n", "objective: validation/recall@1\n",
    "objective: {metric: validation/map@r, goal: minimize}\n", "  recall_at: [1]\n",
    "  schedule: {cosine: {floor: 0.1}}\n", "  gradient: exact\n", "  weight_decay: 0\n",
  ])
  func `this is another job than the default one`(lines: String) throws {
    #expect(try text(lines) != text(""))
  }

  @Test func `a range gives the keys of the typed values`() throws {
    let range = try SweepFixture.expand(SweepFixture.sweep("sweep: {m: {range: [0, 1, 0.1]}}\n"))
    let typed = try SweepFixture.expand(
      SweepFixture.sweep("sweep: {m: [0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1]}\n"))
    let keys = [range, typed].map { sweep in
      sweep.jobs.map {
        JobKey.hash(of: $0, dataDigests: Self.digests, objective: sweep.objective)
      }
    }
    #expect(keys[0] == keys[1])
    #expect(Set(keys[0]).count == 11)
  }

  @Test func `the path does not count, the data does`() throws {
    var (job, objective) = try job("")
    let key = JobKey.hash(of: job, dataDigests: Self.digests, objective: objective)
    job.settings["dataset.path"] = .text("/elsewhere/e.h5")
    #expect(JobKey.hash(of: job, dataDigests: Self.digests, objective: objective) == key)
    #expect(JobKey.hash(of: job, dataDigests: ["high": "ac"], objective: objective) != key)
  }

  @Test func `no two settings of a job have one key`() throws {
    let (job, objective) = try job("")
    var keys: Set<String> = []
    let counted = job.settings.keys.filter { name in
      SettingsCatalog.definition(named: name, in: job.settings)?.countsInKey == true
    }
    for name in counted {
      var changed = job
      changed.settings[name] = .text("changed")
      keys.insert(
        JobKey.hash(of: changed, dataDigests: Self.digests, objective: objective))
    }
    #expect(keys.count == counted.count)
    #expect(counted.count >= 30)
  }
}
