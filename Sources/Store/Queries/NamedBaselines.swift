import GRDB
import Sweeps

/// Baselines: what a name stands for, with everything that it stood for before.
extension ExperimentStore {
  /// Every entry of the history of all names, or of one, the newest first.
  package func baselineHistory(of name: String? = nil) throws -> [BaselineRecord] {
    try read { try Self.baselineHistory(of: name, in: $0) }
  }

  private static func baselineHistory(
    of name: String?, in database: Database
  ) throws -> [BaselineRecord] {
    let rows = try Row.fetchAll(
      database,
      sql: """
        SELECT baselines.*,
          (SELECT count(*) FROM resultSetJob WHERE setDigest = baselines.results) AS jobs
        FROM baselines WHERE ?1 IS NULL OR name = ?1 ORDER BY at DESC, baseline_id DESC
        """, arguments: [name])
    return try rows.map(BaselineRecord.init)
  }

  /// What a name, `latest`, or four letters or more of an id stand for.
  package func baseline(named name: String) throws -> BaselineRecord {
    let history = try baselineHistory()
    let current = history.filter(\.isCurrent)
    if name == "latest", let first = current.first { return first }
    if let exact = current.first(where: { $0.name == name }) { return exact }
    return try Self.only(
      history.filter { $0.setDigest != nil && name.count >= 4 && $0.id.hasPrefix(name) },
      kind: "baseline", name: name, candidates: current.map(\.name)
    ) { "\($0.name) (\($0.id))" }
  }

  /// The baseline that was set last of all for a sweep; nil where it has none.
  package func latestBaseline(ofSweep sweep: String) throws -> BaselineRecord? {
    try baselineHistory().first { $0.isCurrent && $0.sweep == sweep }
  }

  /// Names the results of a launch. What the name stood for stays in its history; it is given up
  /// only for a reason.
  package func setBaseline(_ baseline: BaselineRecord, of results: LaunchResults) throws {
    try write { database in
      let known = try Self.baselineHistory(of: baseline.name, in: database).first(
        where: \.isCurrent)
      if let known, baseline.reason == nil {
        throw StoreError(
          .exists,
          "the baseline '\(known.name)' stands for the launch of \(known.sweep) of \(known.startedAt); "
            + "say why it is to change with --reason")
      }
      try Self.keep(results, in: database)
      try Self.insert(baseline, gate: results.launch.gate, in: database)
    }
  }

  /// Gives a name up. Its history stays.
  package func removeBaseline(
    _ name: String, reason: String?, at now: Timestamp
  ) throws -> BaselineRecord {
    try write { database in
      let known = try Self.baselineHistory(of: name, in: database).first(where: \.isCurrent)
      guard let known else {
        throw StoreError(.unknownName, "there is no baseline '\(name.showingControls)' to remove")
      }
      let removal = BaselineRecord(
        name: name, at: now, reason: reason, setDigest: nil, sweep: known.sweep,
        launchID: known.launchID, startedAt: known.startedAt, host: known.host)
      try Self.insert(removal, gate: nil, in: database)
      return removal
    }
  }

  private static func insert(
    _ baseline: BaselineRecord, gate: [GateRule]?, in database: Database
  ) throws {
    try database.execute(
      sql: "INSERT INTO baseline VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
      arguments: [
        baseline.id, baseline.name, baseline.at, baseline.reason, baseline.setDigest,
        baseline.sweep, baseline.launchID, baseline.startedAt, baseline.host,
        try gate.map(JSONText.encode),
      ])
  }
}

extension BaselineRecord {
  fileprivate init(_ row: Row) throws {
    id = row["baseline_id"]
    name = row["name"]
    at = row["at"]
    reason = row["reason"]
    setDigest = row["results"]
    sweep = row["sweep"]
    launchID = row["launch_id"]
    startedAt = row["started_at"]
    host = row["host"]
    gate = try (row["gate"] as String?).map { try JSONText.decode([GateRule].self, from: $0) }
    jobs = row["jobs"]
    isCurrent = row["is_current"]
  }
}
