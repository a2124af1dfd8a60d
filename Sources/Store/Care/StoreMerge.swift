import GRDB

/// Brings the rows of an attached store, `other`, into this one, inside a transaction of its
/// caller. Both have the same schema.
struct StoreMerge {
  private let database: Database
  private let tables: [MergeTable]
  private let keys: ForeignKeys
  private let now: Timestamp
  private(set) var result = MergeResult()

  /// Weights come last, when it is known which of them are needed.
  private static let weightTables = ["blob", "blobChunk"]

  /// What was going on in the other store does not go on in this one.
  private static let stopped = """
    CASE theirs.state WHEN 'running' THEN 'interrupted' ELSE theirs.state END
    """

  init(_ database: Database, now: Timestamp) throws {
    self.database = database
    self.now = now
    tables = try MergeTable.all(database)
    keys = try ForeignKeys(database)
  }

  mutating func run() throws {
    // Until everything is there, rows refer to others that are still to come.
    try database.execute(sql: "PRAGMA defer_foreign_keys = ON")
    let before = try counts()
    for table in tables where !Self.weightTables.contains(table.name) {
      if table.name == "run" {
        try mergeRuns(table)
      } else if table.runColumn != nil {
        try insertRows(ofRunsIn: table)
      } else {
        try insertRows(of: table)
      }
    }
    try insertWeights()
    let after = try counts()
    result.sweepsAdded = after[0] - before[0]
    result.launchesAdded = after[1] - before[1]
    result.jobsAdded = after[2] - before[2]
    result.weightFilesAdded = after[3] - before[3]
    result.nightsAdded = after[4] - before[4]
    result.baselinesAdded = after[5] - before[5]
    result.weightBytesAdded = after[6] - before[6]
    result.conflicts = try MergeConflicts(database).all()
    for table in tables where table.surrogate != nil && !Self.weightTables.contains(table.name) {
      try database.execute(sql: "DROP TABLE \(MergeTable.numbers(of: table.name))")
    }
  }

  private func counts() throws -> [Int] {
    try ["sweep", "launch", "job", "blob", "night", "baseline"].map {
      try Int.fetchOne(database, sql: "SELECT count(*) FROM main.\($0)") ?? 0
    } + [Int.fetchOne(database, sql: "SELECT coalesce(sum(bytes), 0) FROM main.blob") ?? 0]
  }

  /// Rows that this store lacks, and the numbers that all of them have here.
  private func insertRows(of table: MergeTable) throws {
    let replaced = table.name == "launch" ? ["endedAt": "coalesce(theirs.endedAt, :now)"] : [:]
    try database.execute(
      sql: """
        INSERT INTO main.\(table.name) (\(table.written.joined(separator: ", ")))
        SELECT \(table.values(replacing: replaced)) FROM other.\(table.name) AS theirs WHERE TRUE
        ON CONFLICT DO NOTHING
        """, arguments: replaced.isEmpty ? [] : ["now": now.description])
    guard let surrogate = table.surrogate else { return }
    let isSame = table.identity.map { "ours.\($0) = \(table.value(of: $0))" }
    try database.execute(
      sql: """
        CREATE TEMP TABLE \(table.name)Numbers (theirs PRIMARY KEY, ours NOT NULL) WITHOUT ROWID;
        INSERT INTO \(MergeTable.numbers(of: table.name))
        SELECT theirs.\(surrogate), ours.\(surrogate) FROM other.\(table.name) AS theirs
        JOIN main.\(table.name) AS ours ON \(isSame.joined(separator: " AND "));
        """)
  }

  /// Rows that belong to runs which come from the other store; tags of all runs.
  private func insertRows(ofRunsIn table: MergeTable) throws {
    guard let runColumn = table.runColumn else { return }
    var replaced: [String: String] = [:]
    if table.name == "attempt" {
      replaced = [
        "state": Self.stopped,
        "finishedAt": "CASE theirs.state WHEN 'running' THEN :now ELSE theirs.finishedAt END",
        "message": """
        CASE theirs.state WHEN 'running' THEN 'was running when its store was merged'
          ELSE theirs.message END
        """,
      ]
    }
    try database.execute(
      sql: """
        INSERT INTO main.\(table.name) (\(table.written.joined(separator: ", ")))
        SELECT \(table.values(replacing: replaced)) FROM other.\(table.name) AS theirs
        JOIN \(MergeTable.numbers(of: "run")) AS merged ON merged.theirs = theirs.\(runColumn)
        WHERE \(table.name == "tag" ? "TRUE" : "merged.isTaken")
        ON CONFLICT DO NOTHING
        """, arguments: replaced.isEmpty ? [] : ["now": now.description])
  }

