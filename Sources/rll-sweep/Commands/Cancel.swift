import ArgumentParser
import CommandSupport
import Foundation
import Reports
import Runner
import Store

extension SweepCommand {
  struct Cancel: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Stops the runs of a sweep, or one run.",
      discussion: """
        What waits or was interrupted is cancelled at once. What is running is asked to stop by
        its launcher, which sees it within a second, and in Slurm at once. Launches skip cancelled runs; rll-sweep retry
        runs them again.

        Examples:
          rll-sweep cancel latest
          rll-sweep cancel demo
          rll-sweep cancel 3f6c1a22
        """)

    @Argument(help: "A sweep by name, id or latest, or a run by its id.")
    var name: String

    @OptionGroup var store: StoreOptions

    func run() async throws {
      let store = try ExperimentStore(path: store.path, access: .read)
      let cancellation = try store.cancel(
        store.cancellable(named: name), now: Timestamp(Date()))
      let look = try await SlurmAccess.collector(of: store).look()
      try store.close()
      Diagnostics.write(Self.text(of: cancellation))
      for note in SlurmAccess.notes(look) { Diagnostics.write(note) }
    }

    private static func text(of cancellation: Cancellation) -> String {
      var parts: [String] = []
      if !cancellation.cancelled.isEmpty {
        parts.append("\(Counted(cancellation.cancelled.count, "run")) cancelled")
      }
      if !cancellation.requested.isEmpty {
        parts.append("\(Counted(cancellation.requested.count, "running job")) asked to stop")
      }
      return parts.isEmpty
        ? "nothing to cancel: no run waits or runs" : parts.joined(separator: ", ")
    }
  }
}
