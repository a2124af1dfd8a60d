import ArgumentParser
import CommandSupport

@main
struct SweepCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "rll-sweep",
    abstract: "Runs deep metric learning experiments reproducibly.",
    discussion: """
      Examples:
        rll-sweep data synthesize practice.h5
        rll-sweep data evaluate practice.h5
        rll-sweep plan sweeps/demo.yaml
        rll-sweep launch sweeps/demo.yaml
        rll-report compare --sweep latest
      """,
    version: ProgramVersion.text,
    subcommands: [
      Plan.self, Launch.self, Status.self, Collect.self, Cancel.self, Retry.self, Verify.self,
      Embed.self, DataCommand.self, Nightly.self, Doctor.self, Train.self,
    ])

  static func main() async {
    await Program.run(SweepCommand.self)
  }
}
