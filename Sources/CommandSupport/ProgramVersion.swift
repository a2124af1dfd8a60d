/// The version of both programs.
package enum ProgramVersion {
  package static let text = "0.1.0"

  /// The commit they were built from, with `+changes` where files differed from it.
  package static var commit: String { BuiltCommit.text }
}
