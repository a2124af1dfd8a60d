import GRDB
import Sweeps

/// The history of one measure of one run, by step.
package struct MetricHistory: Sendable, Hashable {
  package var runID: String
  package var steps: [Int]
  /// NaN where the measure had no value.
  package var values: [Double]
}

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

  /// How many points the histories of these runs have, by measure.
  ///
  /// Measures that no run has more than once are figures, and no histories.
  package func historySizes(of runIDs: [String]) throws -> [String: Int] {
    try read { database in
      let rows = try Row.fetchAll(
        database,
        sql: """
          SELECT measure.name, count(*) FROM json_each(?) AS wanted
          JOIN run ON run.id = wanted.value
          JOIN metricPoint ON metricPoint.runNumber = run.number
          JOIN measure ON measure.number = metricPoint.measureNumber
          GROUP BY measure.number HAVING count(*) > count(DISTINCT run.number)
          """, arguments: [Self.list(runIDs)])
      return Dictionary(uniqueKeysWithValues: rows.map { ($0[0], $0[1]) })
    }
  }

  /// The histories of a measure, in the order of the runs; runs without one are left out.
  package func histories(of measure: String, in runIDs: [String]) throws -> [MetricHistory] {
    try read { database in
      let rows = try Row.fetchCursor(
        database,
        sql: """
          SELECT run.id, metricPoint.step, metricPoint.value FROM json_each(?) AS wanted
          JOIN run ON run.id = wanted.value
          JOIN metricPoint ON metricPoint.runNumber = run.number
            AND metricPoint.measureNumber = (SELECT number FROM measure WHERE name = ?)
          ORDER BY wanted.key, metricPoint.step
          """, arguments: [Self.list(runIDs), measure])
      var histories: [MetricHistory] = []
      while let row = try rows.next() {
        let id: String = row[0]
        if histories.last?.runID != id {
          histories.append(MetricHistory(runID: id, steps: [], values: []))
        }
        let value: Double? = row[2]
        histories[histories.count - 1].steps.append(row[1])
        histories[histories.count - 1].values.append(value ?? .nan)
      }
      return histories
    }
  }

  /// Texts as a JSON array, which SQL reads as a table.
  static func list(_ texts: [String]) -> String {
    SettingValue.list(texts.map(SettingValue.text)).canonicalJSON
  }
}
