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
  /// K, where the measure is `validation/recall@K`.
  package var recallRank: Int? {
    let prefix = "validation/recall@"
    guard metric.hasPrefix(prefix), let rank = Int(metric.dropFirst(prefix.count)), rank >= 1,
      metric == prefix + String(rank)
    else { return nil }
    return rank
  }
}
