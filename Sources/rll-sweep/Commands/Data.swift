import ArgumentParser

extension SweepCommand {
  struct DataCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "data",
      abstract: "Describes, evaluates and makes feature files.",
      subcommands: [DataDescribe.self, DataEvaluate.self])
  }
}
