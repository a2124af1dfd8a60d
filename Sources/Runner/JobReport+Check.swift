import Store

extension JobReport {
  /// Throws where the store could not hold what a job reports: it keeps one value of a measure
  /// at a step, one checkpoint of a kind, and no text behind a zero.
  func check(history: [MetricPoint], in folder: RunFolder) throws(RunnerError) {
    struct Place: Hashable {
      let name: String
      let step: Int
    }
    var places: Set<Place> = []
    for point in history where !places.insert(Place(name: point.name, step: point.step)).inserted {
      throw RunnerError(
        .foreign, "\(folder.path) has two values of \(point.name) at step \(point.step)")
    }
    let names = history.map(\.name) + finalMetrics.keys.sorted()
    if let name = names.first(where: { $0.unicodeScalars.contains("\0") }) {
      throw RunnerError(.foreign, "\(folder.path) has a measure with a zero in its name, \(name)")
    }
    var kinds: Set<String> = []
    for checkpoint in checkpoints where !kinds.insert(checkpoint.kind).inserted {
      throw RunnerError(.foreign, "\(folder.path) has two checkpoints of kind \(checkpoint.kind)")
    }
  }
}
