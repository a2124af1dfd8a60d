import Crypto
import Foundation

/// What became of each query on the test classes, by the embeddings of all levels together; 3 bytes
/// a query.
package struct QueryOutcomes: Sendable, Codable, Hashable {
  /// K of Recall@K, ascending.
  package let recallAt: [Int]
  package let classes: QueryClasses
  /// Of each query the place in `recallAt` of the first K among whose nearest rows is one of its
  /// class; 254 where there is none, 255 where there is nothing to find.
  let firstHits: Data
  /// Of each query (1/R) Σ_{k ≤ R} rel(k) · precision@k in units of 1/65535, two bytes, the lower one
  /// first: to 8e-6.
  let averagePrecision: Data

  private static let miss: UInt8 = 254
  private static let nothingToFind: UInt8 = 255
  private static let unit = Double(UInt16.max)

  /// One query as it was computed.
  package struct Query: Sendable, Hashable {
    /// From 1; nil where no row of its class is among the ranks that were looked at.
    package let firstHit: Int?
    /// Nil where there is nothing to find.
    package let averagePrecision: Double?

    package init(firstHit: Int?, averagePrecision: Double?) {
      self.firstHit = firstHit
      self.averagePrecision = averagePrecision
    }

    package var text: String {
      guard let averagePrecision else { return "nothing to find" }
      return (firstHit.map { "a hit at \($0)" } ?? "no hit")
        + " with an average precision of \(averagePrecision)"
    }
  }

  /// - Parameter queries: In the order of `classes`.
  package init(_ queries: [Query], recallAt: [Int], classes: QueryClasses) {
    precondition(queries.count == classes.queries, "\(queries.count), not \(classes.queries)")
    let cutoffs = Array(Set(recallAt).sorted().prefix(Int(Self.miss)))
    self.recallAt = cutoffs
    self.classes = classes
    firstHits = Data(
      queries.map { query in
        guard query.averagePrecision != nil else { return Self.nothingToFind }
        let place = query.firstHit.flatMap { rank in cutoffs.firstIndex { rank <= $0 } }
        return place.map(UInt8.init) ?? Self.miss
      })
    averagePrecision = Data(
      queries.flatMap { query -> [UInt8] in
        let share = min(max(query.averagePrecision ?? 0, 0), 1)
        let units = UInt16((share * Self.unit).rounded())
        return [UInt8(truncatingIfNeeded: units), UInt8(truncatingIfNeeded: units >> 8)]
      })
  }

  /// From what the store holds.
  init(recallAt: [Int], classes: QueryClasses, firstHits: Data, averagePrecision: Data) {
    self.recallAt = recallAt
    self.classes = classes
    self.firstHits = firstHits
    self.averagePrecision = averagePrecision
  }

  /// Why these cannot be outcomes of their queries; nil where they can.
  package var fault: String? {
    if let fault = classes.fault { return fault }
    guard firstHits.count == classes.queries, averagePrecision.count == 2 * classes.queries else {
      return "\(classes.queries) queries have \(firstHits.count) ranks and "
        + "\(averagePrecision.count) bytes of precision"
    }
    guard recallAt == Set(recallAt).sorted(), (recallAt.first ?? 1) > 0 else {
      return "\(recallAt) are no ascending K of Recall@K"
    }
    let isKnown = firstHits.allSatisfy { Int($0) < recallAt.count || $0 >= Self.miss }
    return isKnown ? nil : "a query has a rank that is none of \(recallAt)"
  }

  /// In the order of `classes`; the first hit is the first K of `recallAt` that reaches it.
  package var queries: [Query] {
    let precisions = [UInt8](averagePrecision)
    return [UInt8](firstHits).enumerated().map { number, hit in
      guard hit != Self.nothingToFind else { return Query(firstHit: nil, averagePrecision: nil) }
      let units = UInt16(precisions[2 * number]) | UInt16(precisions[2 * number + 1]) << 8
      return Query(
        firstHit: hit == Self.miss ? nil : recallAt[Int(hit)],
        averagePrecision: Double(units) / Self.unit)
    }
  }
}

/// Which class each query on the test classes is of. Equal for all runs on the same data.
package struct QueryClasses: Sendable, Codable, Hashable {
  /// What people call the classes, ascending by label.
  package let names: [String]
  /// The place of each query's class in `names`, four bytes, the lowest first.
  let places: Data

  package init(names: [String], of queries: [Int]) {
    self.names = names
    places = Data(
      queries.flatMap { place -> [UInt8] in
        precondition(names.indices.contains(place), "class \(place) of \(names.count)")
        return (0..<4).map { UInt8(truncatingIfNeeded: place >> (8 * $0)) }
      })
  }

  init(names: [String], places: Data) {
    self.names = names
    self.places = places
  }

  package var queries: Int { places.count / 4 }

  /// Whether these are queries of the same classes, whatever they are called.
  package func hasSameQueries(as other: QueryClasses) -> Bool { places == other.places }

  /// Why these cannot be classes; nil where they can.
  var fault: String? {
    guard places.count.isMultiple(of: 4) else { return "\(places.count) bytes of classes" }
    let isKnown = placeNumbers.allSatisfy(names.indices.contains)
    return isKnown ? nil : "a query has a class that is none of \(names.count)"
  }

  /// The class of each query as a place in `names`.
  package var placeNumbers: [Int] {
    let bytes = [UInt8](places)
    return (0..<queries).map { query in
      (0..<4).reduce(0) { $0 | Int(bytes[4 * query + $1]) << (8 * $1) }
    }
  }

  /// SHA-256 of the names, each ended by a zero, and of the places, in hexadecimal.
  package var digest: String {
    var hash = SHA256()
    for name in names { hash.update(data: Data(name.utf8) + [0]) }
    hash.update(data: places)
    return ContentDigest.text(of: hash.finalize())
  }
}
