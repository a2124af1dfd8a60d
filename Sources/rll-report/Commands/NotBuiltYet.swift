import ArgumentParser

/// Commands that are documented, but not in this version. They say so instead of being unknown.
enum NotBuiltYet {
  static let commands: [any ParsableCommand.Type] = [
    Logs.self, Tag.self, Note.self, Sensitivity.self, HTML.self, Serve.self, Gate.self,
    Baseline.self, Store.self,
  ]

  struct Logs: NotBuiltCommand { @OptionGroup var rest: Rest }
  struct Tag: NotBuiltCommand { @OptionGroup var rest: Rest }
  struct Note: NotBuiltCommand { @OptionGroup var rest: Rest }
  struct Sensitivity: NotBuiltCommand { @OptionGroup var rest: Rest }
  struct HTML: NotBuiltCommand { @OptionGroup var rest: Rest }
  struct Serve: NotBuiltCommand { @OptionGroup var rest: Rest }
  struct Gate: NotBuiltCommand { @OptionGroup var rest: Rest }
  struct Baseline: NotBuiltCommand { @OptionGroup var rest: Rest }
  struct Store: NotBuiltCommand { @OptionGroup var rest: Rest }

  struct ExportMetrics: NotBuiltCommand {
    static let name = "metrics"
    @OptionGroup var rest: Rest
  }

  struct ExportCheckpoint: NotBuiltCommand {
    static let name = "checkpoint"
    @OptionGroup var rest: Rest
  }

  /// Whatever follows the command's name.
  struct Rest: ParsableArguments {
    @Argument(parsing: .captureForPassthrough) var words: [String] = []
  }
}

protocol NotBuiltCommand: ParsableCommand {
  static var name: String { get }
}

extension NotBuiltCommand {
  static var name: String { "\(Self.self)".lowercased() }

  static var configuration: CommandConfiguration {
    CommandConfiguration(commandName: name, abstract: "Not built yet.", shouldDisplay: false)
  }

  func run() throws {
    throw ValidationError("'\(Self.name)' is not built yet in this version")
  }
}
