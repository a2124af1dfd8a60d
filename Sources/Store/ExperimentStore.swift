import Foundation
import GRDB
import Sweeps

/// The experiment database: the one door to everything that is kept.
///
/// What happened is written by the scheduler of a launch alone; tags, notes and the like are
/// short transactions of their own. Any number of processes may have it open.
package final class ExperimentStore: Sendable {
  /// How a store is opened.
  package enum Access: Sendable {
    /// Created where there is none.
    case write
    /// Must exist. Written to only to bring it to the current schema and to mark what died, where
    /// it can be written at all.
    case read
    /// Must exist. Nothing is written, not even beside it; an older schema stays as it is.
    case inspect
  }

  package let location: StoreLocation
  /// What it is brought to where it can be written.
  let schema: Schema
  let database: DatabaseQueue
  package let isWritable: Bool
  /// The older schema that it was brought up from when it was opened.
  package let migratedFrom: Int?
  private let openedFile: FileStamp?

  package let observer: LaunchObserver

  package init(
    path: String, access: Access, schema: Schema = .current, observer: LaunchObserver = .current
  ) throws {
    self.observer = observer
    location = StoreLocation(path: path)
    self.schema = schema
    let connection = try StoreConnection.open(location.path, access: access, schema: schema)
    database = connection.database
    isWritable = connection.isWritable
    migratedFrom = connection.migratedFrom
    openedFile = FileStamp(of: location.path)
    if isWritable { try markDeadLaunches(now: Timestamp(Date())) }
  }

  /// Whoever gives up on an error does not close it.
  deinit {
    if isWritable, !isWhereItWas { AbandonedLog.remove(beside: location.path) }
  }

  private var isWhereItWas: Bool {
    openedFile?.isSameFile(as: FileStamp(of: location.path)) == true
  }

  /// Writes the log back into the file, so that a copy of the file alone is complete.
  package func close() throws {
    if isWritable {
      guard isWhereItWas else {
        AbandonedLog.remove(beside: location.path)
        throw StoreError(
          .failed,
          "\(location.path) was removed or replaced while it was in use: what was written to it "
            + "is gone. Launch again")
      }
      _ = try StoreError.translating(location.path) {
        try database.writeWithoutTransaction { database in
          try Row.fetchOne(database, sql: "PRAGMA wal_checkpoint(TRUNCATE)")
        }
      }
    }
    try database.close()
  }

  /// From now on this connection changes nothing, whatever it is told.
  package func refuseWrites() throws {
    try read { try $0.execute(sql: "PRAGMA query_only = ON") }
  }

  /// The schema that the file has now.
  package func version() throws -> Int {
    try read { try schema.currentVersion(of: $0, path: location.path) }
  }

  /// One transaction that waits for other writers from its first statement on.
  func write<Result>(_ body: (Database) throws -> Result) throws -> Result {
    try requireWritable()
    return try StoreError.translating(location.path) {
      try database.writeWithoutTransaction { try Self.transaction($0, body) }
    }
  }

  func requireWritable() throws {
    guard isWritable else {
      throw StoreError(
        .unwritable,
        "the store \(location.path) cannot be written. Copy it to a folder of yours")
    }
  }

  static func transaction<Result>(
    _ database: Database, _ body: (Database) throws -> Result
  ) throws -> Result {
    var result: Result?
    try database.inTransaction(.immediate) {
      result = try body(database)
      return .commit
    }
    guard let result else { throw StoreError(.failed, "a transaction was not carried out") }
    return result
  }

  /// One consistent look at the store.
  func read<Result>(_ body: (Database) throws -> Result) throws -> Result {
    try StoreError.translating(location.path) { try database.read(body) }
  }
}
