import ArgumentParser
import CommandSupport
import Foundation
import Reports
import Runner

struct NightlyShow: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show",
    abstract: "Lists the nightlies of your crontab.",
    discussion: """
      Example:
        rll-sweep nightly show
      """)

  @OptionGroup var output: OutputOptions

  func run() async throws {
    let program = try CrontabProgram(environment: ProcessInfo.processInfo.environment)
    let nightlies = try await program.read().nightlies
    let table = ReportTable(
      columns: [
        .init("file", isEssential: true), .init("times", isEssential: true), .init("command"),
      ],
      rows: nightlies.map { [.text($0.file), .text($0.times), .text($0.command)] })
    let note = "Your crontab has no nightly; rll-sweep nightly install FILE puts one there."
    try output.print(Report(table: table, notes: nightlies.isEmpty ? [note] : []))
  }
}
