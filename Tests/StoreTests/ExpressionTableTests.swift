import Store
import Sweeps
import Testing

@Suite struct ExpressionTableTests {
  private static func table() throws -> ExpressionTable {
    try ExpressionTable(
      columns: [
        "run_id", "loss.alpha", "loss.margin", "alpha", "α", "margin", "m", "T",
        "loss.temperature", "batch", "select", "test/recall@1", "dataset.levels",
      ],
      rows: [
        row("a", alpha: 1.2, margin: 0.4, temperature: 10, recall: .number(0.85)),
        row("b", alpha: 1.0, margin: 0.6, temperature: .infinity, recall: .null),
        row("c", alpha: 1.4, margin: 1.4, temperature: 0, recall: .number(0.7)),
      ])
  }

  private static func row(
    _ id: String, alpha: Double, margin: Double, temperature: Double, recall: SettingValue
  ) -> [SettingValue] {
    let (a, m, t) = (
      SettingValue.number(alpha), SettingValue.number(margin), SettingValue.number(temperature)
    )
    return [
      .text(id), a, m, a, a, m, m, t, t, .text("60x3"), .text("best"), recall,
      .list([.text("high")]),
    ]
  }

  @Test(arguments: [
    ("loss.alpha >= 1.2", [true, false, true] as [Bool?]),
    ("alpha = 1.2", [true, false, false]),
    ("α = 1.2 AND m = 0.4", [true, false, false]),
    ("ALPHA = 1.2 and Loss.Margin = 0.4", [true, false, false]),
    ("margin >= loss.alpha", [false, false, true]),
    ("T > 1e300", [false, true, false]),
    ("temperature = 10", [true, false, false]),
    ("batch = '60x3'", [true, true, true]),
    ("\"test/recall@1\" > 0.8", [true, nil, false]),
    ("\"test/recall@1\" IS NULL", [false, true, false]),
    ("\"select\" = 'best' -- a comment", [true, true, true]),
    ("dataset.levels = '[\"high\"]'", [true, true, true]),
    ("alpha IN (1, 1.4)", [false, true, true]),
    ("1", [true, true, true]),
    ("NULL", [nil, nil, nil]),
  ])
  func `an expression has SQL's truth`(expression: String, truth: [Bool?]) throws {
    #expect(try Self.table().evaluate(expression) == truth)
  }

  private static let names = """
    Names are T, alpha, batch, dataset.levels, loss.alpha, loss.margin, loss.temperature, m, \
    margin, run_id, select, test/recall@1, α
    """

  @Test(arguments: [
    ("marign > 1", "'marign' is no known name; did you mean 'margin'? "),
    ("loss.beta > 1", "'loss.beta' is no known name "),
    ("batch = \"60x3\"", "'60x3' is no known name "),
  ])
  func `an unknown name is said with the known ones`(expression: String, start: String) throws {
    let table = try Self.table()
    #expect(
      storeErrorText { _ = try table.evaluate(expression) }
        == start + "(Text needs 'single quotes'.) " + Self.names)
  }

  @Test func `wrong SQL is said in SQLite's words`() throws {
    let table = try Self.table()
    #expect(
      storeErrorText { _ = try table.evaluate("alpha >") } == "near \"THEN\": syntax error"
        || storeErrorText { _ = try table.evaluate("alpha >") } == "near \"\n\": syntax error")
    #expect(storeErrorText { _ = try table.evaluate("") } != nil)
  }

  @Test(arguments: ["count(*) > 1", "max(alpha) > 1"])
  func `a function over all rows has no value for each`(expression: String) throws {
    #expect(
      storeErrorText { _ = try Self.table().evaluate(expression) }
        == "it has one value for all rows; functions such as count are no help here")
  }

  @Test(arguments: ["random() > 0", "alpha > julianday('now')", "datetime() > ''"])
  func `what differs from call to call excludes nothing`(expression: String) throws {
    #expect(throws: ExclusionError.self) {
      try ExpressionTable.exclusion([expression], ["alpha"], [[.number(1)], [.number(2)]])
    }
  }

  @Test func `inf is infinity`() throws {
    let table = try ExpressionTable(
      columns: ["loss.temperature", "T"],
      rows: [[.number(10), .number(10)], [.number(.infinity), .number(.infinity)]])
    #expect(try table.evaluate("T = inf") == [false, true])
    #expect(try table.evaluate("loss.temperature < inf") == [true, false])
  }

  @Test func `no rows give no values`() throws {
    let table = try ExpressionTable(columns: ["alpha"], rows: [])
    #expect(try table.evaluate("alpha > 1").isEmpty)
  }

  @Test func `an exclusion that cannot be evaluated names its place`() throws {
    do {
      _ = try ExpressionTable.exclusion(
        ["alpha > 1", "alhpa > 1"], ["alpha"], [[.number(1)], [.number(2)]])
      Issue.record("no error was thrown")
    } catch let error as ExclusionError {
      #expect(error.expressionIndex == 1)
      #expect(
        error.message == """
          'alhpa' is no known name; did you mean 'alpha'? (Text needs 'single quotes'.) \
          Names are alpha
          """)
    }
    #expect(
      try ExpressionTable.exclusion(
        ["alpha > 1"], ["alpha"], [[.number(1)], [.number(2)]])
        == [[false, true]])
  }
}
