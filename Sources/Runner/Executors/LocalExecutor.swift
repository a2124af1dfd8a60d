import Foundation
import Subprocess
package import Sweeps
import Synchronization
import SystemPackage

/// Jobs as processes of this host, each in a process group of its own.
///
/// All share one pipe as standard input whose other end nobody else holds: its end of file
/// tells a job that the launcher is gone, however it went.
package final class LocalExecutor: Executor {
  /// How often a job's memory is looked at.
  private static let lookInterval = Duration.milliseconds(100)
  private static let firstLookInterval = Duration.milliseconds(5)

  private let program: String
  private let arguments: [String]
  private let allowedToStop: Duration
  private let lifeLine: (read: FileDescriptor, write: FileDescriptor)
  private let processes = Mutex<Set<Int32>>([])

  /// `program arguments… FOLDER` runs one job.
  ///
  /// - Parameter allowedToStop: What a job may take to stop after SIGTERM, before SIGKILL.
  package init(
    program: String, arguments: [String], allowedToStop: Duration = .seconds(10)
  ) throws(RunnerError) {
    self.program = program
    self.arguments = arguments
    self.allowedToStop = allowedToStop
    do {
      let pipe = try FileDescriptor.pipe()
      lifeLine = (pipe.readEnd, pipe.writeEnd)
    } catch {
      throw RunnerError(.file, "no pipe could be made: \(error)")
    }
    for end in [lifeLine.read, lifeLine.write] {
      _ = fcntl(end.rawValue, F_SETFD, FD_CLOEXEC)
    }
  }

  deinit {
    close(lifeLine.read.rawValue)
    close(lifeLine.write.rawValue)
  }

  package func run(_ folder: RunFolder, resources: JobResources) async -> Termination {
    var options = PlatformOptions()
    options.processGroupID = 0
    options.teardownSequence = [
      .gracefulShutDown(toProcessGroup: true, allowedDurationToNextStep: allowedToStop)
    ]
    let log: FileDescriptor
    do {
      log = FileDescriptor(
        rawValue: try PlainFile.open(
          folder.logPath, O_CREAT | O_WRONLY | O_APPEND, mode: 0o600, action: "written"))
    } catch {
      return .notStarted("\(error)")
    }
    let killsBefore = ProcessMemory.kernelKills()
    do {
      let result = try await Subprocess.run(
        .path(FilePath(program)), arguments: Arguments(arguments + [folder.path]),
        platformOptions: options,
        input: .fileDescriptor(lifeLine.read, closeAfterSpawningProcess: false),
        output: .fileDescriptor(log, closeAfterSpawningProcess: true),
        error: .combinedWithOutput
      ) { execution in
        let process = execution.processIdentifier.value
        _ = processes.withLock { $0.insert(process) }
        return Self.watch(process, limit: resources.memoryBytes)
      }
      _ = processes.withLock { $0.remove(result.processIdentifier.value) }
      result.closureResult?.cancel()
      if let held = await result.closureResult?.value { return .overMemory(heldBytes: held) }
      switch result.terminationStatus {
      case .exited(let code): return .exited(code)
      case .signaled(SIGKILL) where Self.hasKernelKilled(since: killsBefore): return .outOfMemory
      case .signaled(let signal): return .signalled(signal)
      }
    } catch {
      return .notStarted("\(program): \(error)")
    }
  }

  /// Kills a process that holds more than the limit, and gives what it held.
  private static func watch(_ process: Int32, limit: Int?) -> Task<Int?, Never>? {
    guard let limit else { return nil }
    return Task {
      // Often at first: a job may need all of its memory at once and be done soon.
      var pause = firstLookInterval
      while !Task.isCancelled, let held = ProcessMemory.ownBytes(of: process) {
        if held > limit {
          _ = Glibc.kill(-process, SIGKILL)
          return held
        }
        try? await Task.sleep(for: pause)
        pause = min(pause * 2, lookInterval)
      }
      return nil
    }
  }

  private static func hasKernelKilled(since before: Int?) -> Bool {
    guard let before, let now = ProcessMemory.kernelKills() else { return false }
    return now > before
  }

  package func kill() {
    processes.withLock { processes in
      for process in processes { _ = Glibc.kill(-process, SIGKILL) }
    }
  }
}
