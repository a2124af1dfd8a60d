import Foundation
import GRDB

/// What is to be removed from a store.
package struct CleaningOptions: Sendable {
  /// Which weights of a completed run stay. The only ones that it has always do.
  package enum Retention: String, Sendable, CaseIterable {
    case best, last, all
  }

  package var retention = Retention.all
  /// Failed, cancelled and superseded runs that ended before this go; nil: none goes.
  package var endedBefore: Timestamp?

  package init() {}
}

/// What was removed from a store, or would be.
package struct CleaningResult: Sendable {
  package internal(set) var runs: [RemovedRun] = []
  /// Weights that a run had, but not those that went with their runs.
  package internal(set) var checkpoints = 0
  /// Content of weights to which nothing refers any more.
  package internal(set) var weightFiles = 0
  package internal(set) var weightBytes = 0
  /// Texts to which nothing refers any more: jobs, sweep files, environments.
  package internal(set) var texts = 0
  package internal(set) var folders = 0
  package internal(set) var folderBytes = 0

  package struct RemovedRun: Sendable, Hashable {
    package let id: String
    package let reason: String
  }
}

extension ExperimentStore {
  /// Removes what nothing refers to and what the options name, in one transaction. Whatever a
  /// living launch refers to stays. With `isDryRun` nothing changes.
  package func clean(
    _ options: CleaningOptions, isDryRun: Bool = false
  ) throws -> CleaningResult {
    try requireWritable()
    return try StoreError.translating(location.path) {
      try database.writeWithoutTransaction { database in
        var cleaning = StoreCleaning(database, location: location, isDryRun: isDryRun)
        try database.inTransaction(.immediate) {
          try cleaning.run(options)
          return isDryRun ? .rollback : .commit
        }
        return cleaning.result
      }
    }
  }

  /// Gives the space of what was removed back to the disk. It takes the store's size once more
  /// while it works, and nobody may write meanwhile. Returns the bytes that were given back.
  package func vacuum() throws -> Int {
    try requireWritable()
    try requireNoLaunch()
    let before = try fileBytes()
    try StoreError.translating(location.path) {
      try database.writeWithoutTransaction { database in
        try database.execute(sql: "VACUUM")
        _ = try Row.fetchOne(database, sql: "PRAGMA wal_checkpoint(TRUNCATE)")
      }
    }
    return max(before - (try fileBytes()), 0)
  }

  /// Throws where a launch is going on, which compacting would hold up.
  package func requireNoLaunch() throws {
    guard let launch = try livingLaunches().first else { return }
    throw StoreError(
      .busy,
      "the store \(location.path) is in use by the launch \(launch.prefix(8)), which could not "
        + "write while it is compacted. Try again when that has ended")
  }

  /// The ids of launches whose process is alive.
  package func livingLaunches() throws -> [String] {
    try read { try Self.livingLaunches(in: $0, location: location, observer: observer) }
  }

  /// The size of the store's file.
  package func fileBytes() throws -> Int {
    try read { database in
      try Int.fetchOne(
        database, sql: "SELECT page_count * page_size FROM pragma_page_count, pragma_page_size")
        ?? 0
    }
  }
}

/// Removes rows and folders, inside a transaction of its caller.
struct StoreCleaning {
  let database: Database
  let location: StoreLocation
  let isDryRun: Bool
  private(set) var result = CleaningResult()

  init(_ database: Database, location: StoreLocation, isDryRun: Bool) {
    self.database = database
    self.location = location
    self.isDryRun = isDryRun
  }

  mutating func run(_ options: CleaningOptions) throws {
    try holdRunsOfLivingLaunches()
    if let end = options.endedBefore { try removeRuns(endedBefore: end) }
    try removeCheckpoints(keeping: options.retention)
    try removeUnreferencedWeights()
    for table in ["job", "document", "environment", "queryClasses"] {
      try removeUnreferenced(table)
    }
    try removeFolders()
    try database.execute(sql: "DROP TABLE temp.heldRun; DROP TABLE temp.outdatedRun")
  }

  /// Runs that stay whatever the options say.
  private func holdRunsOfLivingLaunches() throws {
    let living = try ExperimentStore.livingLaunches(in: database, location: location)
    try database.execute(
      sql: """
        CREATE TEMP TABLE heldRun (number INTEGER PRIMARY KEY);
        CREATE TEMP TABLE outdatedRun (number INTEGER PRIMARY KEY, reason TEXT NOT NULL);
        """)
    for launch in living {
      try database.execute(
        sql: """
          INSERT INTO heldRun
            SELECT runNumber FROM launchJob
            WHERE launchNumber = (SELECT number FROM launch WHERE id = ?)
            ON CONFLICT DO NOTHING
          """, arguments: [launch])
    }
  }

