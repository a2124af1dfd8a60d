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

  // The line at hand.
  private var line: [Unicode.Scalar] = []
  private var number = 0
  private var column = 0
  /// Whether a token can begin at the column; inside brackets it outlives the line.
  private var isTokenStart = true
  /// Column of the innermost block collection that the line is in, as far as the line shows it.
  private var innermost = 0
  private var isInPlainText = false

  private init(source: SourceText) {
    self.source = source
  }

  private mutating func scan(_ scalars: [Unicode.Scalar], line number: Int) throws(SweepDiagnostic)
  {
    (line, self.number) = (scalars, number)
    guard enterLine() else { return }
    while column < line.count {
      let scalar = line[column]
      if quote != nil {
        skipQuoted()
      } else if Self.isBlank(scalar) {
        column += 1
      } else if scalar == "#", column == 0 || Self.isBlank(line[column - 1]) {
        if isInPlainText { isTokenStart = true }
        isInPlainText = false
        break
      } else if isTokenStart {
        isTokenStart = try startToken()
        isInPlainText = !isTokenStart && quote == nil
        if blockParent != nil { return }
      } else {
        isTokenStart = continuePlain()
        if isTokenStart { isInPlainText = false }
      }
    }
    if quote == nil, flowDepth == 0, isInPlainText { plainParent = innermost }
  }

  /// Whether there is anything to scan on the line.
  private mutating func enterLine() -> Bool {
    let indentation = line.prefix { $0 == " " }.count
    (column, innermost) = (indentation, indentation)
    guard quote == nil else { return true }
    if line.allSatisfy(Self.isBlank) { return false }
    if let parent = blockParent {
      if indentation > parent { return false }
      blockParent = nil
    }
    if flowDepth > 0 { return true }
    isTokenStart = true
    if let parent = plainParent, indentation > parent, line[indentation] != "#" {
      isTokenStart = false
      innermost = parent
    }
    isInPlainText = !isTokenStart
    plainParent = nil
    if indentation == 0, isMarker { column = 3 }
    return true
  }

  /// At a place where a token begins; returns whether another may begin right after.
  private mutating func startToken() throws(SweepDiagnostic) -> Bool {
    let start = column
    try refuseIndicator()
    switch line[start] {
    case "'", "\"":
      try enterBlock()
      innermost = start
      quote = line[start] == "'" ? .single : .double
      column += 1
      return false
    case "[", "{":
      flowDepth += 1
      try checkDepth()
      column += 1
      return true
    case "]", "}":
      flowDepth = max(0, flowDepth - 1)
      column += 1
      return false
    case ",":
      column += 1
      return true
    case "?" where flowDepth > 0, ":" where flowDepth > 0:
      column += 1
      return true
    case "-" where isBlankNext, "?" where isBlankNext, ":" where isBlankNext:
      try enterBlock()
      innermost = start
      column += 1
      return true
    case "|" where flowDepth == 0, ">" where flowDepth == 0:
      blockParent = innermost
      return false
    default:
      try enterBlock()
      if flowDepth == 0, isKey { innermost = start }
      column += 1
      return false
    }
  }

  private func refuseIndicator() throws(SweepDiagnostic) {
    let refused: Refused
    switch line[column] {
    case "&": refused = .anchor
    case "*": refused = .alias
    case "!": refused = .tag
    case "<" where isMergeKey: refused = .mergeKey
    default: return
    }
    throw Self.refusal(of: refused, word, at: position, source)
  }

  /// Inside plain text, or behind a quoted one; returns whether a token begins after this scalar.
  private mutating func continuePlain() -> Bool {
    let scalar = line[column]
    let isBlankNext = isBlankNext
    let previous = column > 0 ? line[column - 1] : " "
    column += 1
    guard flowDepth > 0 else { return scalar == ":" && isBlankNext }
    switch scalar {
    case ":":
      // After a closed key the colon needs no space.
      return isBlankNext || ",[]{}".unicodeScalars.contains(line[column])
        || "\"']} \t".unicodeScalars.contains(previous)
    case ",": return true
    case "[", "{":
      flowDepth += 1
      return true
    case "]", "}":
      flowDepth -= 1
      return false
    default: return false
    }
  }

  /// Goes behind the closing quote, or to the end of the line.
  private mutating func skipQuoted() {
    isTokenStart = false
    isInPlainText = false
    while column < line.count {
      switch (line[column], quote) {
      case ("\\", .double): column += 2
      case ("'", .single) where column + 1 < line.count && line[column + 1] == "'": column += 2
      case ("'", .single), ("\"", .double):
        quote = nil
        column += 1
        return
      default: column += 1
      }
    }
  }

  /// Keeps the columns of open block collections, for their number.
  private mutating func enterBlock() throws(SweepDiagnostic) {
    guard flowDepth == 0 else { return }
    while let last = indentations.last, last >= column { indentations.removeLast() }
    indentations.append(column)
    try checkDepth()
  }

  private func checkDepth() throws(SweepDiagnostic) {
    if flowDepth + indentations.count > Self.deepestNesting {
      throw Self.refusal(of: .depth, "", at: position, source)
    }
  }

  // MARK: Looking at the line

  private var position: SourceText.Position { .init(line: number, column: column + 1) }

  private var isBlankNext: Bool { column + 1 >= line.count || Self.isBlank(line[column + 1]) }

  private static func isBlank(_ scalar: Unicode.Scalar) -> Bool { scalar == " " || scalar == "\t" }

  private var isMarker: Bool {
    let marker = line.prefix(3)
    return (marker.allSatisfy { $0 == "-" } || marker.allSatisfy { $0 == "." }) && marker.count == 3
      && (line.count == 3 || Self.isBlank(line[3]))
  }

  private var isMergeKey: Bool {
    guard column + 1 < line.count, line[column + 1] == "<" else { return false }
    return line[(column + 2)...].first { !Self.isBlank($0) } == ":"
  }

  /// Whether the plain text that begins at the column is a key of this line.
  private var isKey: Bool {
    (column..<line.count).contains { place in
      line[place] == ":" && (place + 1 == line.count || Self.isBlank(line[place + 1]))
    }
  }

  private var word: String {
    let word = line[column...].prefix { !" \t,]}".unicodeScalars.contains($0) }
    var text = String.UnicodeScalarView()
    text.append(contentsOf: word.prefix(40))
    return String(text)
  }
}
