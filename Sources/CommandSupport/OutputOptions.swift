import ArgumentParser
package import Reports

/// In which form a command prints its results.
package struct OutputOptions: ParsableArguments {
  @Option(
    name: .customLong("format"),
    help: ArgumentHelp("\(OutputFormat.names).", valueName: "format"),
    transform: OutputFormat.parse)
  private var givenFormat: OutputFormat?

  @Flag(name: .customLong("json"), help: "The same as --format json.")
  private var isJSON = false

  package init() {}

  package func validate() throws {
    if isJSON, let givenFormat, givenFormat != .json {
      throw ValidationError(
        "--json and --format \(givenFormat.rawValue) contradict each other; give one of them")
    }
  }

  /// What was asked for, or the command's own default.
  package func format(default standard: OutputFormat = .table) -> OutputFormat {
    isJSON ? .json : givenFormat ?? standard
  }

  /// Prints a report. Notes that a format has no place for go to standard error.
  package func print(_ report: Report, default standard: OutputFormat = .table) throws {
    let format = format(default: standard)
    let terminal = Terminal.standardOutput
    try StandardOutput.write(
      report.text(as: format, width: terminal.width, isStyled: terminal.isStyled))
    if !format.isForPeople && format != .json {
      for note in report.notes {
        Diagnostics.write(note.hasPrefix("warning: ") ? note : "note: " + note)
      }
    }
  }
}

extension OutputFormat {
  fileprivate static let names = allCases.map(\.rawValue).joined(separator: "|")

  fileprivate static func parse(_ text: String) throws -> OutputFormat {
    if let format = OutputFormat(rawValue: text) { return format }
    throw ValidationError("'\(text)' is no format; there are \(names)")
  }
}
