/// What is wrong with a store, and what to do about it.
package struct StoreProblem: Sendable, Hashable {
  package enum Severity: String, Sendable {
    /// Something was lost or changed.
    case damage
    /// Nothing was lost; something may be tidied up.
    case remark
  }

  package enum Kind: String, Sendable {
    case integrity
    case unreadable
    case foreignKey = "foreign_key"
    case schema
    case jobKey = "job_key"
    case document
    case weights
    case orphanWeights = "orphan_weights"
    case completedRun = "completed_run"
    case queryOutcomes = "query_outcomes"
    case keptResults = "kept_results"
    case runState = "run_state"
    case runFolder = "run_folder"
  }

  package let severity: Severity
  package let kind: Kind
  /// A sentence without its full stop.
  package let text: String
  package let advice: String

  package init(_ severity: Severity, _ kind: Kind, _ text: String, advice: String) {
    self.severity = severity
    self.kind = kind
    self.text = text
    self.advice = advice
  }
}

/// What a check has looked at and found.
package struct StoreCondition: Sendable {
  package internal(set) var problems: [StoreProblem] = []
  package internal(set) var schemaVersion = 0
  package internal(set) var runs = 0
  /// Files of weights whose content was digested again, and how large they are together.
  package internal(set) var weightFiles = 0
  package internal(set) var weightBytes = 0

  package var damage: [StoreProblem] { problems.filter { $0.severity == .damage } }
}
