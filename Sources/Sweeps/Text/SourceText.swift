/// The text of a sweep file, or the value of an override, with the means to point into it.
struct SourceText: Sendable {
  /// Line and column from 1; columns count Unicode scalars, as the parser does.
  struct Position: Sendable, Hashable {
    var line: Int
    var column: Int
    /// 0 for the text itself, then the texts that it extends.
    var document = 0
  }

  /// A text that another one extends.
  struct Extended: Sendable {
    var source: SourceText
    /// Line of the first text that led here.
    var line: Int
  }

  private enum Origin: Sendable {
    case file(String)
    case override(String)
  }

  let text: String
  /// Without their line breaks.
  let lines: [String]
  private let origin: Origin
  /// Nearest first.
  var extended: [Extended] = []

  /// A byte order mark at the beginning is dropped.
  init(text: String, file: String) {
    self.text =
      text.unicodeScalars.first == "\u{FEFF}" ? String(text.unicodeScalars.dropFirst()) : text
    lines = Self.split(self.text)
    origin = .file(file)
  }

  /// The value of `--set`; every place in it is shown as the whole override.
  init(value: String, override: String) {
    text = value
    lines = Self.split(value)
    origin = .override(override)
  }

  var isOverride: Bool {
    if case .override = origin { true } else { false }
  }

  func place(_ position: Position?) -> SweepDiagnostic.Place {
    switch origin {
    case .override(let text): return .override(text)
    case .file(let file):
      guard var position else { return .file(file) }
      if position.document > 0 {
        let document = extended[position.document - 1].source
        position.document = 0
        return document.place(position)
      }
      let source = lines.indices.contains(position.line - 1) ? lines[position.line - 1] : ""
      return .line(file: file, line: position.line, column: position.column, source: source)
    }
  }

  func settingOrigin(_ position: Position) -> SettingOrigin {
    if isOverride { return .commandLine }
    return .line(position.document == 0 ? position.line : extended[position.document - 1].line)
  }

  func scalar(at line: Int, _ column: Int) -> Unicode.Scalar? {
    guard lines.indices.contains(line - 1) else { return nil }
    return lines[line - 1].unicodeScalars.dropFirst(column - 1).first
  }

  func firstPosition(of scalar: Unicode.Scalar) -> Position? {
    for (index, line) in lines.enumerated() {
      if let column = Array(line.unicodeScalars).firstIndex(of: scalar) {
        return Position(line: index + 1, column: column + 1)
      }
    }
    return nil
  }

  /// Lines as YAML 1.1 breaks them.
  private static func split(_ text: String) -> [String] {
    var lines: [String] = []
    var current = String.UnicodeScalarView()
    var afterReturn = false
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\n" where afterReturn: afterReturn = false
      case "\n", "\r", "\u{85}", "\u{2028}", "\u{2029}":
        lines.append(String(current))
        current = String.UnicodeScalarView()
        afterReturn = scalar == "\r"
      default:
        current.append(scalar)
        afterReturn = false
      }
    }
    lines.append(String(current))
    return lines
  }
}
