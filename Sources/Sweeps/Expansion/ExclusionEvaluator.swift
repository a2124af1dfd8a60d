/// Decides which rows SQL expressions exclude; whoever has SQLite lends it.
///
/// `columns` are the names by which expressions may refer to settings, canonical and aliases, and
/// `P` and `K`; dotted names occur in expressions as written. Names differ in more than the case of
/// their letters. `rows` hold one value for each column; lists and mappings count as their JSON
/// text, a setting that a job lacks is `null`. The result has one list for each expression, with one
/// element for each row: true excludes, false and nil (NULL) do not.
///
/// Throws `ExclusionError` where an expression cannot be evaluated.
package typealias ExclusionEvaluator =
  @Sendable (_ expressions: [String], _ columns: [String], _ rows: [[SettingValue]]) throws
  -> [[Bool?]]

/// An `exclude` expression that cannot be evaluated.
package struct ExclusionError: Error, Sendable, Hashable {
  /// Place in the list of expressions that was passed.
  package let expressionIndex: Int
  package let message: String
  /// Nearest name, where the message is about an unknown one.
  package let suggestion: String?

  package init(expressionIndex: Int, message: String, suggestion: String? = nil) {
    self.expressionIndex = expressionIndex
    self.message = message
    self.suggestion = suggestion
  }
}
