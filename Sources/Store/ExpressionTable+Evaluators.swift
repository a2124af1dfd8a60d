package import Sweeps

extension ExpressionTable {
  /// The predicate that the expansion of a sweep borrows for `exclude`.
  package static let exclusion: ExclusionEvaluator = { expressions, columns, rows in
    let table = try ExpressionTable(columns: columns, rows: rows)
    return try naming(expressions) { try table.evaluate($0) }
  }

  /// The arithmetic that it borrows for `expr`.
  package static let derivation: DerivationEvaluator = { expressions, columns, rows in
    let table = try ExpressionTable(
      columns: columns, rows: rows, numbersAreReal: true)
    return try naming(expressions) { try table.values(of: $0) }
  }

  /// Says which of the expressions failed.
  private static func naming<Result>(
    _ expressions: [String], _ evaluate: (String) throws -> Result
  ) throws -> [Result] {
    try expressions.enumerated().map { index, expression in
      do {
        return try evaluate(expression)
      } catch let error as StoreError {
        throw ExclusionError(expressionIndex: index, message: error.description)
      }
    }
  }
}
