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
