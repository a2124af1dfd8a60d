import GRDB
import Sweeps

extension ExperimentStore {
  /// A launch that has not said that it is over.
  private struct OpenLaunch {
    var id: String
    var number: Int64
    var beat: Int
    var host: HostIdentity
    var earlier: LaunchLease.Sighting?
  }

  /// Writes down that a launch is over. What it leaves unfinished is interrupted.
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

  /// Marks as interrupted what launches were running that are no longer alive.
  package func markDeadLaunches(now: Timestamp) throws {
    let seconds = observer.seconds()
    var dead: [String] = []
    var sightings: [(launch: Int64, LaunchLease.Sighting)] = []
    for launch in try openLaunches() {
      let lock = LaunchLock.sight(
        of: location.launchLock(of: launch.id), from: observer.host)
      let verdict = LaunchLease.verdict(
        lock: lock, isOfThisHost: observer.host.sharesLocks(with: launch.host),
        now: .init(beat: launch.beat, seconds: seconds), earlier: launch.earlier)
      switch verdict {
      case .alive: break
      case .dead: dead.append(launch.id)
      case .seen(let sighting): sightings.append((launch.number, sighting))
      }
    }
    guard !dead.isEmpty || !sightings.isEmpty else { return }
    try write { database in
      for (launch, sighting) in sightings {
        try database.execute(
          sql: "INSERT OR REPLACE INTO launchSighting VALUES (?, ?, ?, ?)",
          arguments: [launch, observer.host.bootID, sighting.beat, sighting.seconds])
      }
      try Self.end(
        dead, message: "the launching process ended before the job did", now, in: database)
    }
  }

  private func openLaunches() throws -> [OpenLaunch] {
    try read { database in
      let rows = try Row.fetchAll(
        database,
        sql: """
          SELECT launch.id, launch.number, launch.beat, launch.host, launch.bootId,
            launchSighting.beat AS seenBeat, launchSighting.seconds AS seenSeconds
          FROM launch
          LEFT JOIN launchSighting ON launchNumber = launch.number AND observerBootId = ?
          WHERE endedAt IS NULL
            OR number IN (SELECT launchNumber FROM attempt WHERE state = 'running')
          """, arguments: [observer.host.bootID])
      return rows.map { row in
        let seconds: Double? = row["seenSeconds"]
        return OpenLaunch(
          id: row["id"], number: row["number"], beat: row["beat"],
          host: HostIdentity(name: row["host"], bootID: row["bootId"] ?? ""),
          earlier: seconds.map { .init(beat: row["seenBeat"], seconds: $0) })
      }
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
            WHERE launch.id = ? AND attempt.state = 'running')
          """, arguments: [id])
      try database.execute(
        sql: """
          UPDATE attempt SET state = 'interrupted', finishedAt = ?, reason = ?, message = ?
          WHERE state = 'running' AND launchNumber = (SELECT number FROM launch WHERE id = ?)
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

  /// The ids, among those given, of runs that no launch will touch any more. A run that a limit
  /// ended may go on under a wider one.
  package func finishedRuns(among ids: [String]) throws -> [String] {
    let list = SettingValue.list(ids.map(SettingValue.text)).canonicalJSON
    let limits = AttemptReason.allCases.filter(\.isOfLimits).map { SettingValue.text($0.rawValue) }
    return try read { database in
      try String.fetchAll(
        database,
        sql: """
          SELECT run.id FROM json_each(?) AS wanted JOIN run ON run.id = wanted.value
          WHERE run.state IN ('completed', 'cancelled') OR (run.state = 'failed' AND (
            SELECT coalesce(reason, '') FROM attempt WHERE runNumber = run.number
            ORDER BY position DESC LIMIT 1) NOT IN (SELECT value FROM json_each(?)))
          """, arguments: [list, SettingValue.list(limits).canonicalJSON])
    }
  }
}
