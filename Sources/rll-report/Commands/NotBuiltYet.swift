import ArgumentParser
import CommandSupport

/// Commands that are documented, but not in this version. They say so instead of being unknown.
enum NotBuiltYet {
  static let commands: [any ParsableCommand.Type] = [
    Gate.self, Baseline.self,
  ]

  struct Gate: NotBuiltCommand { @OptionGroup var rest: AnyArguments }
  struct Baseline: NotBuiltCommand { @OptionGroup var rest: AnyArguments }
}
