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

  @Test(arguments: [
    ("SELECT load_extension('x')", "not authorized"),
    (
      "SELECT * FROM pragma_writable_schema(1)",
      "too many arguments on pragma_writable_schema() - max 0"
    ),
    ("SELECT writefile('x', 'y')", "no such function: writefile"),
    ("SELECT readfile('/etc/passwd')", "no such function: readfile"),
  ])
  func `nothing outside of the store can be reached`(sql: String, message: String) throws {
    let fixture = try StoreFixture()
    #expect(storeErrorText { _ = try fixture.store.query(sql) } == message)
  }

  @Test(arguments: [
    "SELECT 1 UNION SELECT 2; ATTACH 'x' AS y",
    "WITH a AS (SELECT 1) INSERT INTO run SELECT * FROM a",
    "WITH a AS (SELECT 1) UPDATE run SET note = 'x'", "(SELECT 1); DROP TABLE run",
    "EXPLAIN DELETE FROM run",
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
