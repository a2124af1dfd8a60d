import Foundation
import Subprocess
import Synchronization
import SystemPackage

/// Jobs as processes of this host, each in a process group of its own.
///
/// All share one pipe as standard input whose other end nobody else holds: its end of file
/// tells a job that the launcher is gone, however it went.
package final class LocalExecutor: Executor {
  /// What a job may take to stop after SIGTERM, before SIGKILL.
  private static let allowedToStop = Duration.seconds(10)

  private let program: String
  private let arguments: [String]
  private let lifeLine: (read: FileDescriptor, write: FileDescriptor)
  private let processes = Mutex<Set<Int32>>([])

  /// `program arguments… FOLDER` runs one job.
  package init(program: String, arguments: [String]) throws(RunnerError) {
    self.program = program
    self.arguments = arguments
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

  package func run(_ folder: RunFolder) async -> Termination {
    var options = PlatformOptions()
    options.processGroupID = 0
    options.teardownSequence = [
      .gracefulShutDown(allowedDurationToNextStep: Self.allowedToStop)
    ]
    let log: FileDescriptor
    do {
      log = try FileDescriptor.open(
        FilePath(folder.logPath), .writeOnly, options: [.create, .append],
        permissions: [.ownerReadWrite])
    } catch {
      return .notStarted("\(folder.logPath) cannot be written: \(error)")
    }
    do {
      let result = try await Subprocess.run(
        .path(FilePath(program)), arguments: Arguments(arguments + [folder.path]),
        platformOptions: options,
        input: .fileDescriptor(lifeLine.read, closeAfterSpawningProcess: false),
        output: .fileDescriptor(log, closeAfterSpawningProcess: true),
        error: .combinedWithOutput
      ) { execution in
        _ = processes.withLock { $0.insert(execution.processIdentifier.value) }
      }
      _ = processes.withLock { $0.remove(result.processIdentifier.value) }
      switch result.terminationStatus {
      case .exited(let code): return .exited(code)
      case .signaled(let signal): return .signalled(signal)
      }
    } catch {
      return .notStarted("\(program): \(error)")
    }
  }

  package func kill() {
    processes.withLock { processes in
      for process in processes { _ = Glibc.kill(-process, SIGKILL) }
    }
  }
}
