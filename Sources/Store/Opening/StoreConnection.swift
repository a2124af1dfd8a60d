import Foundation
import GRDB

/// One connection to a store's file, and what may be done through it.
struct StoreConnection {
  let database: DatabaseQueue
  let isWritable: Bool
  /// The older schema that the store had; nil where it was new or current.
  var migratedFrom: Int?

  static func open(
    _ path: String, access: ExperimentStore.Access, schema: Schema
  ) throws -> StoreConnection {
    let files = FileManager.default
    let folder = path.parentFolder
    switch access {
    case .write:
      try makeFolder(folder, of: path)
      try StoreLocation(path: path).checkWritable()
      return try openWritable(path, schema: schema)
    case .read, .inspect:
      guard files.fileExists(atPath: path) else {
        throw StoreError(
          .missing,
          "there is no store at \(path). Run rll-sweep launch first, or name one with --store")
      }
      if access == .inspect { return try openUnchanged(path, schema: schema) }
      let isWritable =
        files.isWritableFile(atPath: path)
        && files.isWritableFile(atPath: folder.isEmpty ? "." : folder)
      return try isWritable ? openWritable(path, schema: schema) : openImmutable(path, schema)
    }
  }

  private static func makeFolder(_ folder: String, of path: String) throws {
    guard !folder.isEmpty else { return }
    do {
      try FileManager.default.createDirectory(
        atPath: folder, withIntermediateDirectories: true)
    } catch {
      throw StoreError.unwritable(path, "its folder cannot be created")
    }
  }

  private static func openWritable(_ path: String, schema: Schema) throws -> StoreConnection {
    var configuration = Configuration()
    configuration.busyMode = .timeout(60)
    configuration.prepareDatabase { database in
      // An empty file must be claimed before anything is written to it, journal mode included.
      _ = try schema.currentVersion(of: database, path: path)
      try setJournalMode(database)
      // What was reported done survives a power cut.
      try database.execute(sql: "PRAGMA synchronous = FULL")
    }
    return try StoreError.translating(path) {
      let queue = try DatabaseQueue(path: path, configuration: configuration)
      let found = try queue.writeWithoutTransaction { database in
        try schema.migrate(database, path: path) { try MigrationBackup.keep(path, version: $0) }
      }
      let isOlder = found > 0 && found < schema.version
      return StoreConnection(
        database: queue, isWritable: true, migratedFrom: isOlder ? found : nil)
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

  private static func openImmutable(_ path: String, _ schema: Schema) throws -> StoreConnection {
    guard !FileManager.default.fileExists(atPath: path + "-wal") else {
      throw StoreError(
        .unwritable,
        "\(path) cannot be written and has changes beside it in \(path)-wal. "
          + "Copy both files to a folder of yours and open the copy")
    }
    let connection = try openUnchanged(path, schema: schema)
    let version = try connection.version(schema, path: path)
    guard version == schema.version else {
      throw StoreError(
        .unwritable,
        "\(path) has the older schema \(version) and cannot be written to be brought to "
          + "\(schema.version). Copy it to a folder of yours and open the copy")
    }
    return connection
  }

  /// Without a trace on the disk, whatever the schema's version up to the current one.
  private static func openUnchanged(_ path: String, schema: Schema) throws -> StoreConnection {
    let connection = try reader(of: path)
    _ = try connection.version(schema, path: path)
    return connection
  }

  /// Enough for the inner pages of a million runs, which a search reads again and again.
  private static let readingCacheKibibytes = 64 << 10

  /// A connection that cannot write. `prepare` may restrict it further.
  static func reader(
    of path: String, prepare: @escaping @Sendable (Database) throws -> Void = { _ in }
  ) throws -> StoreConnection {
    var configuration = Configuration()
    configuration.readonly = true
    configuration.busyMode = .timeout(60)
    configuration.prepareDatabase { database in
      try database.execute(sql: "PRAGMA cache_size = -\(readingCacheKibibytes)")
      try prepare(database)
    }
    return try StoreError.translating(path) {
      let queue = try DatabaseQueue(path: readingName(of: path), configuration: configuration)
      return StoreConnection(database: queue, isWritable: false)
    }
  }

  /// What SQLite is told to open a file for reading. Where no write-ahead log lies beside it
  /// nobody has it open, and reading it as immutable leaves no files behind.
  static func readingName(of path: String) -> String {
    let isInUse = FileManager.default.fileExists(atPath: path + "-wal")
    return isInUse ? uri(of: path) + "?mode=ro" : immutableName(of: path)
  }

  static func immutableName(of path: String) -> String { uri(of: path) + "?immutable=1" }

  private static func uri(of path: String) -> String {
    "file:" + (path.addingPercentEncoding(withAllowedCharacters: .urlPathAllowed) ?? path)
  }

  func version(_ schema: Schema, path: String) throws -> Int {
    try StoreError.translating(path) {
      try database.read { try schema.currentVersion(of: $0, path: path) }
    }
  }
}
