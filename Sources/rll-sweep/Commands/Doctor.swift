import ArgumentParser
import CommandSupport

extension SweepCommand {
  struct Doctor: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Looks at libraries, machine, disk and store for what could go wrong.",
      discussion: """
        Exit codes: 0 all is well or worth a warning, 1 something would keep a launch from working.

        Examples:
          rll-sweep doctor
          rll-sweep doctor --store /data/experiments.sqlite --json
        """)

    @Flag(help: "Look at OpenBLAS with the core type that it chooses itself.")
    var nativeBlas = false
    @OptionGroup var store: StoreOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
      let findings =
        await MachineDoctor(usesNativeBLAS: nativeBlas).findings()
        + StoreDoctor(path: store.path).findings()
      try output.print(DoctorFinding.report(findings))
      if findings.contains(where: { $0.state == .problem }) { throw CommandExit.failed.exitCode }
    }
  }
}
