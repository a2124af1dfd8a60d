import GRDB

/// Jobs that two stores have computed differently where they should not have.
struct MergeConflicts {
  private let database: Database

  init(_ database: Database) {
    self.database = database
  }

  /// Compares what `other` has completed with what this store has, of the same job under the same
  /// numerics identity.
  func all() throws -> [MergeResult.Conflict] {
    let pairs = try Row.fetchAll(
      database,
      sql: """
        SELECT theirs.jobKey AS jobKey, ours.id AS ourID, ours.number AS ourNumber,
          theirs.id AS theirID, theirs.number AS theirNumber
        FROM other.run AS theirs
        JOIN other.environment AS theirEnvironment
          ON theirEnvironment.number = theirs.environmentNumber
        JOIN main.run AS ours ON ours.jobKey = theirs.jobKey
        JOIN main.environment AS ourEnvironment ON ourEnvironment.number = ours.environmentNumber
        WHERE theirs.state = 'completed' AND ours.state = 'completed'
          AND ourEnvironment.content ->> 'numerics_identity'
            = theirEnvironment.content ->> 'numerics_identity'
          AND (ours.id = theirs.id OR ours.id NOT IN (SELECT id FROM other.run))
        ORDER BY ours.number, theirs.number
        """)
    return try pairs.compactMap { pair in
      try difference(ours: pair["ourNumber"], theirs: pair["theirNumber"]).map {
        MergeResult.Conflict(
          jobKey: pair["jobKey"], runID: pair["ourID"], otherRunID: pair["theirID"], difference: $0)
      }
    }
  }

  private func difference(ours: Int64, theirs: Int64) throws -> String? {
    try measureDifference(ours: ours, theirs: theirs)
      ?? weightDifference(ours: ours, theirs: theirs)
  }

  /// The first step, and there the first measure, at which they differ.
  private func measureDifference(ours: Int64, theirs: Int64) throws -> String? {
    func points(_ schema: String, _ run: String) -> String {
      """
      SELECT step, name, value FROM \(schema).metricPoint AS point
        JOIN \(schema).measure AS measure ON measure.number = point.measureNumber
        WHERE runNumber = \(run)
      UNION ALL
      SELECT 9e18, name, value FROM \(schema).finalMetric AS point
        JOIN \(schema).measure AS measure ON measure.number = point.measureNumber
        WHERE runNumber = \(run)
      """
    }
    let row = try Row.fetchOne(
      database,
      sql: """
        WITH ours AS (\(points("main", ":ours"))), theirs AS (\(points("other", ":theirs")))
        SELECT step, name, ours.value AS ours, theirs.value AS theirs
          FROM ours LEFT JOIN theirs USING (step, name)
          WHERE theirs.name IS NULL OR ours.value IS NOT theirs.value
        UNION ALL
        SELECT step, name, NULL, theirs.value FROM theirs LEFT JOIN ours USING (step, name)
          WHERE ours.name IS NULL
        ORDER BY step, name LIMIT 1
        """, arguments: ["ours": ours, "theirs": theirs])
    guard let row else { return nil }
    let (name, step): (String, Double) = (row["name"], row["step"])
    let (here, there): (Double?, Double?) = (row["ours"], row["theirs"])
    let place = step < 9e18 ? " at step \(Int(step))" : ""
    return "\(name)\(place) is \(Self.text(here)) here and \(Self.text(there)) there"
  }

  private static func text(_ value: Double?) -> String { value.map { "\($0)" } ?? "not a number" }

  private func weightDifference(ours: Int64, theirs: Int64) throws -> String? {
    let kind = try String.fetchOne(
      database,
      sql: """
        SELECT kind FROM main.checkpoint AS ours JOIN other.checkpoint AS theirs USING (kind)
        WHERE ours.runNumber = ? AND theirs.runNumber = ?
          AND (ours.blobDigest, ours.step) <> (theirs.blobDigest, theirs.step)
        ORDER BY kind LIMIT 1
        """, arguments: [ours, theirs])
    return kind.map { "the measures are equal, the weights '\($0)' are not" }
  }
}
