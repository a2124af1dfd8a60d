import Foundation
import Runner
import Sweeps
import TestSupport
import Testing

/// Processes that behave, and those that do not.
struct LocalExecutorTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private var runFolder: RunFolder { RunFolder(path: folder.path) }

  private func executor(_ script: String) throws -> LocalExecutor {
    try LocalExecutor(
      program: "/bin/sh", arguments: ["-c", script], allowedToStop: .milliseconds(200))
  }

  private func waitForLog(_ text: String) async {
    while !runFolder.logTail().contains(text) { await Task.yield() }
  }

  @Test(arguments: [
    ("exit 3", Termination.exited(3)), ("kill -SEGV $$", .signalled(SIGSEGV)),
    ("kill -BUS $$", .signalled(SIGBUS)),
  ])
  func `how a process ended is told`(script: String, termination: Termination) async throws {
    let found = try await executor(script).run(runFolder, resources: JobResources())
    #expect(found == termination)
  }

  @Test func `a program that is not there is told`() async throws {
    let executor = try LocalExecutor(program: "/no/such/program", arguments: [])
    guard case .notStarted(let reason) = await executor.run(runFolder, resources: JobResources())
    else {
      Issue.record("it started")
      return
    }
    #expect(reason.hasPrefix("/no/such/program: "), "\(reason)")
  }

  @Test func `a process that heeds no SIGTERM is killed after the allowed time`() async throws {
    let executor = try executor("trap '' TERM INT HUP; echo ready; while :; do sleep 0.05; done")
    let task = Task { [runFolder] in
      await executor.run(runFolder, resources: JobResources())
    }
    await waitForLog("ready")
    task.cancel()
    #expect(await task.value == .signalled(SIGKILL))
  }

  @Test func `a process that stands still is killed after the allowed time`() async throws {
    let executor = try executor("echo ready; kill -STOP $$")
    let task = Task { [runFolder] in
      await executor.run(runFolder, resources: JobResources())
    }
    await waitForLog("ready")
    task.cancel()
    #expect(await [.signalled(SIGKILL), .signalled(SIGTERM)].contains(task.value))
  }

  @Test func `a process that grows over its limit is killed, and what it held is told`()
    async throws
  {
    var resources = JobResources()
    resources.memoryBytes = 20 << 20
    let script = "x=$(head -c 60000000 /dev/zero | tr '\\0' x); while :; do sleep 0.05; done"
    let termination = try await executor(script).run(runFolder, resources: resources)
    guard case .overMemory(let held) = termination else {
      Issue.record("\(termination)")
      return
    }
    #expect(held > 20 << 20)
  }

  @Test func `memory of its own is what is not mapped from files`() {
    let status = """
      Name:\tjob with: (odd) name
      VmRSS:\t  900000 kB
      RssAnon:\t    1000 kB
      RssFile:\t  800000 kB
      RssShmem:\t      20 kB
      VmSwap:\t       3 kB
      """
    #expect(ProcessMemory.ownBytes(inStatus: status) == 1_023 * 1_024)
    #expect(ProcessMemory.ownBytes(inStatus: "Name:\tzombie\nState:\tZ (zombie)\n") == nil)
    #expect(ProcessMemory.ownBytes(of: getpid()) ?? 0 > 1 << 20)
    #expect(ProcessMemory.ownBytes(of: 0) == nil)
  }
}
