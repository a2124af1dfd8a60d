import GRDB
import GRDBSQLite

/// What the SQL of a user may take: it cannot reach other files, and it ends.
final class QueryLimits {
  /// Far above the 64 MiB of a piece of weights, and far below the memory of a machine.
  private static let valueBytes: Int32 = 100 << 20
  /// Of all connections of the process: a row may have two thousand values, and what is sorted
  /// is kept in memory instead of filling the disk.
  private static let memoryBytes: sqlite3_int64 = 1 << 30
  private static let stepsBetweenLooks: Int32 = 1_000
  /// What may pass between the end of the time allowed and SQLite's next look at the clock.
  private static let grace = Duration.seconds(1)
  /// A time that no addition brings past the end of any clock.
  private static let longest = Duration.seconds(365 * 24 * 3_600)

  private let deadline: ContinuousClock.Instant

  private init(deadline: ContinuousClock.Instant) {
    self.deadline = deadline
  }

  /// Makes a new connection one for the SQL of users.
  static func prepare(_ database: Database) throws {
    let connection = database.sqliteConnection
    sqlite3_limit(connection, SQLITE_LIMIT_ATTACHED, 0)
    sqlite3_limit(connection, SQLITE_LIMIT_LENGTH, valueBytes)
    sqlite3_hard_heap_limit64(memoryBytes)
    try database.execute(sql: "PRAGMA temp_store = MEMORY")
    for count in 1...2 { refuse("fts3_tokenizer", argumentCount: count, in: database) }
  }

  /// The function gives addresses of the program, and takes any number for one and jumps to it.
  private static func refuse(_ name: String, argumentCount: Int, in database: Database) {
    database.add(
      function: DatabaseFunction(name, argumentCount: argumentCount) { _ in
        throw DatabaseError(message: "\(name)() is not allowed here")
      })
  }

  /// Carries out a user's SQL. `hint` says what to do where it takes too long.
  ///
  /// SQLite looks at the clock between the steps of its machine; a single step such as LIKE over
  /// long texts may take hours, and is then left to itself.
  static func read<Value: Sendable>(
    _ queue: DatabaseQueue, allowed: Duration, hint: String,
    _ body: @escaping @Sendable (Database) throws -> Value
  ) throws -> Value {
    let allowed = min(allowed, longest)
    let overrun = StoreError(
      .exhausted,
      "the SQL took longer than \(allowed.components.seconds) s and was stopped. \(hint)")
    do {
      let value = try TimedWork.value(within: allowed + grace) {
        try queue.read { database in
          try interrupting(database, after: allowed) { try body(database) }
        }
      }
      guard let value else { throw overrun }
      return value
    } catch let error as DatabaseError where error.resultCode == .SQLITE_INTERRUPT {
      throw overrun
    } catch let error as DatabaseError where error.resultCode == .SQLITE_TOOBIG {
      throw StoreError(
        .exhausted,
        "the SQL makes a value of more than \(valueBytes >> 20) MiB. Ask for a part of it")
    } catch let error as DatabaseError where error.resultCode == .SQLITE_NOMEM {
      throw StoreError(
        .exhausted,
        "the SQL takes more than \(memoryBytes >> 20) MiB of memory. Ask for less, or sort and "
          + "group fewer rows")
    }
  }

  private static func interrupting<Value>(
    _ database: Database, after allowed: Duration, _ body: () throws -> Value
  ) throws -> Value {
    let connection = database.sqliteConnection
    let limits = QueryLimits(deadline: .now + allowed)
    sqlite3_progress_handler(
      connection, stepsBetweenLooks,
      { limits in
        guard let limits else { return 0 }
        return Unmanaged<QueryLimits>.fromOpaque(limits).takeUnretainedValue().isOver ? 1 : 0
      }, Unmanaged.passUnretained(limits).toOpaque())
    defer { withExtendedLifetime(limits) { sqlite3_progress_handler(connection, 0, nil, nil) } }
    return try body()
  }

  private var isOver: Bool { .now > deadline }
}
