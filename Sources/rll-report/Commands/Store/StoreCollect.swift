import ArgumentParser
import CommandSupport
import Foundation
import Reports
import Store

extension ReportCommand {
  struct StoreCollect: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "gc",
      abstract: "Removes what nothing refers to, and what the options name.",
      discussion: """
        Without options: weights, texts and run folders that no run needs. What a living launch \
        refers to, and runs with a tag, a note or another run that starts from them, always stay.

        Examples:
          rll-report store gc --dry-run
          rll-report store gc --keep best --older-than 30d --vacuum
        """)

    @Flag(help: "Say what would go, and remove nothing.")
    var dryRun = false
    @Option(
      help: ArgumentHelp(
        "Of completed runs that have both, keep only these weights.",
        valueName: CleaningOptions.Retention.allCases.map(\.rawValue).joined(separator: "|")))
    var keep = CleaningOptions.Retention.all
    @Option(
      help: ArgumentHelp(
        "Remove failed, cancelled and superseded runs that ended so long ago.", valueName: "30d"))
    var olderThan: Age?
    @Flag(help: "Compact the file afterwards; takes its size once more while it works.")
    var vacuum = false
    @OptionGroup var store: StoreOptions
    @OptionGroup var output: OutputOptions

    func validate() throws {
      if dryRun && vacuum {
        throw ValidationError("--dry-run and --vacuum contradict each other; give one of them")
      }
    }

    func run() throws {
      var options = CleaningOptions()
      options.retention = keep
      options.endedBefore = olderThan.map { Timestamp(Date() - $0.seconds) }
      let (result, returned) = try store.changing { store in
        if vacuum { try store.requireNoLaunch() }
        let result = try store.clean(options, isDryRun: dryRun)
        return (result, vacuum ? try store.vacuum() : nil)
      }
      try output.print(
        CleaningReport.report(result, isDryRun: dryRun, returnedBytes: returned))
    }
  }
}

extension CleaningOptions.Retention: ExpressibleByArgument {}
