import Foundation
import GRDB
import Sweeps

/// A job of a launch and the run that stands for it.
package struct LaunchedJob: Sendable, Hashable {
  package var position: Int
  package var jobKey: String
  package var runID: String
  /// As it was decided when the launch was written down.
  package var action: PlannedJob.Action
  /// What the run was until then; nil where it is new.
  package var stateBefore: RunState?
}

extension ExperimentStore {
  /// The newest run of each job that the store knows: a completed one before an unfinished one
  /// before any other.
  package func knownJobs(keys: [String]) throws -> [String: KnownJob] {
    try read { try Self.knownJobs(keys: keys, in: $0) }
  }

  /// What became of runs, by their ids; those that are not there are missing.
  package func knownRuns(ids: [String]) throws -> [String: KnownJob] {
    try read { database in
      let list = SettingValue.list(ids.map(SettingValue.text)).canonicalJSON
      let rows = try Row.fetchAll(
        database,
        sql: """
          SELECT run.id, run.state, run.error, run.wallSeconds FROM json_each(?) AS wanted
          JOIN run ON run.id = wanted.value
          """, arguments: [list])
      return try Dictionary(
        rows.map { row in
          let known = KnownJob(
            runID: row[0], state: try Self.state(named: row[1]), error: row[2],
            numericsIdentity: nil, wallSeconds: row[3])
          return (known.runID, known)
        }
      ) { first, _ in first }
    }
  }

  private static func knownJobs(
    keys: [String], in database: Database
  ) throws -> [String: KnownJob] {
    let list = SettingValue.list(keys.map(SettingValue.text)).canonicalJSON
    var known: [String: KnownJob] = [:]
    let rows = try Row.fetchCursor(
      database,
      sql: """
        SELECT run.jobKey, run.id, run.state, run.error, run.wallSeconds,
          environment.content ->> '$.numerics_identity' AS identity
        FROM json_each(?) AS wanted
        JOIN run ON run.jobKey = wanted.value
        LEFT JOIN environment ON environment.number = run.environmentNumber
        ORDER BY CASE run.state WHEN 'completed' THEN 0
            WHEN 'running' THEN 1 WHEN 'interrupted' THEN 1 WHEN 'pending' THEN 1 ELSE 2 END,
          run.number DESC
        """, arguments: [list])
    while let row = try rows.next() {
      let key: String = row[0]
      guard known[key] == nil else { continue }
      known[key] = KnownJob(
        runID: row[1], state: try state(named: row[2]), error: row[3],
        numericsIdentity: row[5], wallSeconds: row[4])
    }
    return known
  }

  /// Writes down a launch with all its jobs; each job to be run gets a run in waiting.
  ///
  /// What is done about a job is decided by what the store knows of it now.
  package func begin(_ launch: LaunchRecord, jobs: [PlannedJob]) throws -> [LaunchedJob] {
    try write { database in
      try Self.insert(launch, into: database)
      return try Self.add(jobs, to: launch, in: database)
    }
  }

  /// Writes down further jobs of a launch that is under way.
  package func append(_ jobs: [PlannedJob], to launch: LaunchRecord) throws -> [LaunchedJob] {
    try write { try Self.add(jobs, to: launch, in: $0) }
  }

  private static func add(
    _ jobs: [PlannedJob], to launch: LaunchRecord, in database: Database
  ) throws -> [LaunchedJob] {
    let known = try knownJobs(keys: jobs.map(\.key), in: database)
    return try jobs.map { job in
      let known = known[job.key]
      let decision = JobDecision(about: known, options: job.options)
      let run = try run(
        for: job, known: known, action: decision.action, launch: launch, in: database)
      let link = try database.cachedStatement(
        sql: """
          INSERT INTO launchJob (launchNumber, position, jobKey, runNumber, action, reason, role)
          VALUES ((SELECT number FROM launch WHERE id = ?), ?, ?, ?, ?, ?, ?)
          """)
      try link.execute(
        arguments: [
          launch.id, job.spec.index, job.key, try number(of: run, in: database),
          decision.action.rawValue, decision.reason, job.role.rawValue,
        ])
      return LaunchedJob(
        position: job.spec.index, jobKey: job.key, runID: run, action: decision.action,
        stateBefore: known?.state)
    }
  }

  private static func insert(_ launch: LaunchRecord, into database: Database) throws {
    try database.execute(
      sql: """
        INSERT INTO sweep (id, name, description, createdAt) VALUES (?, ?, ?, ?)
        ON CONFLICT (name) DO UPDATE SET description = excluded.description
        """,
      arguments: [
        Identifier.random(), launch.sweepName, launch.sweepDescription,
        launch.startedAt.description,
      ])
    try database.execute(
      sql: "INSERT INTO document VALUES (?, ?) ON CONFLICT DO NOTHING",
      arguments: [launch.textDigest, launch.text])
    try database.execute(
      sql: """
        INSERT INTO launch (id, sweepId, file, documentDigest, commandLine, axes,
          objectiveMetric, objectiveGoal, host, processId, startedAt, resources, gate, bootId)
        VALUES (?, (SELECT id FROM sweep WHERE name = ?), ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """,
      arguments: [
        launch.id, launch.sweepName, launch.file, launch.textDigest,
        SettingValue.list(launch.commandLine.map(SettingValue.text)).canonicalJSON,
        try JSONText.encode(launch.axes), launch.objective.metric,
        launch.objective.goal.rawValue, launch.host, launch.processID,
        launch.startedAt.description, try JSONText.encode(launch.resources),
        try JSONText.encode(launch.gate), launch.bootID,
      ])
  }

  /// The id of the run that stands for a job: of the one that is there, or a new one in waiting.
  private static func run(
    for job: PlannedJob, known: KnownJob?, action: PlannedJob.Action, launch: LaunchRecord,
    in database: Database
  ) throws -> String {
    if let known, action != .run {
      if action == .retry {
        try database.execute(
          sql: "UPDATE run SET state = 'pending', error = NULL WHERE id = ?",
          arguments: [known.runID])
      }
      return known.runID
    }
    let unfinished = try String.fetchOne(
      database.cachedStatement(
        sql: """
          SELECT id FROM run WHERE jobKey = ? AND state IN ('pending', 'running', 'interrupted')
          """), arguments: [job.key])
    if let unfinished { return unfinished }
    let id = Identifier.random()
    try database.cachedStatement(sql: "INSERT INTO job VALUES (?, ?) ON CONFLICT DO NOTHING")
      .execute(arguments: [job.key, job.canonicalText])
    let insert = try database.cachedStatement(
      sql: """
        INSERT INTO run (id, jobKey, launchId, state, seed, settings, origins, dataDigests,
          createdAt)
        VALUES (?, ?, ?, 'pending', ?, ?, ?, ?, ?)
        """)
    try insert.execute(
      arguments: [
        id, job.key, launch.id, job.spec.settings["seed"]?.integer ?? 0,
        SettingValue.mapping(job.spec.settings).canonicalJSON,
        JSONText.encode(job.spec.origins),
        SettingValue.mapping(job.dataDigests.mapValues(SettingValue.text)).canonicalJSON,
        launch.startedAt.description,
      ])
    return id
  }

  static func number(of runID: String, in database: Database) throws -> Int64 {
    guard
      let number = try Int64.fetchOne(
        database.cachedStatement(sql: "SELECT number FROM run WHERE id = ?"), arguments: [runID])
    else { throw StoreError(.unknownName, "there is no run \(runID)") }
    return number
  }
}
