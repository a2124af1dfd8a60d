import Foundation
import Store
import TestSupport
import Testing

/// Launchers that are told to stop, or that stand still.
struct SignalTests {
  private static let endless = LimitTests.endless.replacing("resources: {timeout: 5s}", with: "")

  private func startJob(
    _ practice: Practice, afterShell preparation: String? = nil
  ) throws -> (BuiltProgram.Running, JobProcess) {
    let launcher = try practice.startLaunch(workers: 1, afterShell: preparation)
    let job = try #require(
      try JobProcess.withCheckpoint(of: practice, launcher: launcher), "\(launcher.errors)")
    return (launcher, job)
  }

  @Test func `a terminal that closes stops a launch with a checkpoint`() throws {
    let practice = try Practice()
    try practice.write(Self.endless)
    let (launcher, job) = try startJob(practice)
    launcher.send(SIGHUP)
    let ending = try launcher.wait()
    #expect(ending.status == 143, "\(ending.errors)")
    #expect(!job.isAlive)
    #expect(try practice.states() == [.interrupted: 1])
    #expect(try practice.attempts().map { $0.map(\.reason) } == [["stopped"]])
    #expect(practice.runFolders == [job.runFolder])
  }

  @Test func `under nohup a terminal that closes stops nothing`() throws {
    let practice = try Practice()
    try practice.write(Self.endless)
    let (launcher, job) = try startJob(practice, afterShell: "trap '' HUP")
    launcher.send(SIGHUP)
    launcher.send(SIGTERM)
    let ending = try launcher.wait()
    #expect(ending.status == 143)
    #expect(ending.errors.contains("Stopping: "))
    job.waitUntilGone()
    #expect(try practice.states() == [.interrupted: 1])
  }

  @Test func `a second interrupt ends a job that does not stop`() throws {
    let practice = try Practice()
    try practice.write(Self.endless)
    let (launcher, job) = try startJob(practice)
    // It cannot react, whatever it is told.
    kill(job.processID, SIGSTOP)
    launcher.send(SIGINT)
    #expect(
      launcher.waitForErrors(
        containing: "Stopping: running jobs are asked to end. Ctrl-C again ends them at once."))
    launcher.send(SIGINT)
    #expect(try launcher.wait().status == 130)
    #expect(!job.isAlive)
    #expect(try practice.states() == [.interrupted: 1])
  }

  /// One that stands still while it writes keeps the store locked, and others end with 75.
  private func stopBetweenTransactions(
    _ launcher: BuiltProgram.Running, of practice: Practice
  ) {
    while true {
      launcher.send(SIGSTOP)
      do {
        return try practice.sqlite("BEGIN IMMEDIATE; ROLLBACK")
      } catch {
        launcher.send(SIGCONT)
      }
    }
  }

  @Test func `a launcher that stands still is alive, and what it runs is not run twice`() throws {
    let practice = try Practice()
    try practice.write(Practice.sweep.replacing("steps: 40", with: "steps: 4000"))
    let launcher = try practice.startLaunch(workers: 1)
    #expect(launcher.waitForErrors(containing: "[1/"), "\(launcher.errors)")
    stopBetweenTransactions(launcher, of: practice)
    let second = try practice.startLaunch(workers: 1)
    #expect(second.waitForErrors(containing: " to run with 1 worker"), "\(second.errors)")
    #expect(try practice.states()[.interrupted] == nil)
    launcher.send(SIGCONT)
    let endings = [try launcher.wait(), try second.wait()]
    #expect(endings.map(\.status) == [0, 0], "\(endings.map(\.errors))")
    #expect(try practice.states() == [.completed: 8])
    #expect(try practice.attempts().allSatisfy { $0.count == 1 })
  }

  @Test func `two launches of one sweep at once run each job once, and both end well`() throws {
    let practice = try Practice()
    try practice.write(Practice.sweep.replacing("steps: 40", with: "steps: 400"))
    let launchers = try (0..<2).map { _ in
      try practice.startLaunch(workers: 2, "--json")
    }
    let endings = try launchers.map { try $0.wait() }
    #expect(endings.map(\.status) == [0, 0], "\(endings.map(\.errors))")
    func sum(_ name: String) throws -> Int {
      try endings.reduce(0) { total, ending in
        let match = try #require(ending.output.firstMatch(of: try Regex("\"\(name)\": (\\d+)")))
        return total + (match.output[1].substring.flatMap { Int($0) } ?? 0)
      }
    }
    #expect(try sum("total") == 16)
    #expect(try sum("completed") == 8)
    #expect(try sum("skipped") == 8)
    #expect(try practice.attempts().map(\.count) == [Int](repeating: 1, count: 8))
  }

  @Test func `status watches until nothing runs any more`() throws {
    let practice = try Practice()
    try practice.write(Practice.sweep.replacing("steps: 40", with: "steps: 1000"))
    let launcher = try practice.startLaunch()
    #expect(launcher.waitForErrors(containing: " to run with "), "\(launcher.errors)")
    let watch = try practice.sweep(
      "status", "--watch", "--format", "jsonl", "--store", practice.storePath)
    #expect(watch.status == 0, "\(watch.errors)")
    let lines = watch.output.split(separator: "\n")
    #expect(lines.count > 1)
    #expect(lines.last?.contains("\"completed\":8") == true, "\(watch.output)")
    #expect(try launcher.wait().status == 0)
    let after = try practice.sweep("status", "--watch", "--store", practice.storePath)
    #expect(after.status == 0)
  }
}
