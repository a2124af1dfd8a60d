import ArgumentParser
import CommandSupport
import Foundation

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
    var announcer = NightAnnouncer(isJSON: json, journal: journal)
    do {
      try await NightlyWork(files: files, options: options, journal: journal).run {
        announcer.tell($0)
      }
    } catch {
      announcer.tell(error)
    }
    announcer.tellDocuments(asArray: files.count > 1)
    if announcer.exit != .done { throw announcer.exit.exitCode }
  }
}
