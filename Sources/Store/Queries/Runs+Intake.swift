package import Foundation
import GRDB
package import Sweeps

extension ExperimentStore {
  /// SQLite's own limit on one value is near; pieces of this size stay far below it.
  private static let chunkBytes = 64 << 20

  /// Makes a waiting run this launch's own; nil where another launch was faster.
  package func claim(
    runID: String, launchID: String, spec: JobSpec, now: Timestamp
  ) throws -> Int? {
    try transaction { try $0.claim(runID: runID, launchID: launchID, spec: spec, now: now) }
  }

  static func claim(
    runID: String, launchID: String, spec: JobSpec, now: Timestamp, in database: Database
  ) throws -> Int? {
    let claim = try database.cachedStatement(
      sql: """
        UPDATE run SET state = 'running', launchId = ?, startedAt = coalesce(startedAt, ?),
          finishedAt = NULL, settings = ?, origins = ?
        WHERE id = ? AND state IN ('pending', 'interrupted')
        """)
    try claim.execute(
      arguments: [
        launchID, now.description, SettingValue.mapping(spec.settings).canonicalJSON,
        JSONText.encode(spec.origins), runID,
      ])
    guard database.changesCount == 1 else { return nil }
    let number = try Self.number(of: runID, in: database)
    let position =
      try Int.fetchOne(
        database.cachedStatement(
          sql: "SELECT coalesce(max(position), 0) + 1 FROM attempt WHERE runNumber = ?"),
        arguments: [number]) ?? 1
    let attempt = try database.cachedStatement(
      sql: """
        INSERT INTO attempt (runNumber, position, launchNumber, state, startedAt)
        VALUES (?, ?, (SELECT number FROM launch WHERE id = ?), 'running', ?)
        """)
    try attempt.execute(arguments: [number, position, launchID, now.description])
    return position
  }

  /// Takes in how an attempt ended, with everything it produced, in one transaction.
  ///
  /// Doing it twice changes nothing: only a running attempt can end. Returns whether it did.
  @discardableResult
  package func takeIn(
    _ outcome: AttemptOutcome, runID: String, attempt: Int
  ) throws -> Bool {
    try transaction { try $0.takeIn(outcome, runID: runID, attempt: attempt) }
  }

  static func takeIn(
    _ outcome: AttemptOutcome, runID: String, attempt: Int, in database: Database
  ) throws -> Bool {
    let number = try Self.number(of: runID, in: database)
    let end = try database.cachedStatement(
      sql: """
        UPDATE attempt
        SET state = ?, finishedAt = ?, exitStatus = ?, reason = ?, message = ?, log = ?
        WHERE runNumber = ? AND position = ? AND state = 'running'
        """)
    try end.execute(
      arguments: [
        outcome.state.rawValue, outcome.finishedAt.description, outcome.exitStatus,
        outcome.reason?.rawValue, outcome.remark, outcome.log, number, attempt,
      ])
    guard database.changesCount == 1 else { return false }
    let environment = try Self.environmentNumber(outcome.environment, in: database)
    let state = outcome.isTriedAgain ? .interrupted : outcome.state
    // What was to be cancelled and stopped for another reason is cancelled all the same.
    let record = try database.cachedStatement(
      sql: """
        UPDATE run SET
          state = CASE WHEN ?1 = 'interrupted' AND cancelRequestedAt IS NOT NULL
            THEN 'cancelled' ELSE ?1 END,
          cancelRequestedAt = NULL, finishedAt = ?, error = ?,
          wallSeconds = coalesce(?, wallSeconds),
          processorSeconds = coalesce(?, processorSeconds),
          peakMemoryBytes = coalesce(?, peakMemoryBytes), selectedStep = ?,
          environmentNumber = coalesce(?, environmentNumber)
        WHERE number = ?
        """)
    try record.execute(
      arguments: [
        state.rawValue, outcome.finishedAt.description,
        state == .failed ? outcome.message ?? "no reason was given" : nil,
        outcome.cost?.wallSeconds, outcome.cost?.processorSeconds,
        outcome.cost?.peakMemoryBytes,
        outcome.selectedStep, environment, number,
      ])
    // An attempt that was killed has nothing to say about what earlier ones measured.
    if state != .interrupted || !outcome.history.isEmpty {
      try Self.replaceMetrics(of: number, by: outcome, in: database)
    }
    try Self.replaceCheckpoints(of: number, by: outcome.checkpoints, in: database)
    try Self.replaceQueryOutcomes(of: number, by: outcome.queries, in: database)
    if state == .completed { try Self.keepTestReading(of: number, in: database) }
    return true
  }

  private static func environmentNumber(
    _ environment: [String: String], in database: Database
  ) throws -> Int64? {
    guard !environment.isEmpty else { return nil }
    let content = JSONText.encode(environment)
    try database.cachedStatement(
      sql: "INSERT INTO environment (content) VALUES (?) ON CONFLICT DO NOTHING"
    ).execute(arguments: [content])
    return try Int64.fetchOne(
      database.cachedStatement(sql: "SELECT number FROM environment WHERE content = ?"),
      arguments: [content])
  }

