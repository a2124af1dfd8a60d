import GRDB

extension StoreError {
  static func unwritable(_ path: String, _ why: String) -> StoreError {
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
      throw translation(of: error, path: path)
    }
  }

  private static func translation(of error: DatabaseError, path: String) -> StoreError {
    switch error.resultCode {
    case .SQLITE_NOTADB:
      StoreError(.notAStore, "\(path) is not an SQLite database. Name another file with --store")
    case .SQLITE_CORRUPT:
      damaged(path, error.message ?? "malformed")
    case .SQLITE_ERROR:
      // Our own statements are right, so what they ask for is not there.
      damaged(path, error.message ?? "a table is missing")
    case .SQLITE_FULL:
      StoreError(
        .failed,
        "the store \(path) cannot grow: the disk is full. Free some space and launch again; "
          + "what finished is not lost")
    case .SQLITE_IOERR:
      StoreError(
        .failed,
        "the store \(path) cannot be read or written: \(error.message ?? "disk I/O error"). "
          + "The disk is full or failing (see df and dmesg), or files may not grow that large "
          + "(see ulimit -f). What finished is not lost; rll-report store check says whether all "
          + "is well")
    case .SQLITE_BUSY:
      StoreError(
        .busy,
        "the store \(path) has been locked by another process for more than a minute. Try again")
    case .SQLITE_CANTOPEN, .SQLITE_READONLY, .SQLITE_PERM:
      unwritable(path, error.message ?? "SQLite cannot open it")
    default:
      StoreError(.failed, "the store \(path) failed: \(error.message ?? "\(error)")")
    }
  }
}
