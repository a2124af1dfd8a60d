import Store
import Sweeps
import TestSupport
import Testing

@Suite struct QueryLimitTests {
  private static let endless =
    "WITH RECURSIVE c (x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c) SELECT count(*) FROM c"

  @Test func `a statement without end ends`() throws {
    let fixture = try StoreFixture()
    let clock = ContinuousClock()
    let start = clock.now
    #expect(
      storeErrorText { _ = try fixture.store.query(Self.endless, allowed: .seconds(1)) } == """
        the SQL took longer than 1 s and was stopped. Ask for less, or allow more time with \
        --timeout
        """)
    #expect(clock.now - start >= .seconds(1))
    #expect(try fixture.store.query("SELECT 1 AS x").rows == [[.number(1)]])
  }

  @Test func `an expression without end ends`() throws {
    let table = try ExpressionTable(columns: ["alpha"], rows: [[.number(1)]])
    #expect(
      storeErrorText { _ = try table.evaluate("alpha < (\(Self.endless))") }
        == "the SQL took longer than 10 s and was stopped. Write a simpler expression")
  }

  @Test func `a value without measure is refused`() throws {
    let fixture = try StoreFixture()
    let grown = "replace(hex(zeroblob(4000000)), '0', '0123456789abcdef')"
    for sql in ["SELECT zeroblob(200000000)", "SELECT \(grown)"] {
      #expect(
        storeErrorText { _ = try fixture.store.query(sql) }
          == "the SQL makes a value of more than 100 MiB. Ask for a part of it", "\(sql)")
    }
    let table = try ExpressionTable(columns: ["alpha"], rows: [[.number(1)]])
    #expect(
      storeErrorText { _ = try table.evaluate("length(zeroblob(200000000)) > alpha") }
        == "the SQL makes a value of more than 100 MiB. Ask for a part of it")
  }

  @Test func `a result without measure is refused`() throws {
    let fixture = try StoreFixture()
    let text = storeErrorText {
      _ = try fixture.store.query(
        "WITH RECURSIVE c (x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c) "
          + "SELECT printf('%.*c', 50000000, 'x') FROM c")
    }
    #expect(
      text == """
        the result is larger than 256 MiB after 5 rows. Ask for fewer columns, or add a LIMIT
        """)
  }

  @Test func `a single step of hours is left behind`() throws {
    let fixture = try StoreFixture()
    let slow = "SELECT instr(printf('%.*c', 1200000, 'a'), printf('%.*c', 600000, 'a') || 'b')"
    #expect(
      storeErrorText { _ = try fixture.store.query(slow, allowed: .milliseconds(1)) } == """
        the SQL took longer than 0 s and was stopped. Ask for less, or allow more time with \
        --timeout
        """)
    #expect(try fixture.store.query("SELECT 1 AS x").rows == [[.number(1)]])
  }

  @Test func `values that an expression makes beyond its rows are not kept`() throws {
    let table = try ExpressionTable(columns: ["alpha"], rows: [[.number(1)], [.number(2)]])
    let rows = "WITH RECURSIVE c (x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c) SELECT x FROM c"
    #expect(
      storeErrorText {
        _ = try table.evaluate("1 THEN 1 END FROM (\(rows)) /*")
      } == "it has one value for all rows; functions such as count are no help here")
    #expect(
      storeErrorText {
        _ = try ExpressionTable(
          columns: ["alpha"], rows: Array(repeating: [.number(1)], count: 20)
        ).values(of: "zeroblob(50000000)")
      } == """
        the result is larger than 256 MiB after 5 rows. Ask for fewer columns, or add a LIMIT
        """)
  }

  @Test(arguments: [
    ("SELECT load_extension('x')", "not authorized"),
    (
      "SELECT * FROM pragma_writable_schema(1)",
      "too many arguments on pragma_writable_schema() - max 0"
    ),
    ("SELECT writefile('x', 'y')", "no such function: writefile"),
    ("SELECT readfile('/etc/passwd')", "no such function: readfile"),
    ("SELECT fts3_tokenizer('simple')", "fts3_tokenizer() is not allowed here"),
    ("SELECT fts3_tokenizer('simple', x'00')", "fts3_tokenizer() is not allowed here"),
  ])
  func `nothing outside of the store can be reached`(sql: String, message: String) throws {
    let fixture = try StoreFixture()
    #expect(storeErrorText { _ = try fixture.store.query(sql) } == message)
    let table = try ExpressionTable(columns: ["alpha"], rows: [[.number(1)]])
    let nothing = "no such function: "
    guard message.hasPrefix(nothing) || sql.contains("tokenizer") else { return }
    #expect(
      storeErrorText { _ = try table.evaluate(String(sql.dropFirst("SELECT ".count))) } == message)
  }

  @Test(arguments: ["ATTACH DATABASE 'x' AS y", "VACUUM", "DROP TABLE item", "SELECT 1"])
  func `an expression that goes on as a second statement is refused`(second: String) throws {
    let table = try ExpressionTable(columns: ["alpha"], rows: [[.number(1)]])
    let expression = "1 THEN 1 END FROM item; \(second) --"
    #expect(
      storeErrorText { _ = try table.evaluate(expression) }
        == "more than one statement: write an expression without a semicolon")
    #expect(try table.evaluate("alpha = 1") == [true])
  }

  @Test(arguments: [
    "SELECT 1 UNION SELECT 2; ATTACH 'x' AS y",
    "WITH a AS (SELECT 1) INSERT INTO run SELECT * FROM a",
    "WITH a AS (SELECT 1) UPDATE run SET note = 'x'", "(SELECT 1); DROP TABLE run",
    "EXPLAIN DELETE FROM run", "EXPLAIN QUERY PLAN DELETE FROM run",
  ])
  func `a writing statement that begins like a reading one is refused`(sql: String) throws {
    let fixture = try StoreFixture()
    _ = try fixture.begin()
    let before = try StoreFile.dump(fixture.path)
    #expect(storeErrorText { _ = try fixture.store.query(sql) } != nil)
    #expect(try StoreFile.dump(fixture.path) == before)
  }

  @Test func `a statement sees what a launch has just written`() throws {
    let fixture = try StoreFixture()
    _ = try fixture.begin(jobs: 3)
    #expect(try fixture.store.query("SELECT count(*) FROM runs").rows == [[.number(3)]])
  }
}
