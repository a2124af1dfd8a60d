import GRDB
import Sweeps

extension ExperimentStore {
  /// The id of a launch of a sweep: by its exact id, four letters or more of it, or `latest`.
  package func launchID(named name: String, of sweep: SweepSummary) throws -> String {
    try read { database in
      let ids = try String.fetchAll(
        database,
        sql: "SELECT id FROM launch WHERE sweepId = ? ORDER BY startedAt DESC, number DESC",
        arguments: [sweep.id])
      if name == "latest" { return sweep.launch.id }
      return try Self.only(
        ids.filter { name.count >= 4 && $0.hasPrefix(name) }, kind: "launch of \(sweep.name)",
        name: name, candidates: ids
      ) { $0 }
    }
  }

  /// What the jobs of a launch came to: of each the run that stands for it in this launch, also
  /// where another one is completed. Repeats of what a search chose are left out.
  package func results(ofLaunch id: String) throws -> LaunchResults {
    try read { database in
      let launch = try Self.launch(id: id, in: database)
      let rows = try Row.fetchAll(
        database,
        sql: """
          SELECT run.number, run.jobKey, run.state, run.error, run.seed, run.settings,
            run.dataDigests, run.launchId = launch.id AS isOwn, launchJob.action = 'skip' AS isSkipped, run.processorSeconds,
            run.peakMemoryBytes, environment.content ->> '$.numerics_identity' AS identity
          FROM launch
          JOIN launchJob ON launchJob.launchNumber = launch.number AND launchJob.role = 'search'
          JOIN run ON run.number = launchJob.runNumber
          LEFT JOIN environment ON environment.number = run.environmentNumber
          WHERE launch.id = ? ORDER BY launchJob.position
          """, arguments: [id])
      let names = try measureNames(in: database)
      var found = LaunchResults(
        launch: launch,
        results: SweepResults(sweep: launch.sweepName, axes: launch.axes.map(\.name), jobs: []),
        details: [:])
      for row in rows {
        let result = try row["state"] == "completed" ? jobResult(of: row, names, database) : nil
        let job = SweepResults.Job(
          jobKey: row["jobKey"], state: try Self.state(named: row["state"]), error: row["error"],
          seed: row["seed"], settings: try Self.settings(row["settings"]),
          dataDigests: try JSONText.decode([String: String].self, from: row["dataDigests"]),
          result: result)
        found.results.jobs.append(job)
        if let result, let digest = job.resultDigest { found.details[digest] = result }
        if row["isSkipped"] { found.skippedJobs += 1 }
        guard row["isOwn"] else {
          found.jobsOfOthers += 1
          continue
        }
        if result != nil { found.cost.add(row, steps: job.settings["steps"]?.integer ?? 0) }
      }
      return found
    }
  }

  private func measureNames(in database: Database) throws -> [Int64: String] {
    let rows = try Row.fetchAll(database, sql: "SELECT number, name FROM measure")
    return Dictionary(uniqueKeysWithValues: rows.map { ($0[0] as Int64, $0[1] as String) })
  }

  private func jobResult(
    of row: Row, _ names: [Int64: String], _ database: Database
  ) throws -> JobResult {
    let number: Int64 = row["number"]
    var result = JobResult(jobKey: row["jobKey"], numericsIdentity: row["identity"] ?? "unknown")
    let finals = try Row.fetchAll(
      database.cachedStatement(
        sql: "SELECT measureNumber, value FROM finalMetric WHERE runNumber = ?"),
      arguments: [number])
    for final in finals {
      let value: Double? = final[1]
      result.measures[names[final[0]] ?? ""] = value ?? .nan
    }
    let points = try Row.fetchCursor(
      database.cachedStatement(
        sql: """
          SELECT measureNumber, step, value FROM metricPoint WHERE runNumber = ?
          ORDER BY measureNumber, step
          """), arguments: [number])
    while let point = try points.next() {
      let value: Double? = point[2]
      result.histories[names[point[0]] ?? "", default: []].append(
        .init(step: point[1], value: value ?? .nan))
    }
    let weights = try Row.fetchAll(
      database.cachedStatement(
        sql: "SELECT kind, step, blobDigest FROM checkpoint WHERE runNumber = ?"),
      arguments: [number])
    for own in weights { result.weights[own[0]] = .init(step: own[1], sha256: own[2]) }
    return result
  }

  static func settings(_ text: String) throws -> [String: SettingValue] {
    guard case .mapping(let settings) = SettingValue(json: text) else {
      throw StoreError(.damaged, "a job has settings that are no JSON object: \(text.prefix(40))")
    }
    return settings
  }
}

extension NightCost {
  fileprivate mutating func add(_ row: Row, steps: Int) {
    let (seconds, peak): (Double?, Int?) = (row["processorSeconds"], row["peakMemoryBytes"])
    guard let seconds else { return }
    processorSeconds += seconds
    self.steps += steps
    peakMemoryBytes = max(peakMemoryBytes, peak ?? 0)
  }
}
