import Foundation
import Store
import TestSupport
import Testing

struct LaunchTests {
  @Test func `a sweep runs once and is skipped the second time`() throws {
    let practice = try Practice()
    try practice.write()
    let first = try practice.launch("--json")
    #expect(first.status == 0, "\(first.errors)")
    #expect(first.output.contains("\"completed\": 8"))
    let second = try practice.launch("--json")
    #expect(second.status == 0)
    #expect(second.output.contains("\"completed\": 0"))
    #expect(second.output.contains("\"skipped\": 8"))
    #expect(try practice.states() == [.completed: 8])
    #expect(!FileManager.default.fileExists(atPath: practice.folder.file("store.runs")))
  }

  @Test func `one worker, two workers and reversed order give the same bits`() throws {
    let reversed = Practice.sweep
      .replacing("[1.2, 1.4]", with: "[1.4, 1.2]").replacing("[0.2, 0.4]", with: "[0.4, 0.2]")
      .replacing("seeds: 2", with: "seeds: [1, 0]")
    var all: [[String: RunBits]] = []
    for (text, workers) in [(Practice.sweep, "1"), (Practice.sweep, "2"), (reversed, "2")] {
      let practice = try Practice()
      try practice.write(text)
      let ending = try practice.launch("--workers", workers)
      #expect(ending.status == 0, "\(ending.errors)")
      all.append(try practice.bits())
    }
    #expect(all[0].count == 8)
    #expect(all[0].values.allSatisfy { $0.history.count > 20 && $0.weights.count == 2 })
    #expect(Set(all[0].values).count == 8, "jobs of different settings differ")
    #expect(all[0] == all[1])
    #expect(all[0] == all[2])
  }

  @Test func `proxies, hidden layers, dropout and Adam give the same bits with any workers`() throws
  {
    let text = Practice.sweep
      .replacing(
        "  steps: 40",
        with: """
            loss: proxy_anchor
            model: {hidden: [12], batch_normalization: true, dropout: 0.2}
            optimizer: {name: adamw, learning_rate: 0.003}
            schedule: {cosine: {floor: 0.1}, warmup: 5}
            steps: 40
          """
      )
      .replacing("alpha: [1.2, 1.4]", with: "hidden: [[12], [12, 10]]")
      .replacing("m: [0.2, 0.4]", with: "loss.margin: [0.1, 0.2]")
    var all: [[String: RunBits]] = []
    for workers in ["1", "2"] {
      let practice = try Practice()
      try practice.write(text)
      let ending = try practice.launch("--workers", workers)
      #expect(ending.status == 0, "\(ending.errors)")
      all.append(try practice.bits())
    }
    #expect(all[0].count == 8 && Set(all[0].values).count == 8)
    #expect(all[0] == all[1])
  }

  @Test func `a job that fails is recorded with its reason and the others go on`() throws {
    let practice = try Practice()
    try practice.write(
      Practice.sweep.replacing("m: [0.2, 0.4]", with: "learning_rate: [0.1, 1e30]"))
    let ending = try practice.launch()
    #expect(ending.status == 1)
    #expect(ending.errors.contains("training diverged: the loss is not finite at step"))
    #expect(try practice.states() == [.completed: 4, .failed: 4])

    let again = try practice.launch()
    #expect(again.status == 1, "the sweep is still not whole")
    #expect(
      again.errors.contains(
        "4 jobs failed in an earlier launch and did not run again; --retry-failed runs them"))
    #expect(try practice.states() == [.completed: 4, .failed: 4])
    let retried = try practice.launch("--retry-failed", "--json")
    #expect(retried.output.contains("\"failed\": 4"))
    let store = try ExperimentStore(path: practice.storePath, access: .read)
    let failed = try #require(try store.runs().first { $0.state == .failed })
    #expect(failed.attempts == 2)
    #expect(failed.error?.hasPrefix("training diverged") == true)
    #expect(
      try store.detail(of: failed.id).environment["numerics_identity"]?.contains("OpenBLAS") == true
    )
    try store.close()
  }

  @Test func `a fresh launch makes second runs and keeps the first`() throws {
    let practice = try Practice()
    try practice.write()
    #expect(try practice.launch().status == 0)
    let first = try practice.bits()
    #expect(try practice.launch("--fresh").status == 0)
    #expect(try practice.states() == [.completed: 16])
    #expect(try practice.bits() == first)
  }

  @Test func `an override is one setting for all jobs and makes other jobs`() throws {
    let practice = try Practice()
    try practice.write()
    #expect(try practice.launch("--set", "steps=20").status == 0)
    #expect(try practice.launch().status == 0)
    #expect(try practice.states() == [.completed: 16])
  }

  @Test func `every run names the commit it was computed with, and what the launcher did`() throws {
    let practice = try Practice()
    try practice.write()
    let ending = try practice.launch("--verbose", "--set", "steps=10")
    #expect(ending.status == 0)
    #expect(ending.errors.components(separatedBy: "taken in as completed").count == 9)
    let commits = try BuiltProgram.report.run(
      [
        "sql", "--store", practice.storePath, "--format", "csv",
        "SELECT count(*) FROM environments WHERE name = 'program_commit' AND length(value) >= 7",
      ], in: practice.folder.path)
    #expect(commits.output == "count(*)\n8\n", "\(commits.output)\(commits.errors)")
  }

  @Test(arguments: [
    (["--detach"], "error: --detach needs --executor slurm\n"),
    (["--slurm-profile", "p.yaml"], "error: --slurm-profile needs --executor slurm\n"),
  ])
  func `what only Slurm has is refused without it`(arguments: [String], start: String) throws {
    let folder = try TemporaryFolder()
    let ending = try BuiltProgram.sweep.run(["launch", "a.yaml"] + arguments, in: folder.path)
    #expect(ending.status == 64)
    #expect(ending.errors.hasPrefix(start), "\(ending.errors)")
  }

  @Test func `a job starts from the weights of a stored run, and they are part of its key`()
    throws
  {
    let practice = try Practice()
    try practice.write()
    #expect(try practice.launch().status == 0)
    let bits = try practice.bits()
    let store = try ExperimentStore(path: practice.storePath, access: .read)
    let runs = try store.runs()
    try store.close()
    try practice.write(
      Practice.sweep.replacing("name: practice", with: "name: further")
        .replacing("  steps: 40", with: "  initial: \(runs[0].id.prefix(6))\n  steps: 40"),
      to: "further.yaml")
    let ending = try practice.sweep("launch", "further.yaml", "--store", practice.storePath)
    #expect(ending.status == 0, "\(ending.errors)")
    #expect(try practice.states() == [.completed: 16])
    #expect(try practice.bits().count == 16)
    #expect(try Set(practice.bits().values).isStrictSuperset(of: bits.values))
    let unknown = try practice.sweep(
      "launch", "further.yaml", "--store", practice.storePath, "--set", "initial=ffffffff")
    #expect(unknown.status == 64)
    #expect(unknown.errors.contains("ffffffff"))
  }
}
