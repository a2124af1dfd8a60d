import Foundation

/// The program `crontab`, the way to the crontab of whoever calls it.
package struct CrontabProgram: Sendable {
  private static let outputLimit = 16 << 20

  private let program: HostProgram
  /// Nil where the user has none, or no absolute path of one is known.
  private let home: String?
  /// How long it may take.
  private let patience: Duration

  /// Looks for it in the folders of the variable PATH.
  package init(
    environment: [String: String], patience: Duration = .seconds(30)
  ) throws(RunnerError) {
    let path = environment["PATH"] ?? "/usr/bin:/bin"
    guard let program = HostProgram("crontab", in: path) else {
      throw RunnerError(
        .program,
        "there is no program crontab in \(path). Install Debian's package "
          + "cron (apt install cron), or use --systemd")
    }
    self.program = program
    home = environment["HOME"].flatMap { $0.hasPrefix("/") ? $0 : nil }
    self.patience = patience
  }

  package func read() async throws(RunnerError) -> Crontab {
    let unchanged = "The crontab is as it was"
    let answer = try await run("-l", otherwise: unchanged)
    if answer.hasSucceeded { return Crontab(Data(answer.output)) }
    // Whoever has none yet is told so.
    if answer.errors.contains("no crontab for") { return Crontab(Data()) }
    throw failure("-l", answer.errors, otherwise: unchanged)
  }

  /// Reads the crontab, and writes it as `edit` leaves it, while no other process of the user does.
  package func change(_ edit: (inout Crontab) throws -> Void) async throws {
    let lock = try await CrontabLock.take(home: home, patience: patience)
    defer { withExtendedLifetime(lock) {} }
    var crontab = try await read()
    try edit(&crontab)
    try await write(crontab)
  }

  package func write(_ crontab: Crontab) async throws(RunnerError) {
    let answer = try await run(
      "-", input: crontab.content, otherwise: "See with crontab -l whether it has changed anything")
    guard answer.hasSucceeded else {
      throw failure("-", answer.errors, otherwise: "The crontab is as it was")
    }
  }

  /// - Parameter consequence: What is to be said where it does not come to an end.
  private func run(
    _ argument: String, input: Data = Data(), otherwise consequence: String
  ) async throws(RunnerError) -> HostProgram.Answer {
    let answer: HostProgram.Answer?
    do {
      answer = try await program.run(
        [argument], input: input, outputLimit: Self.outputLimit, within: patience)
    } catch {
      throw failure(argument, "\(error)", otherwise: consequence)
    }
    guard let answer else {
      throw failure(
        argument, "it was ended after \(patience), in which it did not answer",
        otherwise: consequence)
    }
    return answer
  }

  private func failure(
    _ argument: String, _ reason: String, otherwise consequence: String
  ) -> RunnerError {
    let lines = reason.trimmingCharacters(in: .whitespacesAndNewlines).split(separator: "\n")
    let said = lines.isEmpty ? "" : ": " + lines.joined(separator: "; ")
    return RunnerError(.program, "\(program.path) \(argument) failed\(said). \(consequence)")
  }
}
