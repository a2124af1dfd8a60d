/// The forms in which every listing can be printed.
package enum OutputFormat: String, CaseIterable, Sendable {
  case table, json, jsonl, csv, markdown, latex

  /// Whether a person reads it, so that numbers are rounded and notes may stand below.
  package var isForPeople: Bool { self == .table || self == .markdown || self == .latex }
}
