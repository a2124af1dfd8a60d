/// One value of a measure at a step.
package struct MeasuredValue: Sendable, Hashable {
  package var name: String
  /// Steps done when it was measured.
  package var step: Int
  package var value: Double

  package init(name: String, step: Int, value: Double) {
    self.name = name
    self.step = step
    self.value = value
  }
}

extension RetrievalMeasures {
  /// The measures under their public names, each with a prefix such as `validation/`.
  package func named(_ prefix: String, step: Int) -> [MeasuredValue] {
    var values = recallAt.keys.sorted().map {
      MeasuredValue(name: "\(prefix)recall@\($0)", step: step, value: recallAt[$0] ?? 0)
    }
    values.append(
      MeasuredValue(name: prefix + "map@r", step: step, value: meanAveragePrecisionAtR))
    values.append(MeasuredValue(name: prefix + "r_precision", step: step, value: rPrecision))
    values.append(
      MeasuredValue(name: prefix + "precision@1", step: step, value: precisionAtOne))
    if let meanAveragePrecision, let meanReciprocalRank {
      values.append(MeasuredValue(name: prefix + "map", step: step, value: meanAveragePrecision))
      values.append(
        MeasuredValue(name: prefix + "reciprocal_rank", step: step, value: meanReciprocalRank))
    }
    values.append(
      MeasuredValue(name: prefix + "tied_queries", step: step, value: Double(tiedQueries)))
    return values
  }
}