  private mutating func mergeRuns(_ table: MergeTable) throws {
    let plan = RunMerge(ours: try knownRuns(in: "main"), theirs: try knownRuns(in: "other"))
    let places = try writeNumbers(plan)
    for (own, theirs) in plan.replaced.sorted(by: { $0.key < $1.key }) {
      try replace(own, by: places[theirs] ?? own)
    }
    result.runsReplaced += plan.replaced.count
    let taken = "IN (SELECT ours FROM \(MergeTable.numbers(of: "run")) WHERE isTaken)"
    // An updated run is written anew, under the number that it has.
    for child in tables where child.name != "tag" {
      guard let column = child.runColumn else { continue }
      try database.execute(sql: "DELETE FROM main.\(child.name) WHERE \(column) \(taken)")
    }
    try database.execute(
      sql: """
        UPDATE main.run SET note = (
          SELECT theirs.note FROM other.run AS theirs WHERE theirs.id = main.run.id)
        WHERE note IS NULL AND id IN (SELECT id FROM other.run);
        CREATE TEMP TABLE keptNote AS SELECT id, note FROM main.run WHERE number \(taken);
        DELETE FROM main.run WHERE number \(taken);
        """)
    try database.execute(
      sql: """
        INSERT INTO main.run (number, \(table.written.joined(separator: ", ")))
        SELECT merged.ours, \(table.values(replacing: [
          "state": Self.stopped,
          "note": "coalesce((SELECT note FROM keptNote WHERE id = theirs.id), theirs.note)",
        ]))
        FROM other.run AS theirs
        JOIN \(MergeTable.numbers(of: "run")) AS merged ON merged.theirs = theirs.number
        WHERE merged.isTaken ORDER BY theirs.number;
        """)
    try database.execute(sql: "DROP TABLE keptNote")
  }

  private func knownRuns(in schema: String) throws -> [RunMerge.Known] {
    try Row.fetchAll(
      database,
      sql: """
        SELECT number, id, jobKey, state,
          (SELECT count(*) FROM \(schema).attempt WHERE runNumber = number) AS attempts
        FROM \(schema).run ORDER BY number
        """
    ).map {
      RunMerge.Known(
        number: $0["number"], id: $0["id"], jobKey: $0["jobKey"],
        state: try ExperimentStore.state(named: $0["state"]), attempts: $0["attempts"])
    }
  }

  /// The number that stands here for each run of the other store, in `runNumbers` too.
  private mutating func writeNumbers(_ plan: RunMerge) throws -> [Int64: Int64] {
    var places: [Int64: Int64] = [:]
    var next = try Int64.fetchOne(database, sql: "SELECT coalesce(max(number), 0) FROM run") ?? 0
    for (theirs, verdict) in plan.verdicts.sorted(by: { $0.key < $1.key }) {
      switch verdict {
      case .add:
        next += 1
        places[theirs] = next
        result.runsAdded += 1
      case .update(let own):
        places[theirs] = own
        result.runsUpdated += 1
      case .keep(let own), .giveWay(.ours(let own)):
        places[theirs] = own
      case .giveWay(.theirs): break
      }
    }
    try database.execute(
      sql: """
        CREATE TEMP TABLE runNumbers (
          theirs INTEGER PRIMARY KEY, ours INTEGER NOT NULL, isTaken INTEGER NOT NULL)
        """)
    for (theirs, verdict) in plan.verdicts {
      var isTaken = false
      switch verdict {
      case .add, .update: isTaken = true
      case .giveWay(.theirs(let other)): places[theirs] = places[other]
      case .keep, .giveWay: break
      }
      try database.execute(
        sql: "INSERT INTO temp.runNumbers VALUES (?, ?, ?)",
        arguments: [theirs, places[theirs], isTaken])
    }
    return places
  }

  /// Lets another run stand for one that was never started.
  private func replace(_ own: Int64, by other: Int64) throws {
    for reference in keys.references(to: "run") {
      if reference.isOwned && reference.table != "tag" {
        try database.execute(
          sql: "DELETE FROM main.\(reference.table) WHERE \(reference.column) = ?",
          arguments: [own])
      } else {
        try database.execute(
          sql: """
            UPDATE main.\(reference.table) SET \(reference.column) = ?
            WHERE \(reference.column) = ?
            """, arguments: [other, own])
      }
    }
    try database.execute(sql: "DELETE FROM main.run WHERE number = ?", arguments: [own])
  }

  /// The weights to which something refers now.
  private func insertWeights() throws {
    let isUnreferenced = keys.isUnreferenced("blob", except: ["blobChunk"])
      .replacing("main.blob.digest", with: "theirs.digest")
    try database.execute(
      sql: """
        CREATE TEMP TABLE newBlob AS
        SELECT digest FROM other.blob AS theirs
        WHERE digest NOT IN (SELECT digest FROM main.blob) AND NOT (\(isUnreferenced));
        """)
    for name in Self.weightTables {
      guard let table = tables.first(where: { $0.name == name }) else { continue }
      let key = name == "blob" ? "digest" : "blobDigest"
      try database.execute(
        sql: """
          INSERT INTO main.\(name) (\(table.written.joined(separator: ", ")))
          SELECT \(table.values()) FROM other.\(name) AS theirs
          WHERE theirs.\(key) IN (SELECT digest FROM temp.newBlob);
          """)
    }
    try database.execute(sql: "DROP TABLE newBlob")
  }
}
