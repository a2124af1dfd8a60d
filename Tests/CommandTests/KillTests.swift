import Foundation
import Store
import TestSupport
import Testing

/// What is left after somebody pulled the plug.
struct KillTests {
  private static let slowSweep = Practice.sweep.replacing("steps: 40", with: "steps: 4000")
    .replacing("every: 10", with: "every: 1000").replacing("8x3", with: "16x3")

  private func undisturbed() throws -> [String: RunBits] {
    let practice = try Practice()
    try practice.write(Self.slowSweep)
    #expect(try practice.launch().status == 0)
    return try practice.bits()
  }

  private func start(_ practice: Practice) throws -> BuiltProgram.Running {
    try BuiltProgram.sweep.start(
      ["launch", "practice.yaml", "--store", practice.storePath, "--workers", "2"],
      in: practice.folder.path)
  }

  private func children(of process: Int32) throws -> [Int32] {
    try FileManager.default.contentsOfDirectory(atPath: "/proc").compactMap { Int32($0) }.filter {
      // The parent is the second word after the name, which may itself hold spaces. A process
      // that ended meanwhile has no such file.
      let status = try? String(contentsOfFile: "/proc/\($0)/stat", encoding: .utf8)
      let words = status?.split(separator: ")").last?.split(separator: " ")
      return words.map { $0.count > 1 && $0[1] == String(process) } ?? false
    }
  }

  @Test func `after the launcher is killed nothing is running and the next launch finishes`()
    throws
  {
    let practice = try Practice()
    try practice.write(Self.slowSweep)
    for finished in [1, 3] {
      let launcher = try start(practice)
      #expect(launcher.waitForErrors(containing: "[\(finished)/"), "\(launcher.errors)")
      launcher.send(SIGKILL)
      #expect(try launcher.wait().status == 128 + SIGKILL)
      #expect(try practice.states()[.running] == nil)
    }
    let ending = try practice.launch("--json")
    #expect(ending.status == 0, "\(ending.errors)")
    #expect(try practice.states() == [.completed: 8])
    #expect(try practice.bits() == undisturbed())
    #expect(!FileManager.default.fileExists(atPath: practice.folder.file("store.runs")))
  }

  @Test func `a job that is killed is interrupted and runs again`() throws {
    let practice = try Practice()
    try practice.write(Self.slowSweep)
    let launcher = try start(practice)
    // The first job is seen while it starts, long before its last step.
    var killed: Int32?
    while killed == nil { killed = try children(of: launcher.processID).first }
    if let killed { kill(killed, SIGKILL) }
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
    let launcher = try start(practice)
    #expect(launcher.waitForErrors(containing: "[1/"), "\(launcher.errors)")
    launcher.send(signal)
    let ending = try launcher.wait()
    #expect(ending.status == status, "\(ending.errors)")
    #expect(ending.errors.contains("; launch again to run what is left"))
    let states = try practice.states()
    #expect(states[.running] == nil && states[.failed] == nil)
    #expect(try practice.launch().status == 0)
    #expect(try practice.states() == [.completed: 8])
  }
}
