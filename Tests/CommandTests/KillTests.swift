import Foundation
import Store
import TestSupport
import Testing

/// What is left after somebody pulled the plug.
///
/// `RLL_KILL_SEED` repeats the draws of a run, `RLL_TORTURE_KILLS` asks for a longer one.
struct KillTests {
  private static let environment = ProcessInfo.processInfo.environment
  private static let tortureKills = environment["RLL_TORTURE_KILLS"].flatMap { Int($0) }
  private static let seed =
    environment["RLL_KILL_SEED"].flatMap { UInt64($0) } ?? UInt64.random(in: 0 ... .max)

  private static let slowSweep = Practice.sweep.replacing("steps: 40", with: "steps: 4000")
    .replacing("every: 10", with: "every: 1000").replacing("8x3", with: "16x3")

  @Test func `a sweep whose processes are killed 200 times ends in the same bits`() throws {
    var campaign = KillCampaign(kills: 200, seed: Self.seed)
    #expect(try campaign.run() >= 200)
  }

  @Test(.enabled(if: tortureKills != nil))
  func `a sweep whose processes are killed as often as asked ends in the same bits`() throws {
    let kills = try #require(Self.tortureKills)
    var campaign = KillCampaign(kills: kills, seed: Self.seed &+ 1)
    #expect(try campaign.run() >= kills)
  }

  /// Who is killed, and with which command somebody looks.
  private static let looks: [(isJobKilled: Bool, command: [String], shown: String)] = [
    (false, ["status"], "\"interrupted\": 1,"), (true, ["status"], "\"interrupted\": 1,"),
    (false, ["runs"], "\"state\": \"interrupted\""),
    (true, ["runs"], "\"state\": \"interrupted\""),
  ]

  @Test(arguments: looks.indices)
  func `a dead run is shown as such by the next command`(index: Int) throws {
    let (isJobKilled, command, shown) = Self.looks[index]
    let practice = try Practice()
    try practice.write(
      Self.slowSweep.replacing("[1.2, 1.4]", with: "[1.2]").replacing("[0.2, 0.4]", with: "[0.2]")
        .replacing("seeds: 2", with: "seeds: 1").replacing("every: 1000", with: "every: 100"))
    let launcher = try practice.startLaunch()
    let job = try #require(
      try JobProcess.withCheckpoint(of: practice, launcher: launcher), "\(launcher.errors)")
    let clock = ContinuousClock()
    let start = clock.now
    launcher.send(SIGKILL)
    if isJobKilled { #expect(job.killAlive()) }
    #expect(try launcher.wait().status == 128 + SIGKILL)
    let program = command == ["status"] ? BuiltProgram.sweep : .report
    let ending = try program.run(
      command + ["--json", "--store", practice.storePath], in: practice.folder.path)
    print("\(command[0]) ended \(clock.now - start) after the kill, launch and command included")
    #expect(ending.output.contains(shown), "\(ending.output)\(ending.errors)")
    #expect(!ending.output.contains("\"running\": 1"), "\(ending.output)")
    #expect(try practice.launch().status == 0)
    #expect(try practice.states() == [.completed: 1])
  }

  @Test func `a job that is killed is interrupted, and the others go on`() throws {
    let practice = try Practice()
    try practice.write(Self.slowSweep)
    let launcher = try practice.startLaunch()
    // The first job is seen while it starts, long before its last step.
    var isKilled = false
    while !isKilled { isKilled = try JobProcess.all(of: practice).first?.killAlive() ?? false }
    let ending = try launcher.wait()
    #expect(ending.status == 1)
    #expect(ending.errors.contains("1 interrupted"))
    #expect(try practice.states() == [.completed: 7, .interrupted: 1])
    #expect(try practice.launch().status == 0)
    #expect(try practice.states() == [.completed: 8])
  }

  @Test(arguments: [(SIGINT, Int32(130)), (SIGTERM, Int32(143))])
  func `an interrupt ends jobs, says so in the exit code and leaves a sweep to continue`(
    signal: Int32, status: Int32
  ) throws {
    let practice = try Practice()
    try practice.write(Self.slowSweep)
    let launcher = try practice.startLaunch()
    _ = try #require(
      try JobProcess.withCheckpoint(of: practice, launcher: launcher), "\(launcher.errors)")
    launcher.send(signal)
    let ending = try launcher.wait()
    #expect(ending.status == status, "\(ending.errors)")
    #expect(ending.errors.contains("; launch again to run what is left"))
    let states = try practice.states()
    #expect(states[.running] == nil && states[.failed] == nil)
    // The one with a checkpoint was in the middle; others may not have begun to listen.
    let messages = try practice.attempts().flatMap { $0 }.compactMap(\.message)
    #expect(
      messages.contains { $0.hasPrefix("training was stopped after step ") }, "\(messages)")
    #expect(try practice.launch().status == 0)
    #expect(try practice.states() == [.completed: 8])
  }
}
