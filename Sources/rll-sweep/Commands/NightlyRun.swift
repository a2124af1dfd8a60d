import ArgumentParser
import CommandSupport
import Foundation
import Reports

struct NightlyRun: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "run",
    abstract: "Runs and judges one night (the default).",
    discussion: """
      All jobs run again, also those that the store has. Says nothing where all is well.

      Examples:
        rll-sweep nightly sweeps/nightly.yaml
        rll-sweep nightly sweeps/nightly.yaml --time-limit 2h --heartbeat /var/tmp/nightly.beat
      """)

  @Argument(help: "Sweep files with the key gate.")
  var files: [String]

  @Flag(help: "Print one JSON object for each sweep, also where all is well.")
  var json = false

  @OptionGroup var options: NightlyOptions

  func run() async throws {
    let journal = NightJournal(path: options.log) { Date() }
    try journal.add("nightly \(files.joined(separator: " "))")
    let outcomes: [NightOutcome]
    do {
      outcomes = try await NightlyWork(files: files, options: options, journal: journal).run()
    } catch {
      journal.addIfPossible("error: \(error) (exit code \(CommandExit(error).rawValue))")
      throw error
    }
    try print(outcomes)
    let exits = outcomes.map(\.exit)
    // A regression goes before what cannot be judged.
    for exit in [CommandExit.regression, .cannotJudge] where exits.contains(exit) {
      throw exit.exitCode
    }
  }

  private func print(_ outcomes: [NightOutcome]) throws {
    if json {
      let documents = outcomes.map(\.document)
      return try StandardOutput.write(
        (documents.count == 1 ? documents[0] : .array(documents)).text)
    }
    let mails = outcomes.filter { !$0.isUneventful }.map(\.mail)
    if !mails.isEmpty { try StandardOutput.write(mails.joined(separator: "\n")) }
  }
}
