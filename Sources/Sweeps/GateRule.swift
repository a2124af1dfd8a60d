/// A measure by which the nightly gate judges a sweep.
package struct GateRule: Sendable, Hashable, Codable {
  package var measure: String
  /// The loss of the measure, a ratio, that is too much.
  package var margin: Double

  package init(measure: String, margin: Double) {
    self.measure = measure
    self.margin = margin
  }

  /// A larger one would let pass what nobody wants to miss; of a smaller one not even a million
  /// queries could tell.
  static let margins = 1e-6...0.1
}

extension GateRule {
  /// Those that are ratios, better the larger they are, and taken on the test classes only.
  private static let testMeasures = ["nmi", "ami", "f1"]

  /// Whether some job can take the measure in the end.
  var isMeasured: Bool {
    let parts = measure.split(separator: "/", omittingEmptySubsequences: false)
    guard (2...3).contains(parts.count), !parts.contains("") else { return false }
    switch parts[0] {
    case "validation": return asObjective.isMeasuredOnValidation
    case "test":
      return asObjective.isMeasuredOnValidation || Self.testMeasures.contains(lastPart)
        || fewShot != nil
    default: return false
    }
  }

  /// Why a job does not take it, as far as its settings tell; nil where it does.
  func whyMissing(in job: JobDraft) -> String? {
    whyUnmeasured(in: job) ?? whyWithoutEpisodes(in: job) ?? whyWithoutLevel(in: job)
  }

  private func whyUnmeasured(in job: JobDraft) -> String? {
    let objective = asObjective
    if let rank = objective.recallRank,
      job.value(of: "evaluation.recall_at").list?.contains(.number(Double(rank))) == false
    {
      return "\(rank) is not among evaluation.recall_at "
        + job.value(of: "evaluation.recall_at").canonicalJSON
    }
    if objective.needsAllRanks, job.value(of: "evaluation.map") == .bool(false) {
      return "it is measured with 'evaluation.map: true' only"
    }
    if Self.testMeasures.contains(lastPart), job.value(of: "evaluation.clustering") == .bool(false)
    {
      return "evaluation.clustering is false"
    }
    if measure.hasPrefix("validation/"), job.value(of: "dataset.validation") == .number(0) {
      return "there are no validation classes"
    }
    return nil
  }

  private func whyWithoutEpisodes(in job: JobDraft) -> String? {
    guard let fewShot else { return nil }
    let setting = job.value(of: "evaluation.few_shot")
    guard let form = setting.mapping else {
      return "evaluation.few_shot is \(setting.display)"
    }
    for (name, count) in [("ways", fewShot.ways), ("shots", fewShot.shots)]
    where form[name]?.list?.contains(.number(Double(count))) != true {
      return
        "\(count) is not among evaluation.few_shot.\(name) \((form[name] ?? .null).canonicalJSON)"
    }
    return nil
  }

  /// Levels are measured each by itself where there are several.
  private func whyWithoutLevel(in job: JobDraft) -> String? {
    guard let level = asObjective.level else { return nil }
    let levels = job.value(of: "dataset.levels").list ?? []
    if levels.count > 1, levels.contains(.text(level)) { return nil }
    return "it is of the level \(level) among several, and dataset.levels is "
      + (levels.isEmpty ? "not given" : SettingValue.list(levels).canonicalJSON)
  }

  /// N and K, where the measure is of N-way K-shot episodes.
  package var fewShot: (ways: Int, shots: Int)? {
    guard let found = lastPart.wholeMatch(of: /few_shot_(\d+)w(\d+)s(_centroid)?/),
      let ways = Int(found.output.1), let shots = Int(found.output.2)
    else { return nil }
    return (ways, shots)
  }

  private var lastPart: String { measure.split(separator: "/").last.map(String.init) ?? "" }

  /// The same measure as a choice by the validation classes would take it.
  private var asObjective: Objective {
    let parts = measure.split(separator: "/", omittingEmptySubsequences: false)
    return Objective(metric: (["validation"] + parts.dropFirst()).joined(separator: "/"))
  }
}
