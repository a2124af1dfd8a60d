/// Which rows are queries and which are the gallery that these are looked for in. A row may be
/// both; it then never finds itself.
package struct QueryGallery: Sendable, Hashable {
  /// One flag for each row.
  package let isQuery: [Bool]
  package let isGallery: [Bool]

  package init(isQuery: [Bool], isGallery: [Bool]) {
    precondition(
      isQuery.count == isGallery.count, "\(isQuery.count) and \(isGallery.count) flags")
    self.isQuery = isQuery
    self.isGallery = isGallery
  }

  package var count: Int { isQuery.count }

  /// The rows that are queries, ascending.
  package var queries: [Int] { isQuery.indices.filter { isQuery[$0] } }

  /// The rows that are in the gallery, ascending.
  package var gallery: [Int] { isGallery.indices.filter { isGallery[$0] } }

  /// The flags of some rows, in their order.
  func restricted(to rows: [Int]) -> QueryGallery {
    QueryGallery(
      isQuery: rows.map { isQuery[$0] }, isGallery: rows.map { isGallery[$0] })
  }

  /// The queries that have no row of their class to find, ascending.
  func loneQueries(labels: [Int64]) -> [Int] {
    var sizes: [Int64: Int] = [:]
    for row in gallery { sizes[labels[row], default: 0] += 1 }
    return queries.filter { sizes[labels[$0], default: 0] == (isGallery[$0] ? 1 : 0) }
  }
}
