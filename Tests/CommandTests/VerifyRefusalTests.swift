import Datasets
import Foundation
import Store
import Sweeps
import TestSupport
import Testing

/// Runs that `verify` does not do again, and why.
struct VerifyRefusalTests {
  @Test func `data that moved is found by its content`() throws {
    let practice = try Practice.launched()
    let run = try practice.runs()[0]
    let digest = try practice.withStore {
      try $0.runs()[0].dataDigests["high"]?.prefix(12) ?? ""
    }
    let recorded = practice.folder.file("features.h5")
    try FileManager.default.moveItem(atPath: recorded, toPath: practice.folder.file("moved.h5"))
    let missing = try practice.verify(run)
    #expect(missing.status == 65)
    #expect(missing.output.isEmpty)
    #expect(
      missing.errors == """
        error: the data of run \(run) was not found: level high with the digest \(digest)…
          \(recorded): no such file. Check the path; relative paths start at the sweep file or the \
        current folder.
        Name the file that holds it with --data FILE

        """)
    let found = try practice.verify(run, "--data", "nowhere.h5", "moved.h5")
    #expect(found.status == 0, "\(found.errors)")

    let other = try Practice(classes: (train: 21, test: 10))
    try FileManager.default.copyItem(
      atPath: other.folder.file("features.h5"), toPath: recorded)
    let otherDigest = try DataDigest(
      of: FeatureFile(path: recorded).levels[0], in: FeatureFile(path: recorded)
    ).description.prefix(12)
    let changed = try practice.verify(run)
    #expect(changed.status == 65)
    #expect(
      changed.errors == """
        error: the data of run \(run) was not found: level high with the digest \(digest)…
          \(recorded): level high has the digest \(otherDigest)…
        Name the file that holds it with --data FILE

        """)
    #expect(try practice.verify(run, "--data", "moved.h5").status == 0)
  }

  @Test func `a run that is not completed is refused, and --all leaves it out`() throws {
    let practice = try Practice.launched()
    let runs = try practice.runs()
    try practice.sqlite("UPDATE run SET state = 'interrupted' WHERE id = '\(runs[0])'")
    let refused = try practice.verify(runs[1], runs[0])
    #expect(refused.status == 64)
    #expect(refused.output.isEmpty)
    #expect(
      refused.errors == """
        error: the run \(runs[0]) is interrupted, and only a completed run has results to compare. \
        Launch practice again to complete it

        """)
    let all = try practice.verify("--all", "practice", "--json")
    #expect(all.status == 0)
    #expect(all.errors.hasPrefix("practice: 1 of 1 completed run; 1 not completed\n"))
    #expect(try Practice.objects(all).map { $0["run_id"] as? String } == [runs[1]])
    try practice.sqlite("UPDATE run SET state = 'interrupted'; DELETE FROM metricPoint")
    let none = try practice.verify("--all", "practice")
    #expect(none.status == 64)
    #expect(none.errors == "error: none of the 2 runs of practice is completed\n")
  }

  @Test(arguments: [
    ([], "error: name runs, or a sweep with --all\n"),
    (["latest", "--all", "demo"], "error: name runs, or a sweep with --all\n"),
    (["--all", "a", "--workers", "0"], "error: --workers is 0; give a whole number from 1\n"),
    (["--all", "a", "--sample", "0"], "error: --sample is 0; give a whole number from 1\n"),
    (
      ["latest", "--sample", "3"],
      "error: --sample draws from the runs of --all; name a sweep with it\n"
    ),
  ])
  func `wrong usage`(arguments: [String], start: String) throws {
    let folder = try TemporaryFolder()
    let ending = try BuiltProgram.sweep.run(["verify"] + arguments, in: folder.path)
    #expect(ending.status == 64)
    #expect(ending.errors.hasPrefix(start), "\(ending.errors)")
  }

  @Test func `a run that there is not`() throws {
    let practice = try Practice.launched(options: ["--set", "steps=2"])
    let newest = try practice.withStore { try $0.runs().map(\.id).reversed() }
    let ending = try practice.verify("ffffffffffff")
    #expect(ending.status == 64)
    #expect(
      ending.errors == """
        error: there is no run 'ffffffffffff'. The newest are \(newest.joined(separator: ", ")); a \
        name is exact, 'latest', or four letters or more of an id

        """)
  }

  @Test func `Ctrl-C stops it`() throws {
    let practice = try Practice.launched(
      Practice.shortSweep.replacing("steps: 30", with: "steps: 3000").replacing(
        "every: 10", with: "every: 1000"))
    let running = try BuiltProgram.sweep.start(
      ["verify", "--store", practice.storePath, "--all", "practice"], in: practice.folder.path)
    #expect(running.waitForErrors(containing: "completed runs"))
    running.send(SIGINT)
    let ending = try running.wait()
    #expect(ending.status == 130)
    #expect(ending.output.isEmpty)
  }
}
