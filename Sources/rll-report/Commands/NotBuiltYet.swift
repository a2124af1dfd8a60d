import ArgumentParser
import CommandSupport

/// Commands that are documented, but not in this version. They say so instead of being unknown.
enum NotBuiltYet {
  static let commands: [any ParsableCommand.Type] = [
    Logs.self, Tag.self, Note.self, Sensitivity.self, HTML.self, Serve.self, Gate.self,
    Baseline.self, Store.self,
  ]

  struct Logs: NotBuiltCommand { @OptionGroup var rest: AnyArguments }
  struct Tag: NotBuiltCommand { @OptionGroup var rest: AnyArguments }
  struct Note: NotBuiltCommand { @OptionGroup var rest: AnyArguments }
  struct Sensitivity: NotBuiltCommand { @OptionGroup var rest: AnyArguments }
  struct HTML: NotBuiltCommand { @OptionGroup var rest: AnyArguments }
  struct Serve: NotBuiltCommand { @OptionGroup var rest: AnyArguments }
  struct Gate: NotBuiltCommand { @OptionGroup var rest: AnyArguments }
  struct Baseline: NotBuiltCommand { @OptionGroup var rest: AnyArguments }
  struct Store: NotBuiltCommand { @OptionGroup var rest: AnyArguments }

  struct ExportMetrics: NotBuiltCommand {
    static let name = "metrics"
    @OptionGroup var rest: AnyArguments
  }

  struct ExportCheckpoint: NotBuiltCommand {
    static let name = "checkpoint"
    @OptionGroup var rest: AnyArguments
  }
}
