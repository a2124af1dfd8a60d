import Foundation
import Store
import Sweeps
import TestSupport
import Testing

/// Stopping runs from another terminal, and running them again.
struct CancelTests {
  private func cancel(_ name: String, in practice: Practice) throws -> BuiltProgram.Ending {
    try practice.sweep("cancel", name, "--store", practice.storePath)
  }

  /// Several jobs that no test waits for.
  private static let endless =
    LimitTests.endless.replacing("resources: {timeout: 5s}", with: "")
    + "\nseeds: 3\n"

  @Test func `a sweep is cancelled from another process, and retried without its file`() throws {
    let practice = try Practice()
    try practice.write(Self.endless)
    let launcher = try practice.startLaunch(workers: 1, "--set", "embedding=4")
    let job = try #require(
      try JobProcess.withCheckpoint(of: practice, launcher: launcher), "\(launcher.errors)")
    let ending = try cancel("practice", in: practice)
    #expect(ending.status == 0)
    #expect(ending.errors == "2 runs cancelled, 1 running job asked to stop\n")
    let clock = ContinuousClock()
    let time = clock.measure { job.waitUntilGone() }
    print("a cancelled job was gone after \(time)")
    let launched = try launcher.wait()
    #expect(launched.status == 0, "\(launched.errors)")
    #expect(
      launched.errors.contains(
        "warning: 3 jobs of the sweep are cancelled; rll-sweep retry practice runs them\n"),
      "\(launched.errors)")
    #expect(try practice.states() == [.cancelled: 3])
    let skipped = try practice.launch("--set", "embedding=4", "--json")
    #expect(skipped.status == 0)
    #expect(skipped.output.contains("\"skipped\": 3"))

    try FileManager.default.removeItem(atPath: practice.folder.file("practice.yaml"))
    let elsewhere = try TemporaryFolder()
    let retried = try BuiltProgram.sweep.start(
      ["retry", "practice", "--store", practice.storePath, "--workers", "1"], in: elsewhere.path)
    _ = try JobProcess.withCheckpoint(of: practice, launcher: retried)
    #expect(try practice.states() == [.running: 1, .pending: 2])
    #expect(try practice.embeddings() == [4, 4, 4], "the command line of the launch still holds")
    _ = try cancel("latest", in: practice)
    #expect(try retried.wait().status == 0)
    #expect(try practice.states() == [.cancelled: 3])
  }

  @Test func `one run is cancelled and the others go on`() throws {
    let practice = try Practice()
    try practice.write(Self.endless)
    let launcher = try practice.startLaunch(workers: 2)
    let job = try #require(
      try JobProcess.withCheckpoint(of: practice, launcher: launcher), "\(launcher.errors)")
    let id = String(job.runFolder.suffix(16))
    let ending = try cancel(String(id.prefix(8)), in: practice)
    #expect(ending.errors == "1 running job asked to stop\n")
    job.waitUntilGone()
    #expect(launcher.waitForErrors(containing: "cancelled \(id.prefix(8))"), "\(launcher.errors)")
    let store = try ExperimentStore(path: practice.storePath, access: .read)
    let run = try #require(try store.runs(.runs([id])).first)
    try store.close()
    #expect(run.state == .cancelled)
    #expect(
      try practice.attempts().flatMap(\.self).first { $0.reason == "cancelled" }?.message?
        .contains(/cancelled at step \d+ of 100000000/) == true)
    launcher.send(SIGINT)
    #expect(try launcher.wait().status == 130)
    #expect(try practice.states()[.cancelled] == 1)
    #expect(try practice.states()[.completed] == nil)
    #expect(
      try cancel(id, in: practice).errors == "nothing to cancel: no run waits or runs\n")
  }

  @Test func `what is unknown is said with what there is`() throws {
    let practice = try Practice()
    try practice.write()
    #expect(try practice.launch("--set", "steps=5").status == 0)
    let ending = try cancel("nothing", in: practice)
    #expect(ending.status == 64)
    #expect(
      ending.errors == """
        error: there is no sweep and no run 'nothing'. The newest sweeps are practice; a name is \
        exact, 'latest', or four letters or more of an id

        """)
  }

  @Test func `data that has changed is missed before a retry`() throws {
    let practice = try Practice()
    try practice.write(
      Practice.sweep.replacing("m: [0.2, 0.4]", with: "learning_rate: [1e30, 1e31]"))
    #expect(try practice.launch().status == 1)
    let other = try Practice(dimension: 24)
    let file = practice.folder.file("features.h5")
    try FileManager.default.removeItem(atPath: file)
    try FileManager.default.copyItem(atPath: other.folder.file("features.h5"), toPath: file)
    let retried = try practice.retry()
    #expect(retried.status == 65)
    #expect(
      retried.errors == """
        error: \(file): high: this is no longer the content that the jobs of practice were planned \
        with. Put the file back, or launch the sweep file again to use the new content.

        """)
    #expect(try practice.states() == [.failed: 8])
  }
}

extension Practice {
  /// The setting `model.embedding` of every run.
  fileprivate func embeddings() throws -> [Int?] {
    let store = try ExperimentStore(path: storePath, access: .read)
    defer { try? store.close() }
    return try store.runs().map { $0.settings["model.embedding"]?.integer }
  }
}
