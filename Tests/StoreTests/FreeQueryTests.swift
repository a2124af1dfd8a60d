import Store
import Sweeps
import Testing

@Suite struct FreeQueryTests {
  @Test func `a statement that reads gives columns and rows`() throws {
    let fixture = try StoreFixture()
    _ = try fixture.begin(jobs: 2)
    let table = try fixture.store.query(
      "  select state, count(*) AS n, NULL AS empty, 0.5 AS half FROM runs GROUP BY state")
    #expect(table.columns == ["state", "n", "empty", "half"])
    #expect(table.rows == [[.text("pending"), .number(2), .null, .number(0.5)]])
    #expect(try fixture.store.query("WITH a AS (SELECT 1) SELECT * FROM a").rows.count == 1)
    #expect(try !fixture.store.query("EXPLAIN QUERY PLAN VALUES (1)").rows.isEmpty)
    #expect(try fixture.store.query("SELECT 1 AS x WHERE 0").columns == ["x"])
  }

  @Test(arguments: [
    ("DELETE FROM run", "DELETE"), ("delete from run", "DELETE"),
    ("UPDATE run SET note = 'x'", "UPDATE"), ("DROP TABLE run", "DROP"),
    ("ATTACH 'x.sqlite' AS x", "ATTACH"), ("PRAGMA user_version = 7", "PRAGMA"),
    ("VACUUM INTO 'copy.sqlite'", "VACUUM"), ("WITH a AS (SELECT 1) DELETE FROM run", "WITH"),
    ("EXPLAIN PRAGMA query_only = 0", "PRAGMA"), ("explain query plan ATTACH 'x' AS y", "ATTACH"),
    ("EXPLAIN", "EXPLAIN"), ("", ""),
  ])
  func `a statement that writes is refused`(sql: String, word: String) throws {
    let fixture = try StoreFixture()
    _ = try fixture.begin()
    #expect(
      storeErrorText { _ = try fixture.store.query(sql) } == """
        only one statement that reads is allowed here (SELECT, WITH, VALUES, EXPLAIN), not \
        '\(word)'
        """)
    #expect(try fixture.store.runs().count == 1)
  }

  @Test func `a second statement is refused`() throws {
    let fixture = try StoreFixture()
    _ = try fixture.begin()
    #expect(
      storeErrorText { _ = try fixture.store.query("SELECT 1; DELETE FROM run") }
        == "only one statement that reads is allowed here (SELECT, WITH, VALUES, EXPLAIN), not "
        + "'SELECT'")
    #expect(try fixture.store.runs().count == 1)
  }

  @Test func `an unknown table is said in SQLite's words`() throws {
    let fixture = try StoreFixture()
    #expect(
      storeErrorText { _ = try fixture.store.query("SELECT * FROM rnus") }
        == "no such table: rnus")
  }
}
