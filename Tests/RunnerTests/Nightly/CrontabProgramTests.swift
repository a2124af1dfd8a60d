import Foundation
import Runner
import TestSupport
import Testing

/// A program `crontab` that does not do what it should.
struct CrontabProgramTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private var path: String { folder.file("crontab") }

  private func program(
    _ script: String, patience: Duration = .seconds(60), home: String? = nil
  ) throws -> CrontabProgram {
    try folder.write("#!/bin/sh\n\(script)\n", to: "crontab")
    try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: path)
    return try CrontabProgram(
      environment: ["PATH": "/nonexistent:\(folder.path)", "HOME": home ?? folder.path],
      patience: patience)
  }

  /// An orphan is a zombie until the first process of the host has seen to it.
  private static func isAlive(_ id: Int32) -> Bool {
    let status = FileManager.default.contents(atPath: "/proc/\(id)/stat") ?? Data()
    return !status.isEmpty && !String(decoding: status, as: UTF8.self).contains(") Z ")
  }

  @Test func `one that hangs is ended with what it has started, and that is said`() async throws {
    let children = folder.file("children")
    let program = try program(
      "sh -c 'trap \"\" TERM; exec sleep 600' & echo $$ $! > '\(children)'; wait",
      patience: .milliseconds(300))
    let read = await #expect(throws: RunnerError.self) { try await program.read() }
    #expect(read?.code == .program)
    #expect(
      read?.description
        == "\(path) -l failed: it was ended after 0.3 seconds, in which it did not answer. The "
        + "crontab is as it was")
    let ids = try String(contentsOfFile: children, encoding: .utf8)
      .split(whereSeparator: \.isWhitespace).compactMap { Int32($0) }
    #expect(ids.count == 2)
    // A kill takes effect when the system comes to it.
    let deadline = ContinuousClock.now + .seconds(60)
    while ids.contains(where: Self.isAlive), ContinuousClock.now < deadline {
      try await Task.sleep(for: .milliseconds(10))
    }
    #expect(!ids.contains(where: Self.isAlive), "\(ids)")
    let write = await #expect(throws: RunnerError.self) {
      try await program.write(Crontab(Data("# a line\n".utf8)))
    }
    #expect(
      write?.description
        == "\(path) - failed: it was ended after 0.3 seconds, in which it did not answer. See with "
        + "crontab -l whether it has changed anything")
  }

  @Test func `one that the system cannot run is said`() async throws {
    let program = try program("exit 0")
    try folder.write("#!/nonexistent/sh\n", to: "crontab")
    try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: path)
    let error = await #expect(throws: RunnerError.self) { try await program.read() }
    #expect(error?.code == .program)
    #expect(error?.description.hasPrefix("\(path) -l failed: ") == true)
    #expect(error?.description.hasSuffix(". The crontab is as it was") == true)
  }

  @Test func `it is not changed while another process does`() async throws {
    let program = try program(
      "echo called >> '\(folder.file("calls"))'", patience: .milliseconds(50))
    let home = open(folder.path, O_RDONLY | O_DIRECTORY)
    defer { close(home) }
    #expect(flock(home, LOCK_EX) == 0)
    let error = await #expect(throws: RunnerError.self) { try await program.change { _ in } }
    #expect(error?.code == .held)
    #expect(
      error?.description
        == "another process has held the lock of the folder \(folder.path) for 0.05 seconds, as "
        + "rll-sweep nightly install and uninstall do while they change the crontab. The crontab is "
        + "as it was; try again when that process has ended")
    #expect(!FileManager.default.fileExists(atPath: folder.file("calls")))
    #expect(flock(home, LOCK_UN) == 0)
    let patient = try self.program("exit 0")
    try await patient.change { _ in #expect(flock(home, LOCK_EX | LOCK_NB) != 0) }
    #expect(flock(home, LOCK_EX | LOCK_NB) == 0, "it is let go of")
  }

  @Test(arguments: ["/nonexistent/home", "relative", ""])
  func `without a home folder it is changed all the same`(home: String) async throws {
    let file = folder.file("tester")
    let program = try program("[ \"$1\" = -l ] || cat > '\(file)'", home: home)
    try await program.change { $0 = Crontab(Data("# a line\n".utf8)) }
    #expect(try String(contentsOfFile: file, encoding: .utf8) == "# a line\n")
  }

  @Test func `a missing one is a program that failed`() {
    let error = #expect(throws: RunnerError.self) {
      try CrontabProgram(environment: ["PATH": folder.path])
    }
    #expect(error?.code == .program)
    #expect(
      error?.description
        == "there is no program crontab in \(folder.path). Install Debian's package cron (apt "
        + "install cron), or use --systemd")
  }
}
