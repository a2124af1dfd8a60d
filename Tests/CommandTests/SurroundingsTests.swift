import Foundation
import Store
import TestSupport
import Testing

/// Files, disks and memory that fail while jobs run: nothing that was reported done is lost, the
/// message says what to do, and the next launch ends in the same bits.
struct SurroundingsTests {
  private static let sweep = Practice.sweep.replacing("steps: 40", with: "steps: 2000")
    .replacing("every: 10", with: "every: 200")

  private static let whole = Result {
    let practice = try Practice()
    try practice.write(sweep)
    #expect(try practice.launch().status == 0)
    return try practice.bits()
  }

  private func checkStore(
    of practice: Practice, sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let check = try practice.check()
    #expect(check.status == 0, "\(check.output)\(check.errors)", sourceLocation: sourceLocation)
  }

  // MARK: Feature files

  private func startJob(_ practice: Practice) throws -> BuiltProgram.Running {
    try practice.write(LimitTests.endless.replacing("resources: {timeout: 5s}", with: ""))
    let launcher = try practice.startLaunch(workers: 1, "--retries", "2")
    _ = try #require(
      try JobProcess.withCheckpoint(of: practice, launcher: launcher), "\(launcher.errors)")
    return launcher
  }

  @Test func `a feature file that is cut short under a job is a failure that names it`() throws {
    let practice = try Practice()
    let file = practice.folder.file("features.h5")
    let launcher = try startJob(practice)
    #expect(truncate(file, 0) == 0)
    let ending = try launcher.wait()
    #expect(ending.status == 1, "\(ending.errors)")
    let attempts = try #require(try practice.attempts().first)
    #expect(attempts.map(\.reason) == ["died", "data"], "\(ending.errors)")
    #expect(attempts[0].exitStatus == "signal 7")
    #expect(
      attempts[0].message == "its process met SIGBUS: the feature file \(file) was cut short or "
        + "became unreadable while it was in use. Put it back as it was and retry")
    #expect(try practice.failures().first?.hasPrefix("\(file): ") == true)
    try checkStore(of: practice)
  }

  @Test func `a feature file that is replaced under a job is noticed at its next evaluation`()
    throws
  {
    let practice = try Practice()
    let file = practice.folder.file("features.h5")
    let launcher = try startJob(practice)
    try FileManager.default.copyItem(atPath: file, toPath: file + ".new")
    #expect(rename(file + ".new", file) == 0)
    let ending = try launcher.wait()
    #expect(ending.status == 1, "\(ending.errors)")
    #expect(
      try practice.failures() == [
        "\(file): the file changed while the job was using it: another file has taken its place. "
          + "Put the file back and retry, or launch the sweep file again to use the new content."
      ])
    #expect(try practice.attempts().map { $0.map(\.reason) } == [["data"]])
    #expect(practice.runFolders.isEmpty, "nothing goes on from what it computed")
    try checkStore(of: practice)
  }

  // MARK: Disks

  @Test(.enabled(if: SmallDisk.isAllowed, "mounting a small disk needs to be root"))
  func `a full disk under the run folders loses nothing`() throws {
    let practice = try Practice()
    try practice.write(Self.sweep)
    let disk = try SmallDisk(kibibytes: 1_024, at: practice.folder.file("disk"))
    try FileManager.default.createSymbolicLink(
      atPath: practice.runsFolder, withDestinationPath: disk.path)
    // Room for a few small files, but not for weights.
    try disk.fill(leavingKibibytes: 16)
    let ending = try practice.launch("--workers", "1")
    #expect([1, 74].contains(ending.status), "\(ending.errors)")
    #expect(
      ending.errors.contains("No space left on device. Free some space there")
        || ending.errors.contains(
          "its process could not write its run folder: the disk is full or read-only, or a limit "
            + "on the size of files is reached. Mend that and retry"),
      "\(ending.errors)")
    try checkStore(of: practice)
    try disk.empty()
    let retried = try practice.retry()
    #expect(retried.status == 0, "\(retried.errors)")
    #expect(try practice.bits() == Self.whole.get())
  }

  @Test(.enabled(if: SmallDisk.isAllowed, "mounting a small disk needs to be root"))
  func `a read-only disk under the run folders is said`() throws {
    let practice = try Practice()
    try practice.write(Self.sweep)
    let disk = try SmallDisk(kibibytes: 1_024, at: practice.folder.file("disk"))
    try FileManager.default.createSymbolicLink(
      atPath: practice.runsFolder, withDestinationPath: disk.path)
    try disk.makeReadOnly()
    let ending = try practice.launch()
    #expect(ending.status == 74)
    #expect(
      ending.errors.contains(
        ".lock cannot be created: Read-only file system. Make its folder writable, or name "
          + "another place with --store\n"), "\(ending.errors)")
    #expect(try practice.states().isEmpty)
  }

  @Test func `something else in the place of the run folders is said`() throws {
    let practice = try Practice()
    try practice.write(Self.sweep)
    try practice.folder.write("", to: "store.runs")
    let ending = try practice.launch()
    #expect(ending.status == 74)
    #expect(ending.errors.contains(".lock cannot be created: Not a directory"), "\(ending.errors)")
    try checkStore(of: practice)
  }

  @Test(arguments: [20, 120, 260, 400])
  func `a limit on the size of files kills nobody and loses nothing`(kibibytes: Int) throws {
    let practice = try Practice()
    try practice.write(Self.sweep)
    let limited = try practice.startLaunch(
      afterShell: "ulimit -f \(kibibytes * 2)"
    ).wait()
    print("with files of \(kibibytes) KiB at most a launch ends with \(limited.status)")
    #expect([0, 1, 74].contains(limited.status), "\(limited.errors)")
    if limited.status == 74 { #expect(limited.errors.contains("ulimit -f"), "\(limited.errors)") }
    let done = try practice.isThere ? practice.states()[.completed] ?? 0 : 0
    let ending = try practice.launch("--retry-failed", "--json")
    #expect(ending.status == 0, "\(ending.errors)")
    #expect(ending.output.contains("\"skipped\": \(done)"), "what was done is not done again")
    try checkStore(of: practice)
    #expect(try practice.bits() == Self.whole.get())
  }

  // MARK: Folders

  @Test(.enabled(if: OtherUser.isThere, "programs cannot be run as another user"))
  func `a folder that may not be written is said before anything runs`() throws {
    let practice = try Practice()
    try practice.write(Self.sweep)
    try OtherUser.open(practice.folder, mayWrite: false)
    defer { chmod(practice.folder.path, 0o700) }
    let ending = try practice.startLaunch(under: OtherUser.runner).wait()
    #expect(ending.status == 74)
    #expect(
      ending.errors == "error: the store \(practice.storePath) cannot be written: "
        + "\(practice.folder.path) is not writable. Name another place with --store or RLL_STORE\n")
  }

  @Test(.enabled(if: OtherUser.isThere, "programs cannot be run as another user"))
  func `run folders that may not be written are said, and the store stays sound`() throws {
    let practice = try Practice()
    try practice.write(Self.sweep)
    try FileManager.default.createDirectory(
      atPath: practice.runsFolder, withIntermediateDirectories: false,
      attributes: [.posixPermissions: 0o555])
    try OtherUser.open(practice.folder, mayWrite: true)
    let ending = try practice.startLaunch(under: OtherUser.runner).wait()
    #expect(ending.status == 74)
    #expect(
      ending.errors.contains(
        ".lock cannot be created: Permission denied. Make its folder writable, or name another "
          + "place with --store\n"), "\(ending.errors)")
    try checkStore(of: practice)
    let again = try practice.launch()
    #expect(again.status == 0, "\(again.errors)")
    #expect(try practice.bits() == Self.whole.get())
  }

  // MARK: Memory

  @Test(arguments: [300, 700])
  func `too little address space is said at once`(mebibytes: Int) throws {
    let practice = try Practice()
    try practice.write(Self.sweep)
    let ending = try practice.startLaunch(afterShell: "ulimit -v \(mebibytes << 10)").wait()
    #expect(ending.status == 1)
    #expect(
      ending.errors == """
        error: the program needs 1 GiB of free address space, more than it may have. Raise the \
        limit (ulimit -v), or limit the memory that a job holds with --memory-limit instead

        """)
  }

  @Test(.enabled(if: MemoryGroup.isAllowed, "a memory limit of the kernel needs to be root"))
  func `a job that the kernel kills for want of memory says so`() throws {
    let practice = try Practice()
    try practice.write(LimitTests.endless.replacing("resources: {timeout: 5s}", with: ""))
    let launcher = try practice.startLaunch(workers: 1)
    let job = try #require(
      try JobProcess.withCheckpoint(of: practice, launcher: launcher), "\(launcher.errors)")
    let group = try MemoryGroup(bytes: 1 << 20)
    try group.add(job.processID)
    let ending = try launcher.wait()
    #expect(ending.status == 1, "\(ending.errors)")
    #expect(
      try practice.failures() == [
        "its process was killed by the kernel for want of memory. Launch with fewer --workers, "
          + "or give jobs a --memory-limit"
      ])
    #expect(try practice.attempts().map { $0.map(\.reason) } == [["out_of_memory"]])
    try checkStore(of: practice)
  }
}

extension Practice {
  fileprivate var isThere: Bool { FileManager.default.fileExists(atPath: storePath) }
}
