import GRDB
import Sweeps

extension ExperimentStore {
  /// What a joint model scores on the test classes, by names without a split as `recall@1`; nil
  /// where it was not judged yet.
  package func figures(of model: JointModel) throws -> [String: Double]? {
    try read { database in
      let rows = try Row.fetchAll(
        database,
        sql: """
          SELECT measure.name, jointFigure.value FROM jointFigure
          JOIN measure ON measure.number = jointFigure.measureNumber
          WHERE jointFigure.modelDigest = ?
          """, arguments: [model.digest])
      guard !rows.isEmpty else { return nil }
      return Dictionary(
        uniqueKeysWithValues: rows.map { row in
          let value: Double? = row[1]
          return (row[0] as String, value ?? .nan)
        })
    }
  }

  /// Keeps the figures of a joint model, all of them or nothing. Figures that are there stay as
  /// they are.
  package func keep(_ figures: [String: Double], of model: JointModel) throws {
    let digest = model.digest
    try write { database in
      for (position, weights) in model.weights.enumerated() {
        try database.execute(
          sql: "INSERT INTO jointModel VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
          arguments: [digest, position, weights])
      }
      for (name, value) in figures {
        try database.execute(
          sql: "INSERT INTO jointFigure VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
          arguments: [digest, try Self.measureNumber(name, in: database), value])
      }
    }
  }

  /// The digest of the weights that each run selected; none of a run that keeps none.
  package func selectedWeights(of runIDs: [String]) throws -> [String: String] {
    let list = SettingValue.list(runIDs.map(SettingValue.text)).canonicalJSON
    return try read { database in
      let rows = try Row.fetchAll(
        database,
        sql: """
          SELECT checkpoints.run_id, checkpoints.sha256 FROM json_each(?) AS wanted
          JOIN checkpoints ON checkpoints.run_id = wanted.value AND checkpoints.kind = 'best'
          """, arguments: [list])
      return Dictionary(uniqueKeysWithValues: rows.map { ($0[0] as String, $0[1] as String) })
    }
  }
}
