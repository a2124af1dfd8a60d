/// A measure by which the nightly gate judges a sweep.
package struct GateRule: Sendable, Hashable, Codable {
  package var measure: String
  /// The loss of the measure, a ratio, that is too much.
  package var margin: Double

  package init(measure: String, margin: Double) {
    self.measure = measure
    self.margin = margin
  }

  /// A larger one would let pass what nobody wants to miss.
  static let largestMargin = 0.1
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
        || lastPart.wholeMatch(of: /few_shot_\d+w\d+s(_centroid)?/) != nil
    default: return false
    }
  }

  /// Why a job does not take it; nil where it does.
  func whyMissing(in job: JobDraft) -> String? {
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
    if lastPart.hasPrefix("few_shot_"), job.value(of: "evaluation.few_shot") == .bool(false) {
      return "evaluation.few_shot is false"
    }
    return nil
  }

  private var lastPart: String { measure.split(separator: "/").last.map(String.init) ?? "" }

  /// The same measure as a choice by the validation classes would take it.
  private var asObjective: Objective {
    let parts = measure.split(separator: "/", omittingEmptySubsequences: false)
    return Objective(metric: (["validation"] + parts.dropFirst()).joined(separator: "/"))
  }
}
