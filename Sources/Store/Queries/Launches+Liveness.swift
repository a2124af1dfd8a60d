import GRDB
import Sweeps

extension ExperimentStore {
  /// A launch that has not said that it is over, and whether it is alive all the same.
  private struct OpenLaunch {
    var id: String
    var number: Int64
    var verdict: LaunchLease.Verdict
  }

  /// Writes down that a launch is over. What it leaves unfinished is interrupted, but not what
  /// Slurm has.
  package func end(launch id: String, at now: Timestamp) throws {
    try write { try Self.end([id], message: "the launch ended before the job did", now, in: $0) }
  }

  /// Says to other hosts that a launch of this one is alive.
  package func renewLease(of launchID: String) throws {
    try write { database in
      try database.execute(
        sql: "UPDATE launch SET beat = beat + 1 WHERE id = ?", arguments: [launchID])
    }
  }

  /// Marks as interrupted what launches were running that are no longer alive. What Slurm has is
  /// not theirs.
  package func markDeadLaunches(now: Timestamp) throws {
    let open = try read {
      try Self.openLaunches(in: $0, location: location, observer: observer, removesStale: true)
    }
    guard open.contains(where: { $0.verdict != .alive }) else { return }
    try write { database in
      for launch in open {
        guard case .seen(let sighting) = launch.verdict else { continue }
        try database.execute(
          sql: "INSERT OR REPLACE INTO launchSighting VALUES (?, ?, ?, ?)",
          arguments: [
            launch.number, observer.host.bootID, sighting.beat, sighting.seconds,
          ])
      }
      try Self.end(
        open.filter { $0.verdict == .dead }.map(\.id),
        message: "the launching process ended before the job did", now, in: database)
    }
  }

  /// The ids of launches that died and are not marked as ended yet.
  package func deadLaunches() throws -> [String] {
    try read { try Self.deadLaunches(in: $0, location: location, observer: observer) }
  }

  static func deadLaunches(
    in database: Database, location: StoreLocation, observer: LaunchObserver = .current
  ) throws -> [String] {
    try openLaunches(in: database, location: location, observer: observer)
      .filter { $0.verdict == .dead }.map(\.id)
  }

  /// The ids of launches that are alive, as far as is known.
  static func livingLaunches(
    in database: Database, location: StoreLocation, observer: LaunchObserver = .current
  ) throws -> [String] {
    try openLaunches(in: database, location: location, observer: observer)
      .filter { $0.verdict != .dead }.map(\.id)
  }

  private static let noSightings =
    "(SELECT NULL AS launchNumber, NULL AS observerBootId, NULL AS beat, NULL AS seconds)"

  private static func openLaunches(
    in database: Database, location: StoreLocation, observer: LaunchObserver,
    removesStale: Bool = false
  ) throws -> [OpenLaunch] {
    // A store that is only looked at may still be without leases.
    let hasLeases = try database.tableExists("launchSighting")
    let isSlurms = try database.tableExists("slurmTask") ? isSlurmsSQL : "FALSE"
    let rows = try Row.fetchAll(
      database,
      sql: """
        SELECT launch.*, seen.beat AS seenBeat, seen.seconds AS seenSeconds
        FROM launch LEFT JOIN \(hasLeases ? "launchSighting" : noSightings) AS seen
          ON seen.launchNumber = launch.number AND seen.observerBootId = ?
        WHERE endedAt IS NULL
          OR number IN (
            SELECT launchNumber FROM attempt WHERE state = 'running' AND NOT \(isSlurms))
        ORDER BY number
        """, arguments: [observer.host.bootID])
    let now = observer.seconds()
    return rows.map { row in
      let seconds: Double? = row["seenSeconds"]
      let host = HostIdentity(name: row["host"], bootID: row["bootId"] ?? "")
      let lock = LaunchLock.sight(
        of: location.launchLock(of: row["id"]), from: observer.host, removesStale: removesStale)
      return OpenLaunch(
        id: row["id"], number: row["number"],
        verdict: LaunchLease.verdict(
          lock: lock, isOfThisHost: observer.host.sharesLocks(with: host),
          now: .init(beat: row["beat"] ?? 0, seconds: now),
          earlier: seconds.map { .init(beat: row["seenBeat"], seconds: $0) }))
    }
  }

  private static func end(
    _ launches: [String], message: String, _ now: Timestamp, in database: Database
  ) throws {
    for id in launches {
      try database.execute(
        sql: """
          UPDATE run SET
            state = CASE WHEN cancelRequestedAt IS NULL THEN 'interrupted' ELSE 'cancelled' END,
            cancelRequestedAt = NULL
          WHERE state = 'running' AND number IN (
            SELECT runNumber FROM attempt JOIN launch ON launch.number = attempt.launchNumber
            WHERE launch.id = ? AND attempt.state = 'running' AND NOT \(isSlurmsSQL))
          """, arguments: [id])
      try database.execute(
        sql: """
          UPDATE attempt SET state = 'interrupted', finishedAt = ?, reason = ?, message = ?
          WHERE state = 'running' AND launchNumber = (SELECT number FROM launch WHERE id = ?)
            AND NOT \(isSlurmsSQL)
          """, arguments: [now.description, AttemptReason.stopped.rawValue, message, id])
      try database.execute(
        sql: "UPDATE launch SET endedAt = ? WHERE id = ? AND endedAt IS NULL",
        arguments: [now.description, id])
      try database.execute(
        sql: """
          DELETE FROM launchSighting
          WHERE launchNumber = (SELECT number FROM launch WHERE id = ?)
          """, arguments: [id])
    }
  }

  /// Whether no launch will touch a row of `run` any more, in SQL. A run that a limit or something
  /// around it ended may go on.
  static var isOverSQL: String {
    let reasons = AttemptReason.allCases.filter(\.leavesWorkToGoOnFrom).map { "'\($0.rawValue)'" }
    return """
      (run.state IN ('completed', 'cancelled') OR (run.state = 'failed' AND (
        SELECT coalesce(reason, '') FROM attempt WHERE attempt.runNumber = run.number
        ORDER BY position DESC LIMIT 1) NOT IN (\(reasons.joined(separator: ", ")))))
      """
  }

  /// The ids, among those given, of runs that no launch will touch any more.
  package func finishedRuns(among ids: [String]) throws -> [String] {
    let list = SettingValue.list(ids.map(SettingValue.text)).canonicalJSON
    return try read { database in
      try String.fetchAll(
        database,
        sql: """
          SELECT run.id FROM json_each(?) AS wanted JOIN run ON run.id = wanted.value
          WHERE \(Self.isOverSQL)
          """, arguments: [list])
    }
  }
}
