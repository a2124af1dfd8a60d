import GRDB

/// Whether the outcomes of queries are those that the measures of their runs were computed from.
extension StoreCheck {
  /// Half a unit in which the precision of a query is kept, and the rounding of a mean.
  private static let precisionError = 1e-5
  private static let recallError = 1e-9

  mutating func checkQueryOutcomes() throws {
    guard try database.tableExists("queryOutcome") else { return }
    var classes: [String: QueryClasses] = [:]
    for digest in try String.fetchAll(database, sql: "SELECT digest FROM queryClasses ORDER BY 1") {
      let own = try ExperimentStore.queryClasses(digest, in: database)
      classes[digest] = own
      if own.digest != digest {
        report(
          .damage, .queryOutcomes,
          "the classes \(digest.prefix(12))… of queries have another SHA-256", Self.restore)
      }
    }
    let rows = try Row.fetchCursor(
      database,
      sql: """
        SELECT run.id, run.number, queryOutcome.* FROM queryOutcome
        JOIN run ON run.number = queryOutcome.runNumber ORDER BY run.number
        """)
    while let row = try rows.next() {
      // A class list that is not there is a broken reference, which is reported as such.
      guard let own = classes[row["classesDigest"]] else { continue }
      let outcomes = try ExperimentStore.queryOutcomes(row, classes: own)
      guard let fault = try outcomes.fault ?? difference(outcomes, ofRun: row["number"]) else {
        continue
      }
      let id: String = row["id"]
      report(
        .damage, .queryOutcomes,
        "the query outcomes of run \(id.prefix(8)) are damaged: \(fault)",
        "Restore a backup, or run the job again with rll-sweep launch --fresh")
    }
  }

  /// Where the means of the outcomes are not the measures of the run.
  private func difference(_ outcomes: QueryOutcomes, ofRun number: Int64) throws -> String? {
    let means = outcomes.means
    let figures =
      zip(outcomes.recallAt, means.recall).map { ("test/recall@\($0)", $1, Self.recallError) }
      + [("test/map@r", means.averagePrecision, Self.precisionError)]
    for (name, value, error) in figures {
      let stored = try Double.fetchOne(
        database,
        sql: """
          SELECT value FROM finalMetric
          JOIN measure ON measure.number = finalMetric.measureNumber
          WHERE runNumber = ? AND name = ?
          """, arguments: [number, name])
      if let stored, abs(stored - value) > error {
        return "their \(name) is \(value), that of the run \(stored)"
      }
    }
    return nil
  }
}
