import ArgumentParser
import Store

/// What a launch and its plan have in common.
struct PlanningOptions: ParsableArguments {
  @Argument(help: "Sweep files.")
  var files: [String]

  @Option(
    name: .customLong("set"), parsing: .singleValue,
    help: ArgumentHelp("Override one setting for all jobs.", valueName: "path=value"))
  var overrides: [String] = []

  @Flag(help: "Run again what the store already has.")
  var fresh = false

  @Flag(help: "Run the failed jobs again.")
  var retryFailed = false

  @OptionGroup var machine: MachineOptions

  @OptionGroup var resources: ResourceOptions

  var planOptions: RerunOptions {
    var options = RerunOptions()
    options.isFresh = fresh
    options.retriesFailed = retryFailed
    return options
  }

  func validate() throws {
    if files.isEmpty { throw ValidationError("name a sweep file") }
  }
}
