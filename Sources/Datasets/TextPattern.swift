/// A regular expression with one group, looked for in texts of a file. Letters are compared as
/// Unicode scalars, and the first match counts.
struct TextPattern {
  private let expression: Regex<(Substring, Substring)>

  init(_ pattern: String, setting: String) throws(DatasetError) {
    do {
      expression = try Regex(pattern, as: (Substring, Substring).self)
        .matchingSemantics(.unicodeScalar)
    } catch {
      throw DatasetError(
        .wrongSetting, file: nil,
        "the pattern '\(pattern)' of \(setting) is no regular expression with one group",
        advice: "Correct it, as '^([^/]+)/'")
    }
  }

  /// What the group holds; nil where the text does not match.
  func group(of text: String) -> String? {
    text.firstMatch(of: expression).map { String($0.output.1) }
  }
}