  private static func replaceMetrics(
    of run: Int64, by outcome: AttemptOutcome, in database: Database
  ) throws {
    for table in ["metricPoint", "finalMetric"] {
      try database.cachedStatement(sql: "DELETE FROM \(table) WHERE runNumber = ?")
        .execute(arguments: [run])
    }
    var numbers: [String: Int64] = [:]
    func number(of measure: String) throws -> Int64 {
      if let number = numbers[measure] { return number }
      let number = try measureNumber(measure, in: database)
      numbers[measure] = number
      return number
    }
    var series: [Int64: [MetricPoint]] = [:]
    for point in outcome.history { series[try number(of: point.name), default: []].append(point) }
    // In the order of the table, whose pages are then filled one after the other.
    for (measure, points) in series.sorted(by: { $0.key < $1.key }) {
      try insert(points.sorted { $0.step < $1.step }, of: measure, run: run, into: database)
    }
    let final = try database.cachedStatement(sql: "INSERT INTO finalMetric VALUES (?, ?, ?)")
    for (name, value) in outcome.finalMetrics {
      try final.execute(arguments: [run, try number(of: name), value])
    }
  }

  /// So many points are written by one statement, at a third of the cost of one each.
  private static let pointsPerStatement = 64

  private static func insert(
    _ points: [MetricPoint], of measure: Int64, run: Int64, into database: Database
  ) throws {
    let (run, measure) = (run.databaseValue, measure.databaseValue)
    for start in stride(from: 0, to: points.count, by: pointsPerStatement) {
      let part = points[start..<min(start + pointsPerStatement, points.count)]
      let places = Array(repeating: "(?, ?, ?, ?)", count: part.count).joined(separator: ", ")
      let statement = try database.cachedStatement(sql: "INSERT INTO metricPoint VALUES \(places)")
      var values: [DatabaseValue] = []
      values.reserveCapacity(4 * part.count)
      for point in part {
        values += [run, measure, point.step.databaseValue, point.value.databaseValue]
      }
      try statement.execute(arguments: StatementArguments(values))
    }
  }

  static func measureNumber(_ name: String, in database: Database) throws -> Int64 {
    try database.cachedStatement(
      sql: "INSERT INTO measure (name) VALUES (?) ON CONFLICT DO NOTHING"
    ).execute(arguments: [name])
    guard
      let number = try Int64.fetchOne(
        database.cachedStatement(sql: "SELECT number FROM measure WHERE name = ?"),
        arguments: [name])
    else { throw StoreError(.failed, "the measure \(name) was not kept") }
    return number
  }

  private static func replaceCheckpoints(
    of run: Int64, by checkpoints: [CheckpointContent], in database: Database
  ) throws {
    try database.cachedStatement(sql: "DELETE FROM checkpoint WHERE runNumber = ?")
      .execute(arguments: [run])
    for checkpoint in checkpoints {
      let (content, digest) = (checkpoint.content, checkpoint.digest)
      try database.execute(
        sql: "INSERT INTO blob VALUES (?, ?) ON CONFLICT DO NOTHING",
        arguments: [digest, content.count])
      if database.changesCount == 1 {
        for (position, start) in stride(from: 0, to: content.count, by: chunkBytes).enumerated() {
          let end = min(start + chunkBytes, content.count)
          try database.execute(
            sql: "INSERT INTO blobChunk (blobDigest, position, content) VALUES (?, ?, ?)",
            arguments: [digest, position, content[start..<end]])
        }
      }
      try database.execute(
        sql: "INSERT INTO checkpoint VALUES (?, ?, ?, ?)",
        arguments: [run, checkpoint.kind.rawValue, checkpoint.step, digest])
    }
  }

  /// What the attempts at a run have cost, as far as they said.
  package func cost(of runID: String) throws -> RunCost {
    try read { database in
      let row = try Row.fetchOne(
        database,
        sql: "SELECT wallSeconds, processorSeconds, peakMemoryBytes FROM run WHERE id = ?",
        arguments: [runID])
      guard let row else { throw StoreError(.unknownName, "there is no run \(runID)") }
      let (wall, processor, peak): (Double?, Double?, Int?) = (row[0], row[1], row[2])
      return RunCost(
        wallSeconds: wall ?? 0, processorSeconds: processor ?? 0, peakMemoryBytes: peak ?? 0)
    }
  }

  /// The complete weights file of a run.
  package func checkpoint(of runID: String, kind: CheckpointContent.Kind) throws -> Data? {
    try read { database in
      let chunks = try Data.fetchAll(
        database,
        sql: """
          SELECT blobChunk.content FROM run
          JOIN checkpoint ON checkpoint.runNumber = run.number
          JOIN blobChunk ON blobChunk.blobDigest = checkpoint.blobDigest
          WHERE run.id = ? AND checkpoint.kind = ? ORDER BY blobChunk.position
          """, arguments: [runID, kind.rawValue])
      return chunks.isEmpty ? nil : Data(chunks.joined())
    }
  }

  /// The weights that a job starts from, by the digest in its key; nil where it starts from its
  /// seed. Throws where they are not in the store any more, or not what they were.
  package func initialWeights(ofJob key: String) throws -> Data? {
    try read { database in
      guard
        let digest = try String.fetchOne(
          database, sql: "SELECT canonicalText ->> '$.initial' FROM job WHERE key = ?",
          arguments: [key])
      else { return nil }
      let content = Data(
        try Data.fetchAll(
          database, sql: "SELECT content FROM blobChunk WHERE blobDigest = ? ORDER BY position",
          arguments: [digest]
        ).joined())
      guard CheckpointContent.digest(of: content) == digest else {
        throw StoreError(
          .damaged,
          "the weights \(digest.prefix(12))… that job \(key.prefix(12))… starts from are "
            + (content.isEmpty ? "not in the store" : "not what they were when it ran"))
      }
      return content
    }
  }
}
