/// Everything that is wrong with a sweep file and its overrides, found in one pass.
package struct SweepError: Error, CustomStringConvertible, Sendable, Equatable {
  /// In the order of the file; those of `--set` come last. Never empty.
  package let diagnostics: [SweepDiagnostic]

  package init(_ diagnostics: [SweepDiagnostic]) {
    var files: [String?] = []
    for diagnostic in diagnostics where !files.contains(diagnostic.place.file) {
      files.append(diagnostic.place.file)
    }
    let ordered = diagnostics.enumerated().sorted { first, second in
      let (a, b) = (first.element, second.element)
      if a.sortKey.kind != b.sortKey.kind { return a.sortKey.kind < b.sortKey.kind }
      if a.place.file != b.place.file {
        return files.firstIndex(of: a.place.file) ?? 0 < files.firstIndex(of: b.place.file) ?? 0
      }
      let (one, other) = (a.sortKey.position, b.sortKey.position)
      return one == other ? first.offset < second.offset : one < other
    }
    self.diagnostics = ordered.map(\.element)
  }

  /// All diagnostics, each with its source line and a caret.
  package var description: String {
    diagnostics.map(\.description).joined(separator: "\n")
  }
}
