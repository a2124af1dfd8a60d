/// Why a node is no value of a setting.
struct SettingProblem: Error {
  var code = SweepDiagnostic.Code.badValue
  var position: SourceText.Position
  var message: String
  var allowed: String?
  var suggestion: String?

  func diagnostic(in source: SourceText) -> SweepDiagnostic {
    SweepDiagnostic(
      code: code, place: source.place(position), message: message, allowed: allowed,
      suggestion: suggestion)
  }
}
