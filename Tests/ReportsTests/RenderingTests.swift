import Reports
import Sweeps
import Testing

@Suite struct RenderingTests {
  private static let table = ReportTable(
    columns: [
      .init("run_id", title: "run"), .init("loss.alpha", title: "alpha"), .init("test/map@r"),
      .init("train/loss"), .init("wall_seconds"), .init("error"),
    ],
    rows: [
      [
        .text("3f2a9c01"), .setting(.number(1.2)), .ratio(0.4613),
        .number(0.51234567, decimals: 4),
        .seconds(75), .missing,
      ],
      [
        .text("77"), .setting(.number(.infinity)), .ratio(1), .number(12.5, decimals: 4),
        .seconds(3.25), .text("said \"no\",\nthen a | stopped it"),
      ],
      [
        .text("8"), .setting(.number(10)), .missing, .number(.nan, decimals: 4), .missing, .missing,
      ],
    ])

  private static let report = Report(table: table, notes: ["A note."])

  @Test func `a terminal's table aligns decimals and has its notes below`() {
    #expect(
      Self.report.text(as: .table) == """
        run       alpha  test/map@r  train/loss  wall_seconds  error
        3f2a9c01    1.2      46.13%      0.5123    1 min 15 s  –
        77          inf     100.00%     12.5000        3.25 s  said "no", then a | stopped it
        8          10             –         nan             –  –

        A note.

        """)
  }

  @Test func `Markdown has the same cells`() {
    #expect(
      Self.report.text(as: .markdown) == """
        | run | alpha | test/map@r | train/loss | wall_seconds | error |
        | --- | ---: | ---: | ---: | ---: | --- |
        | 3f2a9c01 | 1.2 | 46.13% | 0.5123 | 1 min 15 s | – |
        | 77 | inf | 100.00% | 12.5000 | 3.25 s | said "no", then a \\| stopped it |
        | 8 | 10 | – | nan | – | – |

        A note.

        """)
  }

  @Test func `CSV has exact numbers and nothing where there is nothing`() {
    #expect(
      Self.report.text(as: .csv) == """
        run_id,loss.alpha,test/map@r,train/loss,wall_seconds,error
        3f2a9c01,1.2,0.4613,0.51234567,75,
        77,inf,1,12.5,3.25,"said ""no"",
        then a | stopped it"
        8,10,,nan,,

        """)
  }

  @Test func `JSON Lines has one object for each row`() {
    #expect(
      Self.report.text(as: .jsonl) == """
        {"schema":1,"run_id":"3f2a9c01","loss.alpha":1.2,"test/map@r":0.4613,\
        "train/loss":0.51234567,"wall_seconds":75,"error":null}
        {"schema":1,"run_id":"77","loss.alpha":"inf","test/map@r":1,"train/loss":12.5,\
        "wall_seconds":3.25,"error":"said \\"no\\",\\nthen a | stopped it"}
        {"schema":1,"run_id":"8","loss.alpha":10,"test/map@r":null,"train/loss":null,\
        "wall_seconds":null,"error":null}

        """)
  }

  @Test func `JSON is an array of the same objects`() {
    let report = Report(
      table: ReportTable(columns: [.init("a"), .init("b")], rows: [[.integer(1), .text("x")]]))
    #expect(
      report.text(as: .json) == """
        [
          {
            "schema": 1,
            "a": 1,
            "b": "x"
          }
        ]

        """)
    #expect(Report(table: ReportTable(columns: [], rows: [])).text(as: .json) == "[]\n")
  }

  @Test func `a column that is called schema keeps its own values`() {
    let report = Report(table: ReportTable(columns: [.init("schema")], rows: [[.integer(7)]]))
    #expect(report.text(as: .jsonl) == "{\"schema\":7}\n")
  }

  @Test func `texts are shortened until the table fits its terminal, numbers are not`() {
    let table = ReportTable(
      columns: [.init("name"), .init("value"), .init("error")],
      rows: [
        [.text("a"), .number(1.23456, decimals: 4), .text("one two three four five six seven")],
        [.text("b"), .number(123456, decimals: 4), .text("日本語日本語日本語日本語日本語")],
      ])
    let text = Report(table: table).text(as: .table, width: 40)
    #expect(
      text == """
        name        value  error
        a          1.2346  one two three four f…
        b     123456.0000  日本語日本語日本語日…

        """)
  }

  @Test func `columns that do not fit are named below the table`() {
    let table = ReportTable(
      columns: [.init("a"), .init("b"), .init("c")],
      rows: [[.number(1, decimals: 4), .number(2, decimals: 4), .number(3, decimals: 4)]])
    func text(hasColumnChoice: Bool) -> String {
      Report(table: table, hasColumnChoice: hasColumnChoice).text(as: .table, width: 15)
    }
    #expect(
      text(hasColumnChoice: true) == """
             a       b
        1.0000  2.0000
        (the terminal is too narrow for c; choose with --columns, or see all with --format csv)

        """)
    // An option that the command does not have is no way out.
    #expect(
      text(hasColumnChoice: false).hasSuffix(
        "\n(the terminal is too narrow for c; widen it, or see all with --format csv)\n"))
  }

  @Test func `essential columns are the last to go`() {
    let table = ReportTable(
      columns: [.init("a"), .init("b"), .init("c", isEssential: true)],
      rows: [[.number(1, decimals: 4), .number(2, decimals: 4), .number(3, decimals: 4)]])
    #expect(
      Report(table: table).text(as: .table, width: 15).hasPrefix(
        "     a       c\n1.0000  3.0000\n(the terminal is too narrow for b; "))
  }

  @Test(arguments: 1...120)
  func `no line of a table is wider than the terminal`(width: Int) {
    let text = Self.report.text(as: .table, width: width)
    // The first column is shown whatever happens; what does not fit is said in a sentence.
    let lines = text.split(separator: "\n").filter { !$0.hasPrefix("(") && $0 != "A note." }
    for line in lines { #expect(PrintableText.width(String(line)) <= max(width, 8), "\(line)") }
  }

  @Test func `a note ends its lines at words where a terminal would end them anywhere`() {
    let report = Report(
      table: ReportTable(columns: [.init("a")], rows: [[.text("x")]]),
      notes: ["Two seeds rank nothing.", "An unbreakablelongword stays.", "日本語 日本語"])
    #expect(
      report.text(as: .table, width: 12) == """
        a
        x

        Two seeds
        rank
        nothing.
        An
        unbreakablelongword
        stays.
        日本語
        日本語

        """)
    #expect(report.text(as: .table).contains("\nTwo seeds rank nothing.\n"))
  }

  @Test func `only a terminal gets a bold header`() {
    let table = ReportTable(columns: [.init("a")], rows: [[.text("x")]])
    #expect(
      Report(table: table).text(as: .table, isStyled: true) == "\u{1B}[1ma\u{1B}[0m\nx\n")
    #expect(Report(table: table).text(as: .table) == "a\nx\n")
  }

  @Test func `control characters of stored texts do not reach the terminal`() {
    let table = ReportTable(columns: [.init("a")], rows: [[.text("\u{1B}[2Jx\ty\u{9B}")]])
    let text = Report(table: table).text(as: .table)
    #expect(text == "a\n [2Jx y\n")
  }

  @Test(arguments: [
    (ReportCell.ratio(0.123456), "12.35%"), (.number(0.00001234, decimals: 4), "1.2e-05"),
    (.number(0, decimals: 4), "0.0000"), (.number(-.infinity, decimals: 2), "-inf"),
    (.seconds(0.5), "0.50 s"), (.seconds(59.96), "1 min 00 s"), (.seconds(42.35), "42.4 s"),
    (.seconds(3599.9), "1 h 00 min"), (.seconds(7384), "2 h 03 min"), (.bytes(1023), "1023 B"),
    (.bytes(1536), "1.5 KiB"), (.bytes(3 << 30), "3.0 GiB"),
    (.spread(mean: 0.8521, deviation: 0.0031, isRatio: true), "85.21 ± 0.31%"),
    (.spread(mean: 0.8521, deviation: 0.00009, isRatio: true), "85.21 ± <0.01%"),
    (.spread(mean: 0.8521, deviation: 0, isRatio: true), "85.21 ± 0.00%"),
    (.spread(mean: 0.8521, deviation: nil, isRatio: true), "85.21%"),
    (.spread(mean: 1.5, deviation: 0.25, isRatio: false), "1.5000 ± 0.2500"),
    (.spread(mean: -0.00008, deviation: 0.0024, isRatio: true), "-0.01 ± 0.24%"),
    (.spread(mean: -0.00002, deviation: 0.0024, isRatio: true), "0.00 ± 0.24%"),
    (.interval(mean: -0.00008, halfWidth: 0.0023, isRatio: true), "-0.01 [-0.24, 0.22]%"),
    (.interval(mean: 1e-6, halfWidth: 1e-7, isRatio: false), "1.0e-06 [9.0e-07, 1.1e-06]"),
    (.interval(mean: 0.5, halfWidth: nil, isRatio: true), "50.00%"),
    (.ends(low: -0.00002, high: 0.0023, isRatio: true), "[0.00, 0.23]%"),
    (.ends(low: -0.5, high: 2, isRatio: false), "[-0.5000, 2.0000]"),
    (.setting(.list([.text("high")])), "[\"high\"]"), (.setting(.bool(true)), "true"),
  ])
  func `a cell is shown with its unit`(cell: ReportCell, text: String) {
    #expect(cell.shownText == text)
  }
}
