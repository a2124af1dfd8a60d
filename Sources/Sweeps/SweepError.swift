/// Everything that is wrong with a sweep file and its overrides, found in one pass.
package struct SweepError: Error, CustomStringConvertible, Sendable, Equatable {
  /// In the order of the file; those of `--set` come last. Never empty.
  package let diagnostics: [SweepDiagnostic]

  package init(_ diagnostics: [SweepDiagnostic]) {
    let numbered = diagnostics.enumerated()
    self.diagnostics =
      numbered.sorted { first, second in
        let (a, b) = (first.element.sortKey, second.element.sortKey)
        return a == b ? first.offset < second.offset : a < b
      }.map(\.element)
  }

  /// All diagnostics, each with its source line and a caret.
  package var description: String {
    diagnostics.map(\.description).joined(separator: "\n")
  }
}
