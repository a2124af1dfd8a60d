extension StringProtocol {
  /// With every scalar that has an escape replaced by it, in one pass.
  ///
  /// As characters a quote and a combining mark behind it are one; shells, parsers and databases
  /// read them as two.
  package func escaping(_ escapes: [Unicode.Scalar: String]) -> String {
    var result = String.UnicodeScalarView()
    for scalar in unicodeScalars {
      if let escape = escapes[scalar] {
        result.append(contentsOf: escape.unicodeScalars)
      } else {
        result.append(scalar)
      }
    }
    return String(result)
  }
}
