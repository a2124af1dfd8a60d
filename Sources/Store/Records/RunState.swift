/// What has become of a run.
package enum RunState: String, Sendable, Codable, CaseIterable {
  case pending, running, completed, failed, cancelled, interrupted
}
