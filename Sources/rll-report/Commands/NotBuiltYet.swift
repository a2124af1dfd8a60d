import ArgumentParser
import CommandSupport

/// Commands that are documented, but not in this version. They say so instead of being unknown.
enum NotBuiltYet {
  static let commands: [any ParsableCommand.Type] = [
    HTML.self, Serve.self, Gate.self, Baseline.self,
  ]

  struct HTML: NotBuiltCommand { @OptionGroup var rest: AnyArguments }
  struct Serve: NotBuiltCommand { @OptionGroup var rest: AnyArguments }
  struct Gate: NotBuiltCommand { @OptionGroup var rest: AnyArguments }
  struct Baseline: NotBuiltCommand { @OptionGroup var rest: AnyArguments }
}
