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
    /// Must exist. Written to only to mark what died, where it can be written at all.
    case read
  }

  package let location: StoreLocation
  let database: DatabaseQueue
  package let isWritable: Bool
  private let openedFile: UInt64?
  package let observer: LaunchObserver

  package init(path: String, access: Access, observer: LaunchObserver = .current) throws {
    self.observer = observer
    location = StoreLocation(path: path)
    (database, isWritable) = try Self.open(path: location.path, access: access)
    openedFile = Self.fileNumber(of: location.path)
    if isWritable { try markDeadLaunches(now: Timestamp(Date())) }
  }

  /// Writes the log back into the file, so that a copy of the file alone is complete.
  package func close() throws {
    if isWritable {
      guard Self.fileNumber(of: location.path) == openedFile else {
        throw StoreError(
          .failed,
          "\(location.path) was removed or replaced while it was in use: what was written to it "
            + "is gone. Launch again")
      }
      _ = try Self.translating(location.path) {
        try database.writeWithoutTransaction { database in
          try Row.fetchOne(database, sql: "PRAGMA wal_checkpoint(TRUNCATE)")
        }
      }
    }
    try database.close()
  }

  private static func fileNumber(of path: String) -> UInt64? {
    var status = stat()
    return stat(path, &status) == 0 ? UInt64(status.st_ino) : nil
  }

  private static func open(path: String, access: Access) throws -> (DatabaseQueue, Bool) {
    let files = FileManager.default
    let folder = (path as NSString).deletingLastPathComponent
    switch access {
    case .write:
      do {
        if !folder.isEmpty {
          try files.createDirectory(atPath: folder, withIntermediateDirectories: true)
        }
      } catch {
        throw unwritable(path, "its folder cannot be created")
      }
      var isFolder: ObjCBool = false
      let isThere = files.fileExists(atPath: path, isDirectory: &isFolder)
      guard !isFolder.boolValue, !path.hasSuffix("/") else {
        throw unwritable(path, "it is a folder")
      }
      let target = isThere ? path : (folder.isEmpty ? "." : folder)
      guard files.isWritableFile(atPath: target) else {
        throw unwritable(path, "\(target) is not writable")
      }
    case .read:
      guard files.fileExists(atPath: path) else {
        throw StoreError(
          .missing,
          "there is no store at \(path). Run rll-sweep launch first, or name one with --store")
      }
      let isWritable =
        files.isWritableFile(atPath: path)
        && files.isWritableFile(atPath: folder.isEmpty ? "." : folder)
      guard isWritable else { return (try openImmutable(path: path), false) }
    }
    return (try openWritable(path: path), true)
  }

  private static func openWritable(path: String) throws -> DatabaseQueue {
    var configuration = Configuration()
    configuration.busyMode = .timeout(60)
    configuration.prepareDatabase { database in
      // An empty file must be claimed before anything is written to it, journal mode included.
      _ = try Schema.currentVersion(of: database, path: path)
      try setJournalMode(database)
      // What was reported done survives a power cut.
      try database.execute(sql: "PRAGMA synchronous = FULL")
    }
    return try translating(path) {
      let queue = try DatabaseQueue(path: path, configuration: configuration)
      try queue.writeWithoutTransaction { try Schema.migrate($0, path: path) }
      return queue
    }
  }

  /// Going over to write-ahead logging takes a lock for which SQLite does not always wait.
  private static func setJournalMode(_ database: Database) throws {
    let deadline = ContinuousClock.now + .seconds(60)
    while true {
      do {
        try database.execute(sql: "PRAGMA journal_mode = WAL")
        return
      } catch let error as DatabaseError
        where error.resultCode == .SQLITE_BUSY && ContinuousClock.now < deadline
      {
        usleep(20_000)
      }
    }
  }

  private static func openImmutable(path: String) throws -> DatabaseQueue {
    guard !FileManager.default.fileExists(atPath: path + "-wal") else {
      throw StoreError(
        .unwritable,
        "\(path) cannot be written and has changes beside it in \(path)-wal. "
          + "Copy both files to a folder of yours and open the copy")
    }
    var configuration = Configuration()
    configuration.readonly = true
    let escaped = path.addingPercentEncoding(withAllowedCharacters: .urlPathAllowed) ?? path
    return try translating(path) {
      let queue = try DatabaseQueue(
        path: "file:\(escaped)?immutable=1", configuration: configuration)
      let version = try queue.read { try Schema.currentVersion(of: $0, path: path) }
      guard version == Schema.version else {
        throw StoreError(
          .unwritable,
          "\(path) has the older schema \(version) and cannot be written to be brought to "
            + "\(Schema.version). Copy it to a folder of yours and open the copy")
      }
      return queue
    }
  }

  private static func unwritable(_ path: String, _ why: String) -> StoreError {
    StoreError(
      .unwritable,
      "the store \(path) cannot be written: \(why). Name another place with --store or RLL_STORE")
  }

  private static func damaged(_ path: String, _ what: String) -> StoreError {
    StoreError(.damaged, "\(path) is damaged: \(what). Restore a backup")
  }

  /// Gives what SQLite says about a file that it cannot use the file's name.
  static func translating<Result>(
    _ path: String, _ body: () throws -> Result
  ) throws -> Result {
    do {
      return try body()
    } catch let error as DecodingError {
      throw damaged(path, "a text in it cannot be read (\(error))")
    } catch let error as RowDecodingError {
      throw damaged(path, "a value in it cannot be read (\(error))")
    } catch let error as DatabaseError {
      switch error.resultCode {
      case .SQLITE_NOTADB:
        throw StoreError(
          .notAStore, "\(path) is not an SQLite database. Name another file with --store")
      case .SQLITE_CORRUPT:
        throw damaged(path, error.message ?? "malformed")
      case .SQLITE_ERROR:
        // Our own statements are right, so what they ask for is not there.
        throw damaged(path, error.message ?? "a table is missing")
      case .SQLITE_FULL:
        throw StoreError(
          .failed,
          "the store \(path) cannot grow: the disk is full. Free some space and launch again; "
            + "what finished is not lost")
      case .SQLITE_IOERR:
        throw StoreError(
          .failed,
          "the store \(path) cannot be read or written (\(error.message ?? "disk I/O error")). "
            + "Look after the disk and the limit on the size of files (ulimit -f), and launch "
            + "again; what finished is not lost")
      case .SQLITE_CANTOPEN, .SQLITE_READONLY, .SQLITE_PERM:
        throw unwritable(path, error.message ?? "SQLite cannot open it")
      default:
        throw StoreError(.failed, "the store \(path) failed: \(error.message ?? "\(error)")")
      }
    }
  }
}
