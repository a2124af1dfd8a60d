import GRDB

extension ExperimentStore {
  /// What is known of where each of these runs was computed, by id.
  package func environments(of runIDs: [String]) throws -> [String: [String: String]] {
    try read { database in
      let rows = try Row.fetchAll(
        database,
        sql: """
          SELECT run.id, environment.number, environment.content FROM json_each(?) AS wanted
          JOIN run ON run.id = wanted.value
          JOIN environment ON environment.number = run.environmentNumber
          """, arguments: [Self.list(runIDs)])
      var known: [Int64: [String: String]] = [:]
      var found: [String: [String: String]] = [:]
      for row in rows {
        let number: Int64 = row[1]
        let environment = try known[number] ?? JSONText.decode([String: String].self, from: row[2])
        known[number] = environment
        found[row[0]] = environment
      }
      return found
    }
  }

  /// A number that differs after another connection has changed the store.
  package func dataVersion() throws -> Int {
    try read { database in
      try Int.fetchOne(database, sql: "PRAGMA data_version") ?? 0
    }
  }
}
