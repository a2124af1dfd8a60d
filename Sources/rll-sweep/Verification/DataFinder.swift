import Datasets
import Sweeps

/// Finds the feature file of a run by what is in it, wherever it lies now.
final class DataFinder {
  /// Files to look into besides those that runs name.
  private let others: [String]
  private var digests: [String: Result<[String: String], DatasetError>] = [:]

  init(others: [String]) {
    self.others = others
  }

  /// The file that holds each level of a run with its digest, the recorded one if possible.
  func file(of run: StoredRun) throws -> String {
    let recorded = run.spec.settings["dataset.path"]?.text ?? ""
    var reasons: [String] = []
    for path in [recorded] + others {
      guard let reason = whyUnfit(path, for: run) else { return path }
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

  private func whyUnfit(_ path: String, for run: StoredRun) -> String? {
    switch levelDigests(path) {
    case .failure(let error): return error.description
    case .success(let levels):
      let unfit = run.dataDigests.sorted { $0.key < $1.key }.first { levels[$0.key] != $0.value }
      return unfit.map { name, _ in
        "\(path): "
          + (levels[name].map { "level \(name) has the digest \($0.prefix(12))…" }
            ?? "there is no level \(name)")
      }
    }
  }

  /// Of every level of a file, by name.
  private func levelDigests(_ path: String) -> Result<[String: String], DatasetError> {
    if let known = digests[path] { return known }
    let found = Result<[String: String], DatasetError> { () throws(DatasetError) in
      let file = try FeatureFile(path: path)
      var digests: [String: String] = [:]
      for level in file.levels {
        digests[level.name] = try DataDigest(of: level, in: file).description
      }
      return digests
    }
    digests[path] = found
    return found
  }
}
