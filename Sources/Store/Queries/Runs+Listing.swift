import GRDB
import Sweeps

extension ExperimentStore {
  /// Which runs to list.
  package enum Selection: Sendable, Hashable {
    case all
    case runs([String])
    /// What the sweep's latest launch refers to: of each of its jobs, or of those in one role, the
    /// newest run.
    case sweep(String, role: JobRole? = nil)
  }

  /// Runs with their settings and final measures, oldest first; those of a sweep by job order.
  package func runs(_ selection: Selection = .all) throws -> [RunSummary] {
    try read { database in
      try Self.summaries(of: Self.numbers(selection, in: database), in: database)
    }
  }

  static func json(_ numbers: [Int64]) -> String {
    "[" + numbers.map(String.init).joined(separator: ",") + "]"
  }

  static func summaries(of numbers: [Int64], in database: Database) throws -> [RunSummary] {
    let wanted = json(numbers)
    let metrics = try finalMetrics(of: wanted, in: database)
    let tags = try tags(of: wanted, in: database)
    let rows = try Row.fetchCursor(
      database,
      sql: """
        SELECT run.number, run.settings, run.dataDigests, runs.run_id, runs.sweep, runs.job_key,
          runs.state, runs.seed, runs.created_at, runs.host, runs.started_at, runs.finished_at,
          runs.wall_seconds, runs.processor_seconds, runs.peak_memory_bytes, runs.selected_step,
          runs.error, runs.attempts, runs.note
        FROM json_each(?) AS wanted
        CROSS JOIN run ON run.number = wanted.value
        JOIN runs ON runs.run_id = run.id
        ORDER BY wanted.key
        """, arguments: [wanted])
    var summaries: [RunSummary] = []
    summaries.reserveCapacity(numbers.count)
    var digests = (text: "", value: [String: String]())
    while let row = try rows.next() {
      // Most runs of a listing have the same features.
      let text: String = row[2]
      if text != digests.text {
        digests = (text, try JSONText.decode([String: String].self, from: text))
      }
      var summary = try summary(row)
      let number: Int64 = row[0]
      summary.metrics = metrics[number] ?? [:]
      summary.tags = tags[number] ?? []
      summary.dataDigests = digests.value
      summaries.append(summary)
    }
    return summaries
  }

  static func numbers(_ selection: Selection, in database: Database) throws -> [Int64] {
    switch selection {
    case .all:
      return try Int64.fetchAll(database, sql: "SELECT number FROM run ORDER BY createdAt, number")
    case .runs(let ids):
      return try ids.map { try number(of: $0, in: database) }
    case .sweep(let name, let role):
      // A completed run of the job stands before the one that the launch made, the newest first.
      return try Int64.fetchAll(
        database,
        sql: """
          SELECT coalesce(
            (SELECT number FROM run WHERE run.jobKey = launchJob.jobKey AND state = 'completed'
             ORDER BY number DESC LIMIT 1), launchJob.runNumber)
          FROM launchJob
          WHERE launchNumber = (
            SELECT launch.number FROM launch JOIN sweep ON sweep.id = launch.sweepId
            WHERE sweep.name = ? ORDER BY launch.startedAt DESC, launch.number DESC LIMIT 1)
            AND role = coalesce(?, role)
          ORDER BY position
          """, arguments: [name, role?.rawValue])
    }
  }

  /// By place: a look-up by name for each value of each run takes longer than reading it.
  private static func summary(_ row: Row) throws -> RunSummary {
    guard case .mapping(let settings) = SettingValue(json: row[1]) else {
      throw StoreError(.damaged, "the run \(row[3] as String) has settings that are no JSON object")
    }
    var summary = RunSummary(
      id: row[3], sweep: row[4], jobKey: row[5], state: try state(named: row[6]), seed: row[7],
      createdAt: row[8], host: row[9], settings: settings)
    summary.startedAt = row[10]
    summary.finishedAt = row[11]
    summary.wallSeconds = row[12]
    summary.processorSeconds = row[13]
    summary.peakMemoryBytes = row[14]
    summary.selectedStep = row[15]
    summary.error = row[16]
    summary.attempts = row[17]
    summary.note = row[18]
    return summary
  }

