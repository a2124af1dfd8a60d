import GRDB

extension ExperimentStore {
  /// Keeps what a launch came to and how it was judged, by value. Judged again, a launch has its
  /// new verdict.
  package func keep(_ night: NightRecord, of results: LaunchResults) throws {
    try write { database in
      try Self.keep(results, in: database)
      try database.execute(
        sql: """
          INSERT INTO night VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
          ON CONFLICT (launchId) DO UPDATE SET setDigest = excluded.setDigest,
            recordedAt = excluded.recordedAt, verdict = excluded.verdict,
            summary = excluded.summary, baselineId = excluded.baselineId,
            processorSeconds = excluded.processorSeconds, steps = excluded.steps,
            peakMemoryBytes = excluded.peakMemoryBytes
          """,
        arguments: [
          night.launchID, night.sweep, night.setDigest, night.startedAt, night.recordedAt,
          night.host, night.verdict.rawValue, night.summary, night.baselineID,
          night.cost.processorSeconds, night.cost.steps, night.cost.peakMemoryBytes,
        ])
    }
  }

  /// The night that a launch was judged as; nil where it was not, or the judgement was not kept.
  package func night(ofLaunch id: String) throws -> NightRecord? {
    try read { database in
      try Row.fetchOne(
        database, sql: "SELECT * FROM night WHERE launchId = ?", arguments: [id]
      ).map(NightRecord.init)
    }
  }

  /// The nights of a sweep, the newest first; those that began before a moment where one is given.
  package func nights(
    of sweep: String, before: String? = nil, limit: Int? = nil
  ) throws -> [NightRecord] {
    try read { database in
      let rows = try Row.fetchAll(
        database,
        sql: """
          SELECT * FROM night WHERE sweep = ?1 AND (?2 IS NULL OR startedAt < ?2)
          ORDER BY startedAt DESC, launchId DESC LIMIT ?3
          """, arguments: [sweep, before, limit ?? -1])
      return try rows.map(NightRecord.init)
    }
  }
}

extension NightRecord {
  fileprivate init(_ row: Row) throws {
    guard let verdict = GateVerdict(rawValue: row["verdict"]) else {
      throw StoreError(
        .damaged, "a night of the store has the unknown verdict '\(row["verdict"] as String)'")
    }
    launchID = row["launchId"]
    sweep = row["sweep"]
    setDigest = row["setDigest"]
    startedAt = row["startedAt"]
    recordedAt = row["recordedAt"]
    host = row["host"]
    self.verdict = verdict
    summary = row["summary"]
    baselineID = row["baselineId"]
    cost = NightCost(
      processorSeconds: row["processorSeconds"], steps: row["steps"],
      peakMemoryBytes: row["peakMemoryBytes"])
  }
}
