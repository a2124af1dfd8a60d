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

  private static func list(_ texts: [String]) -> String {
    SettingValue.list(texts.map(SettingValue.text)).canonicalJSON
  }
}
