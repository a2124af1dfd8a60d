import ArgumentParser
import CommandSupport
import Foundation
import Reports
import Runner

struct NightlyShow: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show",
    abstract: "Lists the nightlies of your crontab, each with its last verdict.",
    discussion: """
      Example:
        rll-sweep nightly show
      """)

  @OptionGroup var output: OutputOptions

  func run() async throws {
    let program = try CrontabProgram(environment: ProcessInfo.processInfo.environment)
    let nightlies = try await program.read().nightlies.map(InstalledNightly.init)
    let table = ReportTable(
      columns: [
        .init("file", isEssential: true), .init("times", isEssential: true),
        .init("last_verdict", title: "last verdict", isEssential: true),
        .init("last_night", title: "last night"), .init("command"),
      ], rows: nightlies.map(\.row))
    let note = "Your crontab has no nightly; rll-sweep nightly install FILE puts one there."
    try output.print(
      Report(
        table: table, records: nightlies.map(\.record), notes: nightlies.isEmpty ? [note] : []))
  }
}
