/// Finds what sweep files may not contain before the YAML parser sees the text: anchors, aliases,
/// merge keys, tags, and nesting deep enough to exhaust the stack.
///
/// A sweep file is read by people who ask what a job was; each value stands where it is used. And an
/// alias used as a key can keep the parser busy for ever, so this cannot wait until after parsing.
/// The scan knows comments, quotes, block scalars and plain text that runs over lines; the reader
/// checks the parsed nodes for anchors once more.
struct TextScreen {
  enum Refused: Sendable {
    case anchor, alias, mergeKey, tag, depth
  }

  static let deepestNesting = 32

  static func check(_ source: SourceText) throws(SweepDiagnostic) {
    var screen = TextScreen(source: source)
    for (index, line) in source.lines.enumerated() {
      try screen.scan(Array(line.unicodeScalars), line: index + 1)
    }
  }

  static func refusal(
    of refused: Refused, _ text: String, at position: SourceText.Position, _ source: SourceText
  ) -> SweepDiagnostic {
    let (message, allowed) =
      switch refused {
      case .anchor:
        (
          "'\(text)' is a YAML anchor",
          "no anchors: write the value where it is used, or quote text"
        )
      case .alias:
        ("'\(text)' is a YAML alias", "no aliases: write the value where it is used, or quote text")
      case .mergeKey:
        ("'<<' is a YAML merge key", "no merge keys: settings common to all jobs stand under base")
      case .tag: ("'\(text)' is a YAML tag", "no tags: write the value alone, or quote text")
      case .depth: ("this is nested too deeply", "at most \(deepestNesting) levels")
      }
    return SweepDiagnostic(
      code: .syntax, place: source.place(position), message: message, allowed: allowed)
  }

  private enum Quote {
    case single, double
  }

  private let source: SourceText
  private var quote: Quote?
  private var flowDepth = 0
  /// Lines indented deeper than this belong to a block scalar.
  private var blockParent: Int?
  /// Lines indented deeper than this continue a plain scalar.
  private var plainParent: Int?
  /// Columns of the open block collections.
  private var indentations: [Int] = []

  private init(source: SourceText) {
    self.source = source
  }

  private mutating func scan(_ line: [Unicode.Scalar], line number: Int) throws(SweepDiagnostic) {
    let indentation = line.prefix { $0 == " " }.count
    let isBlank = line.allSatisfy { $0 == " " || $0 == "\t" }
    var column = indentation
    var isTokenStart = true
    var innermost = indentation
    if quote == nil {
      if isBlank { return }
      if let parent = blockParent {
        if indentation > parent { return }
        blockParent = nil
      }
      if flowDepth == 0, let parent = plainParent, indentation > parent, line[indentation] != "#" {
        isTokenStart = false
        innermost = parent
      }
      plainParent = nil
      if indentation == 0, Self.isMarker(line) { column = 3 }
    }
    var endsInPlainText = !isTokenStart
    while column < line.count {
      let scalar = line[column]
      if quote != nil {
        column = skipQuoted(line, from: column)
        isTokenStart = false
        endsInPlainText = false
      } else if scalar == " " || scalar == "\t" {
        column += 1
      } else if scalar == "#", column == 0 || line[column - 1] == " " || line[column - 1] == "\t" {
        endsInPlainText = false
        break
      } else if isTokenStart {
        isTokenStart = try startToken(line, at: &column, line: number, innermost: &innermost)
        endsInPlainText = !isTokenStart && quote == nil
        if blockParent != nil { return }
      } else {
        isTokenStart = continuePlain(line, at: &column)
        if isTokenStart { endsInPlainText = false }
      }
    }
    if quote == nil, flowDepth == 0, endsInPlainText { plainParent = innermost }
  }

