/// Who looks for whom among the rows of a split.
package enum RetrievalProtocol: String, Sendable, Hashable, Codable {
  /// Each row queries all the others.
  case leaveOneOut = "leave-one-out"
  /// Some rows query others.
  case queryGallery = "query/gallery"

  package init(_ queryGallery: QueryGallery?) {
    self = queryGallery == nil ? .leaveOneOut : .queryGallery
  }
}
