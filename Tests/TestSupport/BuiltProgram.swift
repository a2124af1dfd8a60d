import Foundation

/// One of the two programs as it was built beside the tests, run from outside.
package struct BuiltProgram: Sendable {
  /// How a program ended and what it said.
  package struct Ending: Sendable {
    package let status: Int32
    package let output: String
    package let errors: String
  }

  package static let sweep = BuiltProgram(name: "rll-sweep")
  package static let report = BuiltProgram(name: "rll-report")

  private let name: String

  private init(name: String) {
    self.name = name
  }

  /// The folder of the test program, where the others are built too.
  package static var folder: String {
    get throws {
      let tests = try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
      return (tests as NSString).deletingLastPathComponent
    }
  }

  /// Runs the program to its end in `folder`, without the variables that would change what it does.
  package func run(
    _ arguments: [String], in folder: String, environment: [String: String] = [:],
    afterShell preparation: String? = nil
  ) throws -> Ending {
    let running = try start(
      arguments, in: folder, environment: environment, afterShell: preparation)
    return try running.wait()
  }

  /// Starts the program; its output goes to files in the temporary folder. A shell may first
  /// prepare the process that the program then is: `preparation` is a line of it. The words of
  /// `runner` are a command that runs the program instead.
  package func start(
    _ arguments: [String], in folder: String, environment: [String: String] = [:],
    afterShell preparation: String? = nil, under runner: [String] = []
  ) throws -> Running {
    let process = Process()
    let shell = preparation.map { ["/bin/sh", "-c", "\($0) && exec \"$0\" \"$@\""] } ?? []
    let command = shell + runner + [try Self.folder + "/" + name] + arguments
    process.executableURL = URL(fileURLWithPath: command[0])
    process.arguments = Array(command.dropFirst())
    process.currentDirectoryURL = URL(fileURLWithPath: folder)
    var variables = ProcessInfo.processInfo.environment
    for name in ["RLL_STORE", "RLL_DATA", "CLICOLOR_FORCE"] { variables[name] = nil }
    process.environment = variables.merging(environment) { $1 }
    let capture = try TemporaryFolder()
    for name in ["output", "errors"] { try capture.write("", to: name) }
    process.standardOutput = FileHandle(forWritingAtPath: capture.file("output"))
    process.standardError = FileHandle(forWritingAtPath: capture.file("errors"))
    process.standardInput = FileHandle.nullDevice
    try process.run()
    return Running(process: process, capture: capture)
  }

  /// A program that is still running.
  package struct Running {
    private let process: Process
    private let capture: TemporaryFolder

    init(process: Process, capture: TemporaryFolder) {
      self.process = process
      self.capture = capture
    }

    package var processID: Int32 { process.processIdentifier }

    package var isRunning: Bool { process.isRunning }

    package func send(_ signal: Int32) { kill(process.processIdentifier, signal) }

    /// What it has said on standard error so far.
    package var errors: String {
      (try? String(contentsOfFile: capture.file("errors"), encoding: .utf8)) ?? ""
    }

    /// Waits until standard error holds `text`; false where the program ended without it.
    package func waitForErrors(containing text: String) -> Bool {
      while process.isRunning {
        if errors.contains(text) { return true }
        usleep(5_000)
      }
      return errors.contains(text)
    }

    package func wait() throws -> Ending {
      process.waitUntilExit()
      let status = process.terminationStatus
      return Ending(
        status: process.terminationReason == .uncaughtSignal ? 128 + status : status,
        output: try String(contentsOfFile: capture.file("output"), encoding: .utf8),
        errors: errors)
    }
  }
}
