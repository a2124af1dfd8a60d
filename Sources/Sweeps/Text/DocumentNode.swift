/// A node of the parsed text with its place.
struct DocumentNode: Sendable {
  struct Entry: Sendable {
    var key: DocumentNode
    var value: DocumentNode
  }

  indirect enum Content: Sendable {
    /// `isPlain` is false where the text stands in quotes or in a block.
    case scalar(String, isPlain: Bool)
    case sequence([DocumentNode])
    case mapping([Entry])
  }

  /// What a scalar means. Only `true` and `false` are truth values.
  enum Meaning: Sendable, Equatable {
    case nothing
    case bool(Bool)
    case number(Double)
    /// NaN, or a number beyond the range of double precision.
    case impossibleNumber
    case text(String)
  }

  var content: Content
  var position: SourceText.Position

  /// Says of the node and all below it which text they are from.
  mutating func setDocument(_ document: Int) {
    position.document = document
    switch content {
    case .scalar: break
    case .sequence(var nodes):
      for index in nodes.indices { nodes[index].setDocument(document) }
      content = .sequence(nodes)
    case .mapping(var entries):
      for index in entries.indices {
        entries[index].key.setDocument(document)
        entries[index].value.setDocument(document)
      }
      content = .mapping(entries)
    }
  }

  var scalar: String? {
    if case .scalar(let text, _) = content { text } else { nil }
  }

  var sequence: [DocumentNode]? {
    if case .sequence(let nodes) = content { nodes } else { nil }
  }

  var mapping: [Entry]? {
    if case .mapping(let entries) = content { entries } else { nil }
  }

  /// The first key of a mapping.
  var firstKey: String? { mapping?.first?.key.scalar }

  /// Nil for sequences and mappings.
  var meaning: Meaning? {
    guard case .scalar(let text, let isPlain) = content else { return nil }
    guard isPlain else { return .text(text) }
    switch text {
    case "", "~", "null": return .nothing
    case "true": return .bool(true)
    case "false": return .bool(false)
    default: return NumberText.meaning(of: text) ?? .text(text)
    }
  }

  var isNothing: Bool { meaning == .nothing }

  /// The number, where the scalar is one.
  var number: Double? {
    if case .number(let value) = meaning { value } else { nil }
  }

  var integer: Int? { number.flatMap(Int.init(exactly:)) }

  /// The node as one would type it on a line, for messages; long ones are cut.
  var typed: String {
    let text = untrimmed(budget: 64).showingControls
    return text.count > 64 ? text.prefix(63) + "…" : text
  }

  private func untrimmed(budget: Int) -> String {
    switch content {
    case .scalar(let text, _): return text
    case .sequence(let nodes):
      let shown = nodes.prefix(max(1, budget / 2)).map { $0.untrimmed(budget: budget / 2) }
      return "[" + shown.joined(separator: ", ") + "]"
    case .mapping(let entries):
      let shown = entries.prefix(max(1, budget / 2)).map {
        $0.key.untrimmed(budget: budget / 2) + ": " + $0.value.untrimmed(budget: budget / 2)
      }
      return "{" + shown.joined(separator: ", ") + "}"
    }
  }
}