  static func state(named name: String) throws -> RunState {
    guard let state = RunState(rawValue: name) else {
      throw StoreError(.damaged, "a run of the store has the unknown state '\(name)'")
    }
    return state
  }

  private static func finalMetrics(
    of wanted: String, in database: Database
  ) throws -> [Int64: [String: Double]] {
    let names = try Row.fetchAll(database, sql: "SELECT number, name FROM measure")
    let nameOf = Dictionary(uniqueKeysWithValues: names.map { ($0[0] as Int64, $0[1] as String) })
    var result: [Int64: [String: Double]] = [:]
    let rows = try Row.fetchCursor(
      database,
      sql: """
        SELECT runNumber, measureNumber, finalMetric.value FROM json_each(?) AS wanted
        JOIN finalMetric ON finalMetric.runNumber = wanted.value
        """, arguments: [wanted])
    while let row = try rows.next() {
      let value: Double? = row[2]
      result[row[0], default: [:]][nameOf[row[1]] ?? ""] = value ?? .nan
    }
    return result
  }

  private static func tags(of wanted: String, in database: Database) throws -> [Int64: [String]] {
    let rows = try Row.fetchAll(
      database,
      sql: """
        SELECT runNumber, name FROM json_each(?) AS wanted
        JOIN tag ON tag.runNumber = wanted.value ORDER BY name
        """, arguments: [wanted])
    return rows.reduce(into: [:]) { $0[$1[0], default: []].append($1[1]) }
  }

  /// Everything about one run.
  package func detail(of runID: String) throws -> RunDetail {
    guard let summary = try runs(.runs([runID])).first else {
      throw StoreError(.unknownName, "there is no run \(runID)")
    }
    return try read { database in
      let number = try Self.number(of: runID, in: database)
      let origins = try String.fetchOne(
        database, sql: "SELECT origins FROM run WHERE number = ?", arguments: [number])
      let environment = try String.fetchOne(
        database,
        sql: """
          SELECT content FROM environment
          WHERE number = (SELECT environmentNumber FROM run WHERE number = ?)
          """, arguments: [number])
      let attempts = try Row.fetchAll(
        database, sql: "SELECT * FROM attempt WHERE runNumber = ? ORDER BY position",
        arguments: [number])
      let slurmTasks = try Self.slurmTasks(of: number, in: database)
      let checkpoints = try Row.fetchAll(
        database, sql: "SELECT * FROM checkpoints WHERE run_id = ? ORDER BY step, kind",
        arguments: [runID])
      let launchID =
        try String.fetchOne(
          database, sql: "SELECT launchId FROM run WHERE number = ?", arguments: [number]) ?? ""
      return RunDetail(
        summary: summary,
        origins: try JSONText.decode([String: SettingOrigin].self, from: origins ?? "{}"),
        environment: try JSONText.decode([String: String].self, from: environment ?? "{}"),
        attempts: attempts.map {
          var attempt = RunDetail.Attempt(
            position: $0["position"], state: $0["state"], startedAt: $0["startedAt"])
          attempt.finishedAt = $0["finishedAt"]
          attempt.exitStatus = $0["exitStatus"]
          attempt.reason = $0["reason"]
          attempt.message = $0["message"]
          attempt.log = $0["log"]
          attempt.slurmTask = slurmTasks[attempt.position]
          return attempt
        },
        checkpoints: checkpoints.map {
          RunDetail.Checkpoint(
            step: $0["step"], kind: $0["kind"], bytes: $0["bytes"], sha256: $0["sha256"])
        },
        launch: try Self.launch(id: launchID, in: database))
    }
  }
}