  /// Runs that failed, were cancelled, or whose job has a better run, unless somebody tagged them
  /// or wrote a note, another run starts from their weights, or something else refers to them.
  private mutating func removeRuns(endedBefore end: Timestamp) throws {
    let keys = try ForeignKeys(database)
    let others = keys.references(to: "run").filter { !$0.isOwned && $0.table != "launchJob" }
    let isReferenced = others.map {
      "EXISTS (SELECT 1 FROM \($0.table) WHERE \($0.column) = run.\($0.parentColumn))"
    }
    let stays =
      [
        "EXISTS (SELECT 1 FROM tag WHERE runNumber = run.number)", "run.note IS NOT NULL",
        "EXISTS (SELECT 1 FROM heldRun WHERE number = run.number)",
        "EXISTS (SELECT 1 FROM run AS later WHERE later.settings ->> 'initial' = run.id)",
      ] + isReferenced
    try database.execute(
      sql: """
        INSERT INTO outdatedRun
        SELECT number, reason FROM (
          SELECT run.number AS number,
            CASE
              WHEN run.state IN ('failed', 'cancelled') THEN run.state
              WHEN \(Self.isSuperseded) THEN 'superseded'
            END AS reason
          FROM run
          WHERE coalesce(run.finishedAt, run.startedAt, run.createdAt) < ?
            AND run.state <> 'running' AND NOT (\(stays.joined(separator: " OR "))))
        WHERE reason IS NOT NULL
        """, arguments: [end.description])
    result.runs = try Row.fetchAll(
      database, sql: "SELECT id, reason FROM outdatedRun JOIN run USING (number) ORDER BY number"
    ).map { CleaningResult.RemovedRun(id: $0[0], reason: $0[1]) }
    try moveLaunchesToBetterRuns()
    for reference in keys.references(to: "run") where reference.table != "launchJob" {
      try database.execute(
        sql: """
          DELETE FROM \(reference.table) WHERE \(reference.column) IN (
            SELECT run.\(reference.parentColumn) FROM run JOIN outdatedRun USING (number))
          """)
    }
    try database.execute(sql: "DELETE FROM run WHERE number IN (SELECT number FROM outdatedRun)")
  }

  /// Another run of the job is completed, and later than this one if this one is completed too.
  private static let isSuperseded = """
    EXISTS (SELECT 1 FROM run AS other
      WHERE other.jobKey = run.jobKey AND other.state = 'completed' AND other.number <> run.number
        AND (run.state <> 'completed'
          OR (other.finishedAt, other.number) > (run.finishedAt, run.number)))
    """

  private func moveLaunchesToBetterRuns() throws {
    try database.execute(
      sql: """
        UPDATE launchJob SET runNumber = better.number
        FROM (
          SELECT outdatedRun.number AS outdated, (
            SELECT other.number FROM run AS other
            WHERE other.jobKey = run.jobKey AND other.state = 'completed'
              AND other.number NOT IN (SELECT number FROM outdatedRun)
            ORDER BY other.finishedAt DESC, other.number DESC LIMIT 1) AS number
          FROM outdatedRun JOIN run USING (number)) AS better
        WHERE launchJob.runNumber = better.outdated AND better.number IS NOT NULL
        """)
    try database.execute(
      sql: "DELETE FROM launchJob WHERE runNumber IN (SELECT number FROM outdatedRun)")
  }

  private mutating func removeCheckpoints(keeping retention: CleaningOptions.Retention) throws {
    guard retention != .all else { return }
    try database.execute(
      sql: """
        DELETE FROM checkpoint
        WHERE kind <> :kept AND runNumber NOT IN (SELECT number FROM heldRun)
          AND runNumber IN (
            SELECT number FROM run WHERE state = 'completed'
              AND id NOT IN (
                SELECT settings ->> 'initial' FROM run WHERE settings ->> 'initial' IS NOT NULL))
          AND runNumber IN (SELECT runNumber FROM checkpoint WHERE kind = :kept)
        """, arguments: ["kept": retention.rawValue])
    result.checkpoints = database.changesCount
  }

  private mutating func removeUnreferencedWeights() throws {
    let isOrphan = try ForeignKeys(database).isUnreferenced("blob", except: ["blobChunk"])
    let sizes = try Int.fetchAll(database, sql: "SELECT bytes FROM blob WHERE \(isOrphan)")
    result.weightFiles = sizes.count
    result.weightBytes = sizes.reduce(0, +)
    // Only to be taken back at once, this would be all the work for nothing.
    guard !isDryRun else { return }
    try database.execute(
      sql: """
        DELETE FROM blobChunk
        WHERE blobDigest IN (SELECT digest FROM blob WHERE \(isOrphan));
        DELETE FROM blob WHERE \(isOrphan);
        """)
  }

  private mutating func removeUnreferenced(_ table: String) throws {
    let isUnreferenced = try ForeignKeys(database).isUnreferenced(table)
    try database.execute(sql: "DELETE FROM \(table) WHERE \(isUnreferenced)")
    result.texts += database.changesCount
  }

  /// While no launch can begin, so that no folder is made under a name that is looked at.
  private mutating func removeFolders() throws {
    let folders = try StrayFolder.all(database, location: location)
    result.folders = folders.count
    result.folderBytes = folders.reduce(0) { $0 + $1.bytes }
    guard !isDryRun else { return }
    for folder in folders {
      do {
        try FileManager.default.removeItem(atPath: folder.path)
      } catch {
        throw StoreError(.failed, "\(folder.path) cannot be removed: \(error)")
      }
    }
    rmdir(location.runsFolder)
  }
}
