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

  func validate() throws { try options.checkPaths(files: files) }

  func run() async throws {
    let journal = NightJournal(path: options.log) { Date() }
    try journal.add("nightly \(files.joined(separator: " "))")
    let outcomes: [NightOutcome]
    var mails = 0
    do {
      outcomes = try await NightlyWork(files: files, options: options, journal: journal).run {
        guard !json, !$0.isUneventful else { return }
        try StandardOutput.write((mails == 0 ? "" : "\n") + $0.mail)
        mails += 1
      }
    } catch {
      journal.addIfPossible("error: \(error) (exit code \(CommandExit(error).rawValue))")
      throw error
    }
    if json {
      let documents = outcomes.map(\.document)
      try StandardOutput.write((documents.count == 1 ? documents[0] : .array(documents)).text)
    }
    let exits = outcomes.map(\.exit)
    // The gravest first.
    for exit in [CommandExit.regression, .inputOutput, .cannotJudge] where exits.contains(exit) {
      throw exit.exitCode
    }
  }
}
