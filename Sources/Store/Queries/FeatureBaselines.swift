import GRDB

extension ExperimentStore {
  /// What is known of the untrained features of one data digest, in the order of the kinds.
  package func baselines(dataDigest: String) throws -> [FeatureBaseline] {
    try read { database in
      let rows = try Row.fetchAll(
        database,
        sql: """
          SELECT featureFigure.kind, measure.name, featureFigure.value FROM featureFigure
          JOIN measure ON measure.number = featureFigure.measureNumber
          WHERE featureFigure.dataDigest = ? AND featureFigure.value IS NOT NULL
          """, arguments: [dataDigest])
      var figures: [String: [String: Double]] = [:]
      for row in rows { figures[row[0], default: [:]][row[1]] = row[2] }
      return FeatureBaseline.Kind.allCases.compactMap { kind in
        figures[kind.rawValue].map { FeatureBaseline(kind, figures: $0) }
      }
    }
  }

  /// Keeps what is known of one data digest, all of it or nothing, so that whoever finds one
  /// baseline finds them all. Figures that are there stay as they are.
  package func keep(_ baselines: [FeatureBaseline], dataDigest: String) throws {
    try write { database in
      for baseline in baselines {
        for (name, value) in baseline.figures {
          try database.execute(
            sql: "INSERT INTO featureFigure VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING",
            arguments: [
              dataDigest, baseline.kind.rawValue, try Self.measureNumber(name, in: database), value,
            ])
        }
      }
    }
  }
}
