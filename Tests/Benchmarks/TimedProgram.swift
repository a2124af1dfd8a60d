import ArgumentParser
import Foundation
import Glibc

/// A program beside this one, run as a whole process and waited for without polling.
struct TimedProgram {
  struct Use {
    var seconds: Double
    var processorSeconds: Double
    /// The most memory that was resident.
    var peakMegabytes: Int
    var lines: Int
  }

  private let arguments: [String]

  init(named name: String, arguments: [String]) throws {
    let path = URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent()
      .appendingPathComponent(name).path
    guard FileManager.default.isExecutableFile(atPath: path) else {
      throw ValidationError("\(path) is not built; make build does it")
    }
    self.arguments = [path] + arguments
  }

  /// From before the process begins until it has ended; its output goes to a file.
  func run() throws -> Use {
    let output = FileManager.default.temporaryDirectory
      .appendingPathComponent("rll-bench-\(UUID().uuidString)").path
    defer { unlink(output) }
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_addopen(&actions, 1, output, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
    var pointers = arguments.map { strdup($0) } + [nil]
    defer { for pointer in pointers { free(pointer) } }

    let start = ContinuousClock.now
    var process = pid_t()
    let failure = posix_spawn(&process, arguments[0], &actions, nil, &pointers, environ)
    guard failure == 0 else { throw ValidationError(String(cString: strerror(failure))) }
    let peak = ResidentPeak(of: process)
    var status: Int32 = 0
    var usage = rusage()
    while wait4(process, &status, 0, &usage) == -1, errno == EINTR {}
    let duration = ContinuousClock.now - start
    guard status == 0 else { throw ExitCode(status >> 8) }
    let text = try Data(contentsOf: URL(fileURLWithPath: output))
    return Use(
      seconds: Double(duration.components.seconds) + Double(duration.components.attoseconds)
        * 1e-18,
      processorSeconds: ProcessUse.seconds(usage),
      peakMegabytes: peak.megabytes(),
      lines: text.count { $0 == UInt8(ascii: "\n") })
  }
}
