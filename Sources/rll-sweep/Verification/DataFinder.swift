import Datasets
import Sweeps

/// Finds the feature files of a run by what is in them, wherever they lie now.
final class DataFinder {
  /// Files to look into besides those that runs name.
  private let others: [String]
  private var digests: [FeatureSource: Result<[String: String], DatasetError>] = [:]

  init(others: [String]) {
    self.others = others
  }

  /// The files that hold each level of a run with its digest, the recorded ones if possible.
  func source(of run: StoredRun) throws -> FeatureSource {
    let recorded = try FeatureSource(settings: run.spec.settings)
    var reasons: [String] = []
    for files in [recorded.files] + others.map(FeatureSource.Files.one) + moved(recorded.files) {
      var source = FeatureSource(files)
      try source.read(run.spec.settings)
      guard let reason = whyUnfit(source, for: run) else { return source }
      if !reasons.contains(reason) { reasons.append(reason) }
    }
    let wanted = run.dataDigests.sorted { $0.key < $1.key }.map {
      "level \($0.key) with the digest \($0.value.prefix(12))…"
    }.joined(separator: ", ")
    throw VerificationError(
      .dataMissing,
      "the data of run \(run.id) was not found: \(wanted)\n"
        + reasons.map { "  \($0)\n" }.joined()
        + "Name the file that holds it with --data FILE")
  }

  /// The other files in the places of the recorded ones, where they are as many.
  private func moved(_ recorded: FeatureSource.Files) -> [FeatureSource.Files] {
    switch recorded {
    case .shards(let paths) where paths.count == others.count: [.shards(others)]
    case .split where others.count == 2: [.split(train: others[0], test: others[1])]
    default: []
    }
  }

  private func whyUnfit(_ source: FeatureSource, for run: StoredRun) -> String? {
    switch levelDigests(source) {
    case .failure(let error): return error.description
    case .success(let levels):
      let unfit = run.dataDigests.sorted { $0.key < $1.key }.first { levels[$0.key] != $0.value }
      return unfit.map { name, _ in
        "\(source): "
          + (levels[name].map { "level \(name) has the digest \($0.prefix(12))…" }
            ?? "there is no level \(name)")
      }
    }
  }

  /// Of every level of a set, by name.
  private func levelDigests(_ source: FeatureSource) -> Result<[String: String], DatasetError> {
    if let known = digests[source] { return known }
    let found = Result<[String: String], DatasetError> { () throws(DatasetError) in
      let file = try FeatureFile(source)
      var digests: [String: String] = [:]
      for level in file.levels {
        digests[level.name] = try DataDigest(of: level, in: file).description
      }
      return digests
    }
    digests[source] = found
    return found
  }
}
