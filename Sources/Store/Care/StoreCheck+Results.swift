import GRDB

/// Whether results that were kept by value are those that were kept.
extension StoreCheck {
  mutating func checkKeptResults() throws {
    guard try database.tableExists("resultSet") else { return }
    for digest in try String.fetchAll(database, sql: "SELECT digest FROM jobResult ORDER BY 1")
    where try ExperimentStore.jobResult(digest, in: database)?.digest != digest {
      report(
        .damage, .keptResults,
        "the kept result \(digest.prefix(12))… of a job has another SHA-256", Self.restore)
    }
    for digest in try String.fetchAll(database, sql: "SELECT digest FROM resultSet ORDER BY 1")
    where try ExperimentStore.sweepResults(digest, in: database).digest != digest {
      report(
        .damage, .keptResults,
        "the kept results \(digest.prefix(12))… of a sweep have another SHA-256", Self.restore)
    }
  }
}
