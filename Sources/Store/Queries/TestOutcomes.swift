import Foundation
import GRDB
import Sweeps

extension ExperimentStore {
  /// What became of the queries of some runs on the test classes; none of a run of which that was
  /// not kept.
  package func queryOutcomes(of runIDs: [String]) throws -> [String: QueryOutcomes] {
    let list = SettingValue.list(runIDs.map(SettingValue.text)).canonicalJSON
    return try read { database in
      var classes: [String: QueryClasses] = [:]
      var outcomes: [String: QueryOutcomes] = [:]
      let rows = try Row.fetchCursor(
        database,
        sql: """
          SELECT run.id, queryOutcome.* FROM json_each(?) AS wanted
          JOIN run ON run.id = wanted.value
          JOIN queryOutcome ON queryOutcome.runNumber = run.number
          """, arguments: [list])
      while let row = try rows.next() {
        let digest: String = row["classesDigest"]
        let own = try classes[digest] ?? Self.queryClasses(digest, in: database)
        classes[digest] = own
        let found = try Self.queryOutcomes(row, classes: own)
        let id: String = row["id"]
        if let fault = found.fault {
          throw StoreError(
            .damaged, "the run \(id.prefix(8)) has damaged query outcomes: \(fault)")
        }
        outcomes[id] = found
      }
      return outcomes
    }
  }

  static func queryOutcomes(_ row: Row, classes: QueryClasses) throws -> QueryOutcomes {
    QueryOutcomes(
      recallAt: try JSONText.decode([Int].self, from: row["recallAt"]), classes: classes,
      firstHits: row["firstHits"], averagePrecision: row["averagePrecision"])
  }

  static func queryClasses(_ digest: String, in database: Database) throws -> QueryClasses {
    let row = try Row.fetchOne(
      database, sql: "SELECT names, places FROM queryClasses WHERE digest = ?",
      arguments: [digest])
    guard let row else {
      throw StoreError(.damaged, "the classes \(digest.prefix(12))… of queries are not there")
    }
    return QueryClasses(
      names: try JSONText.decode([String].self, from: row["names"]), places: row["places"])
  }

  static func replaceQueryOutcomes(
    of run: Int64, by outcomes: QueryOutcomes?, in database: Database
  ) throws {
    try database.cachedStatement(sql: "DELETE FROM queryOutcome WHERE runNumber = ?")
      .execute(arguments: [run])
    guard let outcomes else { return }
    let digest = outcomes.classes.digest
    try database.execute(
      sql: "INSERT INTO queryClasses VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
      arguments: [digest, try JSONText.encode(outcomes.classes.names), outcomes.classes.places])
    try database.execute(
      sql: "INSERT INTO queryOutcome VALUES (?, ?, ?, ?, ?)",
      arguments: [
        run, digest, try JSONText.encode(outcomes.recallAt), outcomes.firstHits,
        outcomes.averagePrecision,
      ])
  }

  /// Remembers that a run has evaluated the test classes of its data.
  static func keepTestReading(of run: Int64, in database: Database) throws {
    let insertion = try database.cachedStatement(
      sql: """
        INSERT INTO testReading
        SELECT DISTINCT digest.value, run.id FROM run, json_each(run.dataDigests) AS digest
        WHERE run.number = ? ON CONFLICT DO NOTHING
        """)
    try insertion.execute(arguments: [run])
  }

  /// How many runs that this store knows have evaluated the test classes of any of these data,
  /// those included that were removed since.
  package func testReadings(ofData digests: Set<String>) throws -> Int {
    let list = SettingValue.list(digests.sorted().map(SettingValue.text)).canonicalJSON
    return try read { database in
      try Int.fetchOne(
        database,
        sql: """
          SELECT count(DISTINCT runId) FROM json_each(?) AS wanted
          JOIN testReading ON testReading.dataDigest = wanted.value
          """, arguments: [list]) ?? 0
    }
  }
}
