import Sweeps

/// Tables for a paper: `tabular` with the rules of booktabs, ready to be put into a `table`.
///
/// What is best in a column is bold, a spread has `\pm`, shares are per cent with the sign in the
/// head of the column, and whatever TeX would read as a command is escaped. Notes are comments.
enum LatexTable {
  static func text(of report: Report) -> String {
    (["% needs \\usepackage{booktabs}\n"] + report.sections.map(text)).joined()
  }

  private static func text(of section: Report.Section) -> String {
    let table = section.table
    let isNumeric = table.columns.indices.map(table.isNumeric)
    let best = table.columns.indices.map(table.bestRows)
    let isShare = table.columns.indices.map { column in
      table.isShare(column: column)
    }
    var lines: [String] = []
    if let title = section.title { lines.append("% " + PrintableText.oneLine(title)) }
    lines.append("\\begin{tabular}{\(isNumeric.map { $0 ? "r" : "l" }.joined())}")
    lines.append("  \\toprule")
    if section.hasHeader {
      lines.append(
        line(zip(table.columns, isShare).map { escaped($0.title) + ($1 ? " (\\%)" : "") }))
      lines.append("  \\midrule")
    }
    lines += table.rows.enumerated().map { position, row in
      line(
        row.indices.map { column in
          let text = shown(row[column], isShare: isShare[column])
          return best[column].contains(position) ? "\\textbf{\(text)}" : text
        })
    }
    lines += ["  \\bottomrule", "\\end{tabular}"]
    lines += section.notes.map { "% " + PrintableText.oneLine($0) }
    return lines.map { $0 + "\n" }.joined()
  }

  private static func line(_ fields: [String]) -> String {
    "  " + fields.joined(separator: " & ") + " \\\\"
  }

  private static func shown(_ cell: ReportCell, isShare: Bool) -> String {
    if let number = cell.number, number.isInfinite {
      return number < 0 ? "$-\\infty$" : "$\\infty$"
    }
    let text = cell.shownText
    let escaped = escaped(isShare && text.last == "%" ? String(text.dropLast()) : text)
    // A hyphen is no minus.
    return cell.isNumeric ? escaped.replacing("-", with: "$-$") : escaped
  }

  /// Letters and signs that the usual fonts have in mathematics only.
  private static let mathematical: [Unicode.Scalar: String] = [
    "±": "\\pm", "×": "\\times", "≤": "\\le", "≥": "\\ge", "−": "-", "α": "\\alpha",
    "β": "\\beta", "γ": "\\gamma", "δ": "\\delta", "ε": "\\varepsilon", "η": "\\eta",
    "θ": "\\theta", "λ": "\\lambda", "μ": "\\mu", "ρ": "\\rho", "σ": "\\sigma", "τ": "\\tau",
    "φ": "\\varphi", "ω": "\\omega", "Δ": "\\Delta", "<": "<", ">": ">", "|": "|",
  ]

  private static let escapes: [Unicode.Scalar: String] = [
    "\\": "\\textbackslash{}", "~": "\\textasciitilde{}", "^": "\\textasciicircum{}",
    "–": "--", "…": "\\ldots{}", "\"": "''",
  ]

  private static let allEscapes: [Unicode.Scalar: String] = {
    let signs = "&%$#_{}".unicodeScalars.map { ($0, "\\\($0)") }
    return escapes.merging(mathematical.mapValues { "$\($0)$" }) { first, _ in first }
      .merging(signs) { first, _ in first }
  }()

  static func escaped(_ text: String) -> String {
    PrintableText.oneLine(text).escaping(allEscapes)
  }
}

extension ReportTable {
  /// Whether all that is there in a column are shares.
  fileprivate func isShare(column: Int) -> Bool {
    let cells = rows.map { $0[column] }.filter { $0 != .missing && $0 != .text("") }
    return !cells.isEmpty && cells.allSatisfy(\.isRatio)
  }
}
