import ArgumentParser
import CommandSupport

/// Commands that are documented, but not in this version.
enum NotBuiltYet {
  static let commands: [any ParsableCommand.Type] = [
    Cancel.self, Retry.self, Embed.self, Nightly.self,
  ]

  struct Cancel: NotBuiltCommand { @OptionGroup var rest: AnyArguments }
  struct Retry: NotBuiltCommand { @OptionGroup var rest: AnyArguments }
  struct Embed: NotBuiltCommand { @OptionGroup var rest: AnyArguments }
  struct Nightly: NotBuiltCommand { @OptionGroup var rest: AnyArguments }
}
