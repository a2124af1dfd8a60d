import Yams

/// From text to nodes: screens the text first, then lets the YAML parser have it.
enum DocumentReader {
  static let largestByteCount = 1 << 20

  /// Throws one diagnostic: a text that cannot be parsed has no further places to point to.
  ///
  /// - Parameter document: What the positions of the nodes say about where they are from.
  static func read(
    _ source: SourceText, document: Int = 0
  ) throws(SweepDiagnostic) -> DocumentNode? {
    guard var root = try parsed(source) else { return nil }
    if document > 0 { root.setDocument(document) }
    return root
  }

  private static func parsed(_ source: SourceText) throws(SweepDiagnostic) -> DocumentNode? {
    guard source.text.utf8.count <= largestByteCount else {
      throw SweepDiagnostic(
        code: .syntax, place: source.place(nil),
        message: "the file has \(source.text.utf8.count) bytes",
        allowed: "at most \(largestByteCount) bytes (1 MiB)")
    }
    try TextScreen.check(source)
    do {
      let parser = try Yams.Parser(yaml: source.text, encoding: .utf8)
      guard let root = try parser.singleRoot() else { return nil }
      // The parser owns the anchors, the nodes only refer to them.
      return try withExtendedLifetime(parser) { try converted(root, source) }
    } catch let diagnostic as SweepDiagnostic {
      throw diagnostic
    } catch let error as YamlError {
      throw Self.diagnostic(for: error, source)
    } catch {
      throw SweepDiagnostic(code: .syntax, place: source.place(nil), message: "\(error)")
    }
  }

  private static func converted(
    _ node: Node, _ source: SourceText
  ) throws(SweepDiagnostic)
    -> DocumentNode
  {
    let mark = node.mark
    let position = SourceText.Position(line: mark?.line ?? 1, column: mark?.column ?? 1)
    if case .alias = node { throw TextScreen.refusal(of: .alias, "*", at: position, source) }
    switch node {
    case .scalar(let scalar):
      if scalar.anchor != nil { throw TextScreen.refusal(of: .anchor, "&", at: position, source) }
      let isPlain = scalar.style == .plain || scalar.style == .any
      return DocumentNode(content: .scalar(scalar.string, isPlain: isPlain), position: position)
    case .sequence(let sequence):
      if sequence.anchor != nil { throw TextScreen.refusal(of: .anchor, "&", at: position, source) }
      var nodes: [DocumentNode] = []
      for element in sequence { nodes.append(try converted(element, source)) }
      return DocumentNode(content: .sequence(nodes), position: position)
    case .mapping(let mapping):
      if mapping.anchor != nil { throw TextScreen.refusal(of: .anchor, "&", at: position, source) }
      var entries: [DocumentNode.Entry] = []
      for (key, value) in mapping {
        entries.append(
          .init(key: try converted(key, source), value: try converted(value, source)))
      }
      return DocumentNode(content: .mapping(entries), position: position)
    case .alias:
      throw TextScreen.refusal(of: .alias, "*", at: position, source)
    }
  }

  private static func diagnostic(for error: YamlError, _ source: SourceText) -> SweepDiagnostic {
    let problem: String
    var position: SourceText.Position?
    switch error {
    case .scanner(let context, let text, let mark, _), .parser(let context, let text, let mark, _):
      let beginning = context.map { "\($0.text) from line \($0.mark.line): " } ?? ""
      let hint = source.scalar(at: mark.line, mark.column) == "\t" ? "; indent with spaces" : ""
      problem = beginning + text + hint
      position = .init(line: mark.line, column: mark.column)
    case .composer(let context, let text, let mark, _):
      problem = (context.map { $0.text + ", " } ?? "") + text
      position = .init(line: mark.line, column: mark.column)
    case .reader(let text, _, let value, _):
      problem = "\(text) (U+\(String(value, radix: 16, uppercase: true)))"
      position = Unicode.Scalar(UInt32(bitPattern: value)).flatMap(source.firstPosition(of:))
    case .duplicatedKeysInMapping(let keys, let context):
      return SweepDiagnostic(
        code: .conflict,
        place: source.place(.init(line: context.mark.line, column: context.mark.column)),
        message: "the key '\(keys.first ?? "")' is there twice in one mapping; this is the first")
    default: problem = "\(error)"
    }
    return SweepDiagnostic(
      code: .syntax, place: source.place(position), message: "this is no YAML: \(problem)")
  }
}
