import GRDB
import Sweeps

/// A sweep with what its latest launch is about.
package struct SweepSummary: Sendable {
  package var id: String
  package var name: String
  package var launch: LaunchRecord
  package var endedAt: String?
  package var launches: Int
  /// Launches that are not over, as far as is known.
  package var openLaunches: Int
  /// Jobs of the latest launch.
  package var jobs: Int
}

extension ExperimentStore {
  /// All sweeps, the one last launched first.
  package func sweeps() throws -> [SweepSummary] {
    try read { database in
      let rows = try Row.fetchAll(
        database,
        sql: """
          SELECT sweep.id AS id, sweep.name AS name, launch.number AS latest,
            (SELECT count(*) FROM launch WHERE sweepId = sweep.id) AS launches,
            (SELECT count(*) FROM launch WHERE sweepId = sweep.id AND endedAt IS NULL)
              AS openLaunches
          FROM sweep JOIN launch ON launch.number = (
            SELECT number FROM launch WHERE sweepId = sweep.id
            ORDER BY startedAt DESC, number DESC LIMIT 1)
          ORDER BY launch.startedAt DESC, launch.number DESC
          """)
      return try rows.map { row in
        let latest: Int64 = row["latest"]
        let newest = try Row.fetchOne(
          database, sql: "SELECT id, endedAt FROM launch WHERE number = ?", arguments: [latest])
        let jobs = try Int.fetchOne(
          database, sql: "SELECT count(*) FROM launchJob WHERE launchNumber = ?",
          arguments: [latest])
        return SweepSummary(
          id: row["id"], name: row["name"],
          launch: try Self.launch(id: newest?["id"] ?? "", in: database),
          endedAt: newest?["endedAt"], launches: row["launches"],
          openLaunches: row["openLaunches"], jobs: jobs ?? 0)
      }
    }
  }

  /// The sweep of an exact name, `latest`, or a unique prefix of an id.
  package func sweep(named name: String) throws -> SweepSummary {
    let all = try sweeps()
    if name == "latest", let first = all.first { return first }
    if let exact = all.first(where: { $0.name == name }) { return exact }
    return try Self.only(
      all.filter { name.count >= 4 && $0.id.hasPrefix(name) }, kind: "sweep", name: name,
      candidates: all.map { "\($0.name) (\($0.id.prefix(8)))" }
    ) { "\($0.name) (\($0.id))" }
  }

  /// The id of the run of an exact id, `latest` (the one last started), or a unique prefix.
  package func runID(named name: String) throws -> String {
    try read { database in
      if name == "latest" {
        let latest = try String.fetchOne(
          database,
          sql: """
            SELECT id FROM run WHERE startedAt IS NOT NULL
            ORDER BY startedAt DESC, number DESC LIMIT 1
            """)
        if let latest { return latest }
      }
      let isPrefix = name.count >= 4 && name.allSatisfy { $0.isHexDigit && !$0.isUppercase }
      let found =
        isPrefix
        ? try String.fetchAll(
          database, sql: "SELECT id FROM run WHERE id LIKE ? || '%' ORDER BY id", arguments: [name])
        : []
      let newest = try String.fetchAll(
        database, sql: "SELECT id FROM run ORDER BY number DESC LIMIT 5")
      return try Self.only(found, kind: "run", name: name, candidates: newest) { $0 }
    }
  }

  static func only<Item>(
    _ found: [Item], kind: String, name: String, candidates: [String],
    describe: (Item) -> String
  ) throws -> Item {
    if let first = found.first, found.count == 1 { return first }
    let name = name.showingControls
    guard found.isEmpty else {
      throw StoreError(
        .ambiguousName,
        "'\(name)' fits \(found.count) \(kind)s: "
          + found.prefix(10).map(describe).joined(separator: ", ")
          + ". Give more letters of the id")
    }
    let known =
      candidates.isEmpty
      ? "The store has none yet" : "The newest are \(candidates.prefix(5).joined(separator: ", "))"
    throw StoreError(
      .unknownName,
      "there is no \(kind) '\(name)'. \(known); a name is exact, 'latest', or four letters "
        + "or more of an id")
  }

  static func launch(id: String, in database: Database) throws -> LaunchRecord {
    guard
      let row = try Row.fetchOne(
        database,
        sql: """
          SELECT launch.*, sweep.name AS sweepName, sweep.description AS sweepDescription,
            document.text AS text
          FROM launch JOIN sweep ON sweep.id = launch.sweepId
          JOIN document ON document.digest = launch.documentDigest
          WHERE launch.id = ?
          """, arguments: [id])
    else { throw StoreError(.unknownName, "there is no launch \(id)") }
    var launch = LaunchRecord(
      id: id, sweepName: row["sweepName"], sweepDescription: row["sweepDescription"],
      file: row["file"], text: row["text"], textDigest: row["documentDigest"],
      commandLine: try JSONText.decode([String].self, from: row["commandLine"]),
      axes: try JSONText.decode([LaunchRecord.Axis].self, from: row["axes"]),
      objective: Objective(
        metric: row["objectiveMetric"],
        goal: Objective.Goal(rawValue: row["objectiveGoal"]) ?? .maximize),
      host: row["host"], processID: row["processId"],
      startedAt: Timestamp(storedText: row["startedAt"]))
    launch.resources = try JSONText.decode(JobResources.self, from: row["resources"])
    launch.gate = try JSONText.decode([GateRule].self, from: row["gate"])
    launch.bootID = row["bootId"]
    return launch
  }
}
