import GRDB
import Sweeps

/// What a request to cancel did.
package struct Cancellation: Sendable, Hashable {
  /// Runs that had not started or were interrupted, and are cancelled now.
  package var cancelled: [String] = []
  /// Runs whose launch is asked to stop them.
  package var requested: [String] = []
}

extension ExperimentStore {
  /// What a name stands for: the unfinished runs of a sweep, or one run.
  package enum Cancellable: Sendable, Hashable {
    case sweep(name: String)
    case run(id: String)
  }

  /// A sweep by name, id or `latest`, or else a run by its id.
  package func cancellable(named name: String) throws -> Cancellable {
    let sweeps = try self.sweeps()
    if name == "latest" || sweeps.contains(where: { $0.name == name }) {
      return .sweep(name: try sweep(named: name).name)
    }
    let sweep = try Self.ifKnown { try self.sweep(named: name).name }
    let run = try Self.ifKnown { try self.runID(named: name) }
    switch (sweep, run) {
    case (let sweep?, nil): return .sweep(name: sweep)
    case (nil, let run?): return .run(id: run)
    case (.some, .some):
      throw StoreError(
        .ambiguousName, "'\(name)' fits a sweep and a run. Give more letters of the id")
    case (nil, nil):
      let newest = sweeps.prefix(5).map(\.name).joined(separator: ", ")
      throw StoreError(
        .unknownName,
        "there is no sweep and no run '\(name)'. "
          + (newest.isEmpty ? "The store has none yet" : "The newest sweeps are \(newest)")
          + "; a name is exact, 'latest', or four letters or more of an id")
    }
  }

  private static func ifKnown<Found>(_ find: () throws -> Found) throws -> Found? {
    do {
      return try find()
    } catch let error as StoreError where error.code == .unknownName {
      return nil
    }
  }

  /// Cancels what has not started or was interrupted; asks launches to stop what is running.
  package func cancel(_ what: Cancellable, now: Timestamp) throws -> Cancellation {
    try write { database in
      var result = Cancellation()
      for row in try Self.unfinished(what, in: database) {
        let (number, id, state): (Int64, String, String) = (row[0], row[1], row[2])
        if state == RunState.running.rawValue {
          try database.execute(
            sql: """
              UPDATE run SET cancelRequestedAt = coalesce(cancelRequestedAt, ?) WHERE number = ?
              """,
            arguments: [now.description, number])
          result.requested.append(id)
        } else {
          try database.execute(
            sql: "UPDATE run SET state = 'cancelled', finishedAt = ? WHERE number = ?",
            arguments: [now.description, number])
          result.cancelled.append(id)
        }
      }
      return result
    }
  }

  private static func unfinished(_ what: Cancellable, in database: Database) throws -> [Row] {
    let states = "state IN ('pending', 'running', 'interrupted')"
    switch what {
    case .run(let id):
      return try Row.fetchAll(
        database, sql: "SELECT number, id, state FROM run WHERE id = ? AND \(states)",
        arguments: [id])
    case .sweep(let name):
      return try Row.fetchAll(
        database,
        sql: """
          SELECT number, id, state FROM run WHERE \(states) AND jobKey IN (
            SELECT launchJob.jobKey FROM launchJob
            JOIN launch ON launch.number = launchJob.launchNumber
            JOIN sweep ON sweep.id = launch.sweepId WHERE sweep.name = ?)
          ORDER BY number
          """, arguments: [name])
    }
  }

  /// The runs of a launch that somebody asked to stop.
  package func cancelRequests(of launchID: String) throws -> [String] {
    try read { database in
      try String.fetchAll(
        database,
        sql: """
          SELECT id FROM run
          WHERE launchId = ? AND cancelRequestedAt IS NOT NULL AND state = 'running'
          """, arguments: [launchID])
    }
  }
}
