package import Store
import Sweeps

/// What untrained features score: a row above the settings of a comparison.
package struct ComparisonBaseline: Sendable, Hashable {
  package let kind: FeatureBaseline.Kind
  package let level: String
  package let dataDigest: String
  /// Under the names of measures on the test classes, as `test/recall@1`.
  package let measures: [String: Double]

  package init(_ baseline: FeatureBaseline, level: String, dataDigest: String) {
    kind = baseline.kind
    self.level = level
    self.dataDigest = dataDigest
    measures = Dictionary(
      uniqueKeysWithValues: baseline.figures.map { ("test/" + $0.key, $0.value) })
  }

  /// What a table calls it.
  var title: String {
    switch kind {
    case .raw: "raw features"
    case .centered: "centred features"
    case .whitened: "PCA-whitened features"
    case .lda: "LDA features"
    }
  }

  var record: JSONValue {
    [
      "kind": .string(kind.rawValue), "level": .string(level), "data_digest": .string(dataDigest),
      "metrics": .sorted(measures, transform: JSONValue.number),
    ]
  }

  /// The baselines of all data that runs use: by kind, then by level in the runs' own order.
  package static func all(
    of runs: [RunSummary], figures: (_ dataDigest: String) throws -> [FeatureBaseline]
  ) rethrows -> [ComparisonBaseline] {
    var found: [ComparisonBaseline] = []
    var seen: Set<String> = []
    for run in runs {
      for (level, digest) in run.levels where seen.insert(digest).inserted {
        found += try figures(digest).map { Self($0, level: level, dataDigest: digest) }
      }
    }
    return FeatureBaseline.Kind.allCases.flatMap { kind in found.filter { $0.kind == kind } }
  }
}

extension RunSummary {
  /// Names and digests of the levels used: in the order in which `dataset.levels` names them.
  fileprivate var levels: [(level: String, digest: String)] {
    let order = settings["dataset.levels"]?.list?.compactMap(\.text) ?? []
    return dataDigests.sorted { first, second in
      let places = [first, second].map { order.firstIndex(of: $0.key) ?? order.count }
      return places[0] == places[1] ? first.key < second.key : places[0] < places[1]
    }.map { ($0.key, $0.value) }
  }
}
