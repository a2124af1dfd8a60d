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
    private var isDescending: Bool?

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

    package func isDescending(_ column: RunColumn) -> Bool {
      if let isDescending { return isDescending }
      if case .measure(let name) = column { return !Measure(name).isMinimized }
      return false
    }
  }

  /// The search that finds them, among all runs of the store or those of one sweep.
  package func search(
    among selection: ExperimentStore.Selection, columns: RunColumns
  ) throws -> RunSearch {
    var search = RunSearch(names: columns.stored)
    search.selection = selection
    search.condition = condition
    search.limit = limit
    if let sort {
      let column = try columns.column(named: sort.name)
      search.order = RunSearch.Order(
        by: column.stored, isDescending: sort.isDescending(column))
    }
    return search
  }
}
