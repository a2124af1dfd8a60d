import ArgumentParser
import CommandSupport

/// Commands that are documented, but not in this version.
enum NotBuiltYet {
  static let commands: [any ParsableCommand.Type] = [
    Nightly.self
  ]

  struct Nightly: NotBuiltCommand { @OptionGroup var rest: AnyArguments }
}
