/// The measure by which a checkpoint is selected and settings are compared.
package struct Objective: Sendable, Hashable, Codable {
  package enum Goal: String, Sendable, Codable {
    case maximize, minimize
  }

  package var metric: String
  package var goal: Goal

  package init(metric: String = "validation/map@r", goal: Goal = .maximize) {
    self.metric = metric
    self.goal = goal
  }
}

extension Objective {
  /// What is taken on the validation classes at each evaluation, beside `recall@K`.
  static let measures = ["map@r", "r_precision", "precision@1"] + rankingMeasures

  /// Those of them that need the rank of every relevant row, which `evaluation.map` asks for.
  private static let rankingMeasures = ["map", "reciprocal_rank"]

  /// What follows the last `/`: `map@r` of `validation/low/map@r`.
  private var measure: Substring { metric.split(separator: "/").last ?? "" }

  /// `low` of `validation/low/map@r`, nil where the measure is of all levels together.
  var level: String? {
    let parts = metric.split(separator: "/", omittingEmptySubsequences: false)
    return parts.count == 3 ? String(parts[1]) : nil
  }

  /// K, where the measure is `recall@K`.
  package var recallRank: Int? {
    let prefix = "recall@"
    guard measure.hasPrefix(prefix), let rank = Int(measure.dropFirst(prefix.count)), rank >= 1,
      measure == prefix + String(rank)
    else { return nil }
    return rank
  }

  var needsAllRanks: Bool { Self.rankingMeasures.contains(String(measure)) }

  /// Whether some job can take the measure on its validation classes at each evaluation.
  var isMeasuredOnValidation: Bool {
    let parts = metric.split(separator: "/", omittingEmptySubsequences: false)
    return parts.first == "validation" && (2...3).contains(parts.count) && !parts.contains("")
      && (Self.measures.contains(String(measure)) || recallRank != nil)
  }

  /// Why a measure that exists cannot choose anything, nil where there is none of the name.
  var whyUnsuited: String? {
    if metric.hasPrefix("test/") {
      return "the test classes are evaluated once, after everything is chosen"
    }
    if metric.hasPrefix("train/") { return "it is measured on the classes that are trained on" }
    let beginnings = [
      "clusters are": ["nmi", "ami", "f1"], "few-shot episodes are": ["few_shot"],
      "distances are": ["distance_"],
    ]
    return beginnings.first { $0.value.contains(where: measure.hasPrefix) }.map {
      "\($0.key) measured once, at the end, on the test classes"
    }
  }
}
