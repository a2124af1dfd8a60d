import ArgumentParser
import CommandSupport

/// Commands that are documented, but not in this version.
enum NotBuiltYet {
  static let commands: [any ParsableCommand.Type] = [
    Verify.self, Embed.self, Nightly.self, Doctor.self,
  ]

  struct Verify: NotBuiltCommand { @OptionGroup var rest: AnyArguments }
  struct Embed: NotBuiltCommand { @OptionGroup var rest: AnyArguments }
  struct Nightly: NotBuiltCommand { @OptionGroup var rest: AnyArguments }
  struct Doctor: NotBuiltCommand { @OptionGroup var rest: AnyArguments }
}