  /// At a place where a token begins; returns whether another may begin right after.
  private mutating func startToken(
    _ line: [Unicode.Scalar], at column: inout Int, line number: Int, innermost: inout Int
  ) throws(SweepDiagnostic) -> Bool {
    let position = SourceText.Position(line: number, column: column + 1)
    let next = column + 1 < line.count ? line[column + 1] : " "
    let isSeparated = next == " " || next == "\t"
    switch line[column] {
    case "&": throw Self.refusal(of: .anchor, Self.word(line, column), at: position, source)
    case "*": throw Self.refusal(of: .alias, Self.word(line, column), at: position, source)
    case "!": throw Self.refusal(of: .tag, Self.word(line, column), at: position, source)
    case "<" where Self.isMergeKey(line, column):
      throw Self.refusal(of: .mergeKey, "<<", at: position, source)
    case "'", "\"":
      try enterBlock(at: column, position)
      innermost = column
      quote = line[column] == "'" ? .single : .double
      column += 1
      return false
    case "[", "{":
      flowDepth += 1
      try checkDepth(position)
      column += 1
      return true
    case "]", "}":
      flowDepth = max(0, flowDepth - 1)
      column += 1
      return false
    case ",":
      column += 1
      return true
    case "-" where isSeparated, "?" where isSeparated, ":" where isSeparated:
      try enterBlock(at: column, position)
      innermost = column
      column += 1
      return true
    case "|" where flowDepth == 0, ">" where flowDepth == 0:
      blockParent = innermost
      return false
    default:
      try enterBlock(at: column, position)
      if flowDepth == 0, Self.isKey(line, column) { innermost = column }
      column += 1
      return false
    }
  }

  /// Inside plain text, or behind a quoted one; returns whether a token begins after this scalar.
  private mutating func continuePlain(_ line: [Unicode.Scalar], at column: inout Int) -> Bool {
    let scalar = line[column]
    let next = column + 1 < line.count ? line[column + 1] : " "
    column += 1
    switch scalar {
    case ":":
      let followsQuote = column >= 2 && (line[column - 2] == "\"" || line[column - 2] == "'")
      return next == " " || next == "\t"
        || (flowDepth > 0 && (followsQuote || ",[]{}".unicodeScalars.contains(next)))
    case "," where flowDepth > 0: return true
    case "[" where flowDepth > 0, "{" where flowDepth > 0:
      flowDepth += 1
      return true
    case "]" where flowDepth > 0, "}" where flowDepth > 0:
      flowDepth -= 1
      return false
    default: return false
    }
  }

  /// The column after the closing quote, or the end of the line.
  private mutating func skipQuoted(_ line: [Unicode.Scalar], from start: Int) -> Int {
    var column = start
    while column < line.count {
      switch (line[column], quote) {
      case ("\\", .double): column += 2
      case ("'", .single) where column + 1 < line.count && line[column + 1] == "'": column += 2
      case ("'", .single), ("\"", .double):
        quote = nil
        return column + 1
      default: column += 1
      }
    }
    return line.count
  }

  /// Keeps the columns of open block collections, for their number.
  private mutating func enterBlock(
    at column: Int, _ position: SourceText.Position
  )
    throws(SweepDiagnostic)
  {
    guard flowDepth == 0 else { return }
    while let last = indentations.last, last >= column { indentations.removeLast() }
    indentations.append(column)
    try checkDepth(position)
  }

  private func checkDepth(_ position: SourceText.Position) throws(SweepDiagnostic) {
    if flowDepth + indentations.count > Self.deepestNesting {
      throw Self.refusal(of: .depth, "", at: position, source)
    }
  }

  private static func isMarker(_ line: [Unicode.Scalar]) -> Bool {
    let marker = line.prefix(3)
    return (marker.allSatisfy { $0 == "-" } || marker.allSatisfy { $0 == "." }) && marker.count == 3
      && (line.count == 3 || line[3] == " " || line[3] == "\t")
  }

  private static func isMergeKey(_ line: [Unicode.Scalar], _ column: Int) -> Bool {
    guard column + 1 < line.count, line[column + 1] == "<" else { return false }
    return line[(column + 2)...].first { $0 != " " && $0 != "\t" } == ":"
  }

  /// Whether the plain text that begins here is a key of this line.
  private static func isKey(_ line: [Unicode.Scalar], _ column: Int) -> Bool {
    for place in column..<line.count where line[place] == ":" {
      if place + 1 == line.count || line[place + 1] == " " || line[place + 1] == "\t" {
        return true
      }
    }
    return false
  }

  private static func word(_ line: [Unicode.Scalar], _ column: Int) -> String {
    let word = line[column...].prefix { !" \t,]}".unicodeScalars.contains($0) }
    var text = String.UnicodeScalarView()
    text.append(contentsOf: word.prefix(40))
    return String(text)
  }
}
