import GRDB
import GRDBSQLite

/// What the SQL of a user may take: it cannot reach other files, and it ends.
final class QueryLimits {
  /// Far above the 64 MiB of a piece of weights, and far below the memory of a machine.
  private static let valueBytes: Int32 = 100 << 20
  /// About a millisecond's work of SQLite's machine.
  private static let stepsBetweenLooks: Int32 = 10_000

  private let deadline: ContinuousClock.Instant

  private init(deadline: ContinuousClock.Instant) {
    self.deadline = deadline
  }

  /// Carries out a user's SQL on a connection. `hint` says what to do where it takes too long.
  static func limit<Result>(
    _ database: Database, to allowed: Duration, hint: String, _ body: () throws -> Result
  ) throws -> Result {
    let connection = database.sqliteConnection
    sqlite3_limit(connection, SQLITE_LIMIT_ATTACHED, 0)
    sqlite3_limit(connection, SQLITE_LIMIT_LENGTH, valueBytes)
    let limits = QueryLimits(deadline: .now + allowed)
    sqlite3_progress_handler(
      connection, stepsBetweenLooks,
      { limits in
        guard let limits else { return 0 }
        return Unmanaged<QueryLimits>.fromOpaque(limits).takeUnretainedValue().isOver ? 1 : 0
      }, Unmanaged.passUnretained(limits).toOpaque())
    defer { withExtendedLifetime(limits) { sqlite3_progress_handler(connection, 0, nil, nil) } }
    do {
      return try body()
    } catch let error as DatabaseError where error.resultCode == .SQLITE_INTERRUPT {
      throw StoreError(
        .exhausted,
        "the SQL took longer than \(allowed.components.seconds) s and was stopped. \(hint)")
    } catch let error as DatabaseError where error.resultCode == .SQLITE_TOOBIG {
      throw StoreError(
        .exhausted,
        "the SQL makes a value of more than \(valueBytes >> 20) MiB. Ask for a part of it")
    }
  }

  private var isOver: Bool { .now > deadline }
}
