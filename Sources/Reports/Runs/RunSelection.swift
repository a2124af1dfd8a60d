package import Store

/// Which of the runs a listing holds, and in which order.
package struct RunSelection: Sendable {
  /// An SQL expression over the names of `RunColumns`.
  package var condition: String?
  package var sort: Sort?
  package var limit: Int?

  package init(condition: String? = nil, sort: Sort? = nil, limit: Int? = nil) {
    self.condition = condition
    self.sort = sort
    self.limit = limit
  }

  /// `NAME`, `NAME:asc` or `NAME:desc`.
  package struct Sort: Sendable, Hashable {
    package var name: String
    /// Nil: the best measure first, anything else from the least.
    package var isDescending: Bool?

    package init(_ text: String) throws {
      let parts = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
      name = String(parts[0])
      switch parts.dropFirst().first {
      case nil: isDescending = nil
      case "asc": isDescending = false
      case "desc": isDescending = true
      case .some(let other):
        throw ReportError(
          .wrongSort, "'\(other)' is no direction; write \(name):asc or \(name):desc")
      }
    }
  }

  /// `columns` are those that names may stand for, by default those of these runs.
  package func apply(
    to runs: [RunSummary], columns: RunColumns? = nil
  ) throws -> [RunSummary] {
    guard condition != nil || sort != nil else { return limited(runs) }
    let columns = columns ?? RunColumns(of: runs)
    let table = try columns.expressionTable(of: runs)
    let isWanted = try condition.map(table.evaluate)
    var order = Array(runs.indices)
    if let sort {
      let column = try columns.column(named: sort.name)
      order = try table.order(
        by: sort.name, descending: sort.isDescending ?? Self.isDescendingByNature(column))
    }
    return limited(order.filter { isWanted?[$0] ?? (isWanted == nil) }.map { runs[$0] })
  }

  private static func isDescendingByNature(_ column: RunColumn) -> Bool {
    if case .measure(let name) = column { !Measure(name).isMinimized } else { false }
  }

  private func limited(_ runs: [RunSummary]) -> [RunSummary] {
    limit.map { Array(runs.prefix($0)) } ?? runs
  }
}
