/// Gives the values of SQL expressions; whoever has SQLite lends it.
///
/// `columns` and `rows` are as for an `ExclusionEvaluator`. Numbers must be bound as REAL, so that
/// `m/2` is 0.5 where m is 1. The result has one list for each expression, with one value for each
/// row: a number, a text, or `null` for NULL.
///
/// Throws `ExclusionError` where an expression cannot be evaluated.
package typealias DerivationEvaluator =
  @Sendable (_ expressions: [String], _ columns: [String], _ rows: [[SettingValue]]) throws
  -> [[SettingValue]]
