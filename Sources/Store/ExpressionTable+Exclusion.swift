package import Sweeps

extension ExpressionTable {
  /// The predicate that the expansion of a sweep borrows for `exclude`.
  package static let exclusion: ExclusionEvaluator = { expressions, columns, rows in
    let table = try ExpressionTable(columns: columns, rows: rows, isConstant: true)
    return try expressions.enumerated().map { index, expression in
      do {
        return try table.evaluate(expression)
      } catch let error as StoreError {
        throw ExclusionError(expressionIndex: index, message: error.description)
      }
    }
  }
}
