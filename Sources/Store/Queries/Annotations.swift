import GRDB

/// What people write to runs.
extension ExperimentStore {
  private static let longestTag = 100

  /// Adds and removes tags of runs, all of them or none. Adding one that is there and removing one
  /// that is not change nothing.
  package func tag(_ runs: [String], add added: [String], remove removed: [String]) throws {
    for tag in added { try Self.checkTag(tag) }
    try write { database in
      for run in runs {
        let number = try Self.number(of: run, in: database)
        for tag in added {
          try database.execute(
            sql: "INSERT INTO tag VALUES (?, ?) ON CONFLICT DO NOTHING", arguments: [number, tag])
        }
        for tag in removed {
          try database.execute(
            sql: "DELETE FROM tag WHERE runNumber = ? AND name = ?", arguments: [number, tag])
        }
      }
    }
  }

  private static func checkTag(_ tag: String) throws {
    let isPrintable = tag.unicodeScalars.allSatisfy { $0.properties.generalCategory != .control }
    guard !tag.isEmpty, tag.count <= longestTag, isPrintable, tag.first != " ", tag.last != " "
    else {
      throw StoreError(
        .wrongExpression,
        "'\(tag)' is no tag; a tag is one line of 1 to \(longestTag) characters, with no space at "
          + "its ends")
    }
  }

  /// Writes the note of a run in place of the one that it has; nil removes it.
  package func note(_ run: String, _ text: String?) throws {
    try write { database in
      try database.execute(
        sql: "UPDATE run SET note = ? WHERE number = ?",
        arguments: [text, try Self.number(of: run, in: database)])
    }
  }

  /// The state of a run.
  package func state(of run: String) throws -> RunState {
    try read { database in
      let name = try String.fetchOne(
        database, sql: "SELECT state FROM run WHERE id = ?", arguments: [run])
      guard let name else { throw StoreError(.unknownName, "there is no run \(run)") }
      return try Self.state(named: name)
    }
  }
}
