import Foundation
import Store
import TestSupport
import Testing

/// Nights that do not come to their end, or must not begin.
struct NightlyStopTests {
  /// A night of which a job is at work and has written a checkpoint.
  private func started(
    _ nightly: Nightly, _ arguments: String...
  ) throws -> (night: BuiltProgram.Running, job: JobProcess) {
    let night = try BuiltProgram.sweep.start(
      ["nightly", "practice.yaml", "--store", nightly.practice.storePath] + arguments,
      in: nightly.practice.folder.path)
    let job = try #require(
      try JobProcess.withCheckpoint(of: nightly.practice, launcher: night), "\(night.errors)")
    return (night, job)
  }

  @Test func `two nights of one sweep and store do not run at once`() throws {
    let nightly = try Nightly(Nightly.endless)
    let (night, _) = try started(nightly)
    let second = try nightly.night("--log", "log", "--reports", "elsewhere")
    #expect(second.status == 75)
    #expect(second.output == "")
    let message =
      "a nightly of the sweep 'practice' is under way (process \(night.processID) on "
      + "\(Nightly.host) since "
    #expect(second.errors.hasPrefix("error: \(message)20"), "\(second.errors)")
    #expect(
      second.errors.hasSuffix(
        "Z) and holds \(nightly.reports)/lock. Nothing was run; try again when it has ended\n"))
    #expect(try nightly.text("log").contains("(exit code 75)\n"))
    // Another sweep has a lock of its own.
    try nightly.practice.write(
      Nightly.sweep.replacing("name: practice", with: "name: other"), to: "other.yaml")
    let other = try nightly.practice.sweep(
      "nightly", "other.yaml", "--store", nightly.practice.storePath)
    #expect(other.status == 3, "\(other.errors)")
    night.send(SIGKILL)
    _ = try night.wait()
  }

  @Test func `after a nightly was killed the next one goes on and judges`() throws {
    let nightly = try Nightly(Nightly.sweep.replacing("steps: 40", with: "steps: 4000"))
    let (night, job) = try started(nightly, "--workers", "1")
    night.send(SIGKILL)
    #expect(try night.wait().status == 137)
    job.waitUntilGone()
    try nightly.write(Nightly.sweep)
    let next = try nightly.night()
    #expect(next.status == 3, "\(next.errors)")
    #expect(next.output.hasPrefix("cannot judge: practice on "))
    #expect(try nightly.verdicts() == ["cannot_judge"], "what was killed is no night")
    #expect(try nightly.practice.check().status == 0)
  }

  @Test func `a night that is told to end says so and is not judged`() throws {
    let nightly = try Nightly(Nightly.endless)
    let (night, job) = try started(nightly, "--heartbeat", "beat", "--workers", "1")
    night.send(SIGTERM)
    let ending = try night.wait()
    #expect(ending.status == 143)
    #expect(ending.output == "")
    #expect(
      ending.errors
        == "error: the night of practice was stopped by a signal with 0 of 8 jobs done and was not "
        + "judged. The next one goes on with what is left\n")
    #expect(!job.isAlive)
    #expect(try nightly.practice.states() == [.interrupted: 1, .pending: 7])
    #expect(try nightly.verdicts() == [])
    #expect(!FileManager.default.fileExists(atPath: nightly.file("beat")))
  }

  @Test func `a night whose time is over stops with checkpoints and cannot be judged`() throws {
    let nightly = try Nightly(Nightly.endless)
    let ending = try nightly.night("--time-limit", "3s", "--workers", "1")
    #expect(ending.status == 3, "\(ending.errors)")
    #expect(ending.errors == "")
    #expect(
      ending.output.contains(
        "the time limit of 3 s was over with 8 of 8 jobs left; the next night, or rll-sweep retry "
          + "practice --store \(nightly.practice.storePath), goes on with them; with a "
          + "longer --time-limit nights come to their end.\n"),
      "\(ending.output)")
    #expect(try nightly.practice.states() == [.interrupted: 1, .pending: 7])
    #expect(try nightly.verdicts() == ["cannot_judge"])
  }

  @Test(arguments: [false, true])
  func `what such a night says can be pasted, and brings it to its end`(
    hasOlderRuns: Bool
  ) throws {
    let nightly = try Nightly(Nightly.sweep.replacing("steps: 40", with: "steps: 4000"))
    // What an older launch has done is not what this night was to do.
    if hasOlderRuns { #expect(try nightly.practice.launch("--quiet").status == 0) }
    let ending = try nightly.night("--time-limit", "1s", "--workers", "1")
    #expect(ending.status == 3, "\(ending.errors)")
    let said = try #require(
      ending.output.firstMatch(of: /to go on with them and judge again: (.+)\n/), "\(ending.output)"
    )
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/bin/sh")
    process.arguments = ["-c", String(said.output.1)]
    process.environment = ["PATH": "\(try BuiltProgram.folder):/usr/bin:/bin"]
    process.currentDirectoryURL = URL(fileURLWithPath: "/")
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    try process.run()
    process.waitUntilExit()
    #expect(process.terminationStatus == 3, "it has no baseline yet")
    #expect(try nightly.practice.states() == [.completed: hasOlderRuns ? 16 : 8])
    #expect(try nightly.verdicts() == ["cannot_judge", "cannot_judge"])
  }
}
