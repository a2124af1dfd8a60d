import Store
import TestSupport
import Testing

/// SQL that asks for all memory or disk, over a store in a process of its own: what SQLite may
/// take is a limit of the process.
struct UserSQLTests {
  private static let folder: Result<TemporaryFolder, any Error> = Result {
    let folder = try TemporaryFolder()
    _ = try ExperimentStore(path: folder.file("s.sqlite"), access: .write)
    return folder
  }

  private static let endless =
    "WITH RECURSIVE c (x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c)"

  @Test(arguments: [
    "SELECT "
      + Array(repeating: "printf('%.*c', 100000000, 'x')", count: 20).joined(separator: ","),
    "\(endless) SELECT json_group_array(printf('%.*c', 5000000, 'x')) FROM c",
    "\(endless) SELECT count(*) FROM "
      + "(SELECT printf('%.*c', 5000000, 'x') || x AS t FROM c ORDER BY t)",
    "\(endless) SELECT count(*) FROM (SELECT DISTINCT printf('%.*c', 5000000, 'x') || x FROM c)",
  ])
  func `SQL that would take all memory or disk is stopped`(sql: String) throws {
    let folder = try Self.folder.get()
    let ending = try BuiltProgram.report.run(
      ["sql", "--store", "s.sqlite", "--timeout", "300", sql], in: folder.path,
      afterShell: "ulimit -v 6000000")
    #expect(
      ending.errors == """
        error: the SQL takes more than 1024 MiB of memory. Ask for less, or sort and group fewer rows

        """)
    #expect(ending.status == 1 && ending.output.isEmpty)
  }
}
