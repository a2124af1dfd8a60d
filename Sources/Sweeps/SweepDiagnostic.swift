/// One thing that is wrong in a sweep file, or on the command line that changes it.
package struct SweepDiagnostic: Error, Sendable, Hashable, CustomStringConvertible {
  package enum Code: String, Sendable, Hashable {
    /// The text is no YAML, or uses a part of YAML that is refused.
    case syntax
    /// A key that does not exist.
    case unknownName
    /// A value of the wrong type or outside of what is allowed.
    case badValue
    /// Something required is not there.
    case missing
    /// Given twice, or two things that exclude each other.
    case conflict
    /// Named by the documentation, but not in this version.
    case notBuiltYet
    /// Two settings of a job do not go together.
    case relation
    /// More jobs than allowed, or none.
    case jobCount
    /// An `exclude` expression that cannot be evaluated.
    case expression
  }

  /// Where in the input.
  package enum Place: Sendable, Hashable {
    /// Line and column from 1; columns count Unicode scalars. `source` is the text of the line.
    case line(file: String, line: Int, column: Int, source: String)
    /// The override as typed, without `--set`.
    case override(String)
    case file(String)

    /// Nil on the command line.
    package var file: String? {
      switch self {
      case .line(let file, _, _, _), .file(let file): file
      case .override: nil
      }
    }
  }

  package let code: Code
  package let place: Place
  /// What is wrong, with the offending text.
  package let message: String
  /// What would be right, or what to do; nil where the message says it.
  package let allowed: String?
  /// The nearest spelling, or the word this program has for it.
  package let suggestion: String?

  package init(
    code: Code, place: Place, message: String, allowed: String? = nil, suggestion: String? = nil
  ) {
    self.code = code
    self.place = place
    self.message = message
    self.allowed = allowed
    self.suggestion = suggestion
  }

  package var description: String {
    var lines = [headline]
    if case .line(_, let line, let column, let source) = place {
      let gutter = String(line)
      let excerpt = Self.excerpt(of: source, around: column)
      lines.append("  \(gutter) | \(excerpt.text)")
      lines.append(
        "  " + String(repeating: " ", count: gutter.count) + " | "
          + String(repeating: " ", count: excerpt.caret) + "^")
    }
    if let suggestion { lines.append("  did you mean \(suggestion)?") }
    if let allowed { lines.append("  allowed: \(allowed)") }
    return lines.joined(separator: "\n")
  }

  /// Place and message on one line.
  package var headline: String {
    switch place {
    case .line(let file, let line, let column, _): "\(file):\(line):\(column): \(message)"
    case .override(let text): "--set \(text): \(message)"
    case .file(let file): "\(file): \(message)"
    }
  }

  /// Files as a whole come first, then lines, then the command line.
  var sortKey: (kind: Int, position: (Int, Int)) {
    switch place {
    case .file: (0, (0, 0))
    case .line(_, let line, let column, _): (1, (line, column))
    case .override: (2, (0, 0))
    }
  }

  /// The part of a long line around a column; tabs and control characters become spaces, so that
  /// the caret stands under the column.
  private static func excerpt(of source: String, around column: Int) -> (text: String, caret: Int) {
    let width = 96
    let scalars = source.unicodeScalars.map { scalar in
      scalar.value < 0x20 || scalar.value == 0x7f ? " " : scalar
    }
    let target = min(max(0, column - 1), scalars.count)
    let start = target < width ? 0 : target - width / 2
    let end = min(scalars.count, start + width)
    var text = String.UnicodeScalarView()
    text.append(contentsOf: scalars[start..<end])
    let prefix = start > 0 ? "…" : ""
    let suffix = end < scalars.count ? "…" : ""
    return (prefix + String(text) + suffix, target - start + prefix.count)
  }
}
