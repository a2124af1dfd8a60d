import Datasets
import Store
import Training

extension QueryOutcomes {
  /// What a finished run made of the queries among the test rows, whose classes have these names.
  init(
    _ outcomes: [QueryOutcome], of part: TrainingData.Part, names: [String], recallAt: [Int]
  ) {
    let queries = part.queryGallery?.queries ?? Array(part.rows.indices)
    self.init(
      outcomes.map { outcome in
        Query(
          firstHit: outcome.firstHit == .max ? nil : outcome.firstHit,
          averagePrecision: outcome.averagePrecisionAtR)
      }, recallAt: recallAt,
      classes: QueryClasses(names: names, of: queries.map { Int(part.labels[$0]) }))
  }
}
