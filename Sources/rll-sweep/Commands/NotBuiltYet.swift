import ArgumentParser
import CommandSupport

/// Commands that are documented, but not in this version.
enum NotBuiltYet {
  static let commands: [any ParsableCommand.Type] = [
    Embed.self, Nightly.self,
  ]

  struct Embed: NotBuiltCommand { @OptionGroup var rest: AnyArguments }
  struct Nightly: NotBuiltCommand { @OptionGroup var rest: AnyArguments }
}
