package import Sweeps

extension ExpressionTable {
  /// What Store lends to the expansion of sweeps: decides which jobs `exclude` leaves out.
  package static let exclusionEvaluator: ExclusionEvaluator = { expressions, columns, rows in
    let table = try ExpressionTable(columns: columns, rows: rows)
    return try expressions.enumerated().map { position, expression in
      do {
        return try table.evaluate(expression)
      } catch let error as StoreError {
        throw ExclusionError(expressionIndex: position, message: error.description)
      }
    }
  }
}
