import Reports
import Sweeps
import Testing

@Suite struct LatexTableTests {
  private static let table = ReportTable(
    columns: [
      .init("loss.name", title: "loss_name"), .init("T"), .measure("test/map@r"),
      .measure("train/loss"), .init("note"),
    ],
    rows: [
      [
        .text("ranked_list"), .setting(.number(.infinity)),
        .spread(mean: 0.4361, deviation: 0.0018, isRatio: true), .number(-0.25, decimals: 4),
        .text("α = 1.2 & m < 50%"),
      ],
      [
        .text("triplet"), .setting(.number(10)),
        .spread(mean: 0.4198, deviation: 0.00005, isRatio: true), .number(0.5, decimals: 4),
        .text("{a}\\b^c~d #1 $x"),
      ],
      [.text("raw"), .missing, .ratio(0.3939), .missing, .missing],
    ])

  @Test func `a listing is a table for a paper`() {
    let report = Report(table: Self.table, notes: ["Two seeds.\nNo more."])
    #expect(
      report.text(as: .latex) == ##"""
        % needs \usepackage{booktabs}
        \begin{tabular}{lrrrl}
          \toprule
          loss\_name & T & test/map@r (\%) & train/loss & note \\
          \midrule
          ranked\_list & $\infty$ & \textbf{43.61 $\pm$ 0.18} & \textbf{$-$0.2500} & $\alpha$ = 1.2 \& m $<$ 50\% \\
          triplet & 10 & 41.98 $\pm$ $<$0.01 & 0.5000 & \{a\}\textbackslash{}b\textasciicircum{}c\textasciitilde{}d \#1 \$x \\
          raw & -- & 39.39 & -- & -- \\
          \bottomrule
        \end{tabular}
        % Two seeds. No more.

        """##)
  }

  @Test func `sections follow one another, and rows of names and values have no head`() {
    let pairs = ReportTable(
      columns: [.init("name"), .init("value")], rows: [[.text("a"), .integer(1)]])
    let report = Report(
      sections: [
        .init(title: "Run", table: pairs, hasHeader: false), .init(title: "More", table: pairs),
      ], data: pairs, document: [:])
    #expect(
      report.text(as: .latex) == #"""
        % needs \usepackage{booktabs}
        % Run
        \begin{tabular}{lr}
          \toprule
          a & 1 \\
          \bottomrule
        \end{tabular}
        % More
        \begin{tabular}{lr}
          \toprule
          name & value \\
          \midrule
          a & 1 \\
          \bottomrule
        \end{tabular}

        """#)
  }

  @Test func `the best value of a measure is bold wherever people read`() {
    let report = Report(table: Self.table)
    let markdown = report.text(as: .markdown)
    #expect(markdown.contains("| **43.61 ± 0.18%** | **-0.2500** |"))
    #expect(markdown.contains("| 41.98 ± <0.01% | 0.5000 |"))
    let styled = report.text(as: .table, isStyled: true)
    #expect(styled.contains("\u{1B}[1m43.61 ± 0.18% \u{1B}[0m"))
    #expect(!report.text(as: .table).contains("\u{1B}"))
    let lines = styled.replacing(/\u{1B}\[\d+m/, with: "").split(separator: "\n")
    #expect(lines == report.text(as: .table).split(separator: "\n"), "the same places")
  }

  @Test(arguments: [
    ([0.5, 0.5], [false, false]), ([0.5], [false]),
    ([0.50001, 0.50002, 0.4], [true, true, false]),
    ([.nan, 0.3, 0.2], [false, true, false]), ([.nan, .nan], [false, false]),
  ])
  func `equal ones as they are shown are bold together, and nothing where all are`(
    values: [Double], isBold: [Bool]
  ) {
    let table = ReportTable(
      columns: [.measure("test/map@r")], rows: values.map { [.ratio($0)] })
    let lines = Report(table: table).text(as: .markdown).split(separator: "\n").dropFirst(2)
    #expect(lines.map { $0.contains("**") } == isBold)
  }

  @Test func `settings and fields have no best value`() {
    let table = ReportTable(
      columns: [.init("seed"), .init("test/map@r")],
      rows: [[.integer(1), .ratio(1)], [.integer(2), .ratio(0)]])
    #expect(!Report(table: table).text(as: .markdown).contains("**"))
  }
}
