import Foundation
import Subprocess
import SystemPackage

/// A program of the system that is asked something and should not take long.
struct HostProgram: Sendable {
  /// What a program said, and how it ended.
  struct Answer: Sendable {
    let status: TerminationStatus
    let output: [UInt8]
    let errors: String

    var hasSucceeded: Bool { status.isSuccess }

    var text: String { String(decoding: output, as: UTF8.self) }
  }

  private static let errorLimit = 1 << 16

  /// Its absolute path.
  let path: String

  /// Nil where none of the folders, as the variable PATH has them, holds the program.
  init?(_ name: String, in folders: String) {
    let places = folders.split(separator: ":").map { $0 + "/" + name }
    guard let path = places.first(where: { FileManager.default.isExecutableFile(atPath: $0) })
    else { return nil }
    self.path = path
  }

  /// Runs it in a process group of its own, which is killed when the time is over; nil then.
  func run(
    _ arguments: [String], input: Data = Data(), environment: Environment = .inherit,
    outputLimit: Int, within time: Duration
  ) async throws -> Answer? {
    var options = PlatformOptions()
    options.processGroupID = 0
    // All of them at once: what outlived the program would keep its output open.
    options.teardownSequence = [
      .send(signal: .kill, toProcessGroup: true, allowedDurationToNextStep: .zero)
    ]
    return try await withThrowingTaskGroup(of: Answer?.self) { group in
      group.addTask { [options] in
        let input = try Self.file(of: input)
        defer { close(input.rawValue) }
        let result = try await Subprocess.run(
          .path(FilePath(path)), arguments: Arguments(arguments), environment: environment,
          platformOptions: options,
          input: .fileDescriptor(input, closeAfterSpawningProcess: false),
          output: .bytes(limit: outputLimit), error: .string(limit: Self.errorLimit))
        return Answer(
          status: result.terminationStatus, output: Array(result.standardOutput),
          errors: result.standardError)
      }
      group.addTask {
        try await Task.sleep(for: time)
        return nil
      }
      defer { group.cancelAll() }
      return try await group.next() ?? nil
    }
  }

  /// A file without a name, at its beginning. A pipe would have to be written to, which fails where
  /// a program does not read all of it.
  private static func file(of content: Data) throws -> FileDescriptor {
    if content.isEmpty { return try FileDescriptor.open("/dev/null", .readOnly) }
    var name = Array((NSTemporaryDirectory() + "rll-sweep-XXXXXX").utf8CString)
    let number = mkstemp(&name)
    guard number >= 0 else {
      throw RunnerError.refused(NSTemporaryDirectory(), "written", errno: errno)
    }
    unlink(name)
    _ = fcntl(number, F_SETFD, FD_CLOEXEC)
    let file = FileDescriptor(rawValue: number)
    do {
      try file.writeAll(content)
      try file.seek(offset: 0, from: .start)
    } catch {
      close(number)
      throw error
    }
    return file
  }
}
