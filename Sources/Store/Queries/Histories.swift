import GRDB

extension ExperimentStore {
  /// The history of a run's measures, or of some of them, by name, then step.
  package func history(
    of runID: String, measures wanted: Set<String>? = nil
  ) throws -> [MetricPoint] {
    try read { database in
      let number = try Self.number(of: runID, in: database)
      let measures = try Row.fetchAll(
        database, sql: "SELECT number, name FROM measure ORDER BY name")
      let points = try database.cachedStatement(
        sql: """
          SELECT step, value FROM metricPoint WHERE runNumber = ? AND measureNumber = ?
          ORDER BY step
          """)
      var history: [MetricPoint] = []
      for measure in measures {
        let name: String = measure[1]
        if wanted?.contains(name) == false { continue }
        let rows = try Row.fetchCursor(points, arguments: [number, measure[0] as Int64])
        while let row = try rows.next() {
          let value: Double? = row[1]
          history.append(MetricPoint(name: name, step: row[0], value: value ?? .nan))
        }
      }
      return history
    }
  }
}
