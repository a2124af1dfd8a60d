/// Rows of a feature matrix with their classes. Both splits of a flat file refer to one
/// storage, so that a mapped file stays shared.
package struct LabeledVectors: Sendable {
  package let storage: FeatureStorage
  /// Rows of `storage`, ascending.
  package let rows: [Int64]
  /// The class of each of `rows`.
  package let labels: [Int64]
  /// Which of `rows` are queries and which the gallery; nil where each queries all the others.
  package let queryGallery: QueryGallery?

  init(
    storage: FeatureStorage, rows: [Int64], labels: [Int64], queryGallery: QueryGallery? = nil
  ) {
    precondition(rows.count == labels.count, "\(rows.count) rows, \(labels.count) labels")
    precondition(queryGallery.map { $0.count == rows.count } ?? true, "flags of other rows")
    self.queryGallery = queryGallery
    self.storage = storage
    self.rows = rows
    self.labels = labels
  }

  package var count: Int { rows.count }

  /// The classes that occur, ascending.
  package var classes: [Int64] { Set(labels).sorted() }

  /// The class of each row as its place among `classes`: 0, 1, …
  package var classNumbers: [Int32] {
    let numbers = Dictionary(
      uniqueKeysWithValues: classes.enumerated().map { ($1, Int32($0)) })
    return labels.compactMap { numbers[$0] }
  }

  /// The rows whose class is one of `classes`.
  package func restricted(to classes: some Sequence<Int64>) -> LabeledVectors {
    let kept = Set(classes)
    let places = labels.indices.filter { kept.contains(labels[$0]) }
    return LabeledVectors(
      storage: storage, rows: places.map { rows[$0] }, labels: places.map { labels[$0] },
      queryGallery: queryGallery?.restricted(to: places))
  }
}
