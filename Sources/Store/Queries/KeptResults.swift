import Foundation
import GRDB
import Sweeps

/// Results by value, each kept once under its digest.
extension ExperimentStore {
  static func keep(_ found: LaunchResults, in database: Database) throws {
    for (digest, result) in found.details.sorted(by: { $0.key < $1.key }) {
      try keep(result, digest: digest, in: database)
    }
    let results = found.results
    let digest = results.digest
    try database.execute(
      sql: "INSERT INTO resultSet VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
      arguments: [digest, results.sweep, list(results.axes)])
    guard database.changesCount == 1 else { return }
    for (position, job) in results.jobs.enumerated() {
      try database.cachedStatement(
        sql: "INSERT INTO resultSetJob VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"
      ).execute(
        arguments: [
          digest, position, job.jobKey, job.state.rawValue, job.error, job.seed, job.settingsText,
          job.digestsText, job.resultDigest,
        ])
    }
  }

  private static func keep(
    _ result: JobResult, digest: String, in database: Database
  ) throws {
    try database.cachedStatement(
      sql: "INSERT INTO jobResult VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING"
    ).execute(
      arguments: [
        digest, result.jobKey, result.numericsIdentity, try JSONText.encode(result.weights),
      ])
    guard database.changesCount == 1 else { return }
    let measure = try database.cachedStatement(sql: "INSERT INTO jobResultMeasure VALUES (?, ?, ?)")
    for (name, value) in result.measures {
      try measure.execute(arguments: [digest, try measureNumber(name, in: database), value])
    }
    let history = try database.cachedStatement(sql: "INSERT INTO jobResultHistory VALUES (?, ?, ?)")
    for (name, points) in result.histories {
      try history.execute(
        arguments: [digest, try measureNumber(name, in: database), JobResult.blob(points)])
    }
  }

  /// What was kept of a sweep under a digest.
  package func sweepResults(_ digest: String) throws -> SweepResults {
    try read { try Self.sweepResults(digest, in: $0) }
  }

  static func sweepResults(_ digest: String, in database: Database) throws -> SweepResults {
    guard
      let set = try Row.fetchOne(
        database, sql: "SELECT sweep, axes FROM resultSet WHERE digest = ?", arguments: [digest])
    else { throw StoreError(.damaged, "the kept results \(digest.prefix(12))… are not there") }
    let rows = try Row.fetchAll(
      database,
      sql: """
        SELECT resultSetJob.*, jobResult.numericsIdentity AS identity FROM resultSetJob
        LEFT JOIN jobResult ON jobResult.digest = resultSetJob.resultDigest
        WHERE setDigest = ? ORDER BY position
        """, arguments: [digest])
    let measures = try keptMeasures(ofSet: digest, in: database)
    let jobs = try rows.map { row in
      var job = SweepResults.Job(
        jobKey: row["jobKey"], state: try state(named: row["state"]), error: row["error"],
        seed: row["seed"], settings: try settings(row["settings"]),
        dataDigests: try JSONText.decode([String: String].self, from: row["dataDigests"]),
        result: nil)
      job.resultDigest = row["resultDigest"]
      job.numericsIdentity = row["identity"]
      job.measures = job.resultDigest.flatMap { measures[$0] } ?? [:]
      return job
    }
    return SweepResults(
      sweep: set[0], axes: try JSONText.decode([String].self, from: set[1]), jobs: jobs)
  }

  private static func keptMeasures(
    ofSet digest: String, in database: Database
  ) throws -> [String: [String: Double]] {
    let rows = try Row.fetchCursor(
      database,
      sql: """
        SELECT jobResultMeasure.resultDigest, measure.name, jobResultMeasure.value
        FROM jobResultMeasure JOIN measure ON measure.number = jobResultMeasure.measureNumber
        WHERE resultDigest IN (SELECT resultDigest FROM resultSetJob WHERE setDigest = ?)
        """, arguments: [digest])
    var measures: [String: [String: Double]] = [:]
    while let row = try rows.next() {
      let value: Double? = row[2]
      measures[row[0], default: [:]][row[1]] = value ?? .nan
    }
    return measures
  }

  /// Everything that a job computed, as it was kept under a digest; nil where it was not.
  package func jobResult(_ digest: String) throws -> JobResult? {
    try read { try Self.jobResult(digest, in: $0) }
  }

  static func jobResult(_ digest: String, in database: Database) throws -> JobResult? {
    guard
      let row = try Row.fetchOne(
        database, sql: "SELECT jobKey, numericsIdentity, weights FROM jobResult WHERE digest = ?",
        arguments: [digest])
    else { return nil }
    var result = JobResult(jobKey: row[0], numericsIdentity: row[1])
    result.weights = try JSONText.decode([String: JobResult.Weights].self, from: row[2])
    let measures = try Row.fetchAll(
      database,
      sql: """
        SELECT measure.name, kept.value FROM jobResultMeasure AS kept
        JOIN measure ON measure.number = kept.measureNumber WHERE resultDigest = ?
        """, arguments: [digest])
    for measure in measures {
      let value: Double? = measure[1]
      result.measures[measure[0]] = value ?? .nan
    }
    let histories = try Row.fetchAll(
      database,
      sql: """
        SELECT measure.name, kept.points FROM jobResultHistory AS kept
        JOIN measure ON measure.number = kept.measureNumber WHERE resultDigest = ?
        """, arguments: [digest])
    for history in histories {
      let points: Data = history[1]
      result.histories[history[0]] = JobResult.points(points)
    }
    return result
  }
}
