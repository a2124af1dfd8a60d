package import Kernels

/// N-way K-shot classification of unit rows, protocol.md §7.
///
/// An episode draws N classes, and of each K support rows and up to `queries` others. A query
/// is right where its nearest support row is of its class (the lower row of equal ones), and,
/// as a second measure, where the nearest centroid is (the sum of the K support rows at unit
/// length; the lower class of equal ones). Similarities are 64-bit sums in fixed order.
///
/// A draw is a function of seed, episode and class; the nearest and the centroid are judged by
/// the same episodes.
package struct FewShot: Sendable, Hashable {
  /// N.
  package var ways: Int
  /// K.
  package var shots: Int
  /// The most query rows of a class.
  package var queries: Int
  package var episodes: Int

  package init(ways: Int, shots: Int, queries: Int = 15, episodes: Int = 1_000) {
    precondition(ways >= 1 && shots >= 1 && queries >= 1 && episodes >= 1)
    self.ways = ways
    self.shots = shots
    self.queries = queries
    self.episodes = episodes
  }

  /// A share of right queries over episodes.
  package struct Accuracy: Sendable, Hashable {
    package var mean: Double
    /// Half the width of the 95 % interval of the mean: 1.96 standard errors over episodes.
    package var interval: Double

    init(_ shares: [Double]) {
      let count = Double(shares.count)
      let mean = shares.reduce(0, +) / count
      let square = shares.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
      self.mean = mean
      interval = count > 1 ? 1.96 * (square / (count - 1) / count).squareRoot() : 0
    }
  }

  package struct Measures: Sendable, Hashable {
    package var nearestSupport: Accuracy
    package var nearestCentroid: Accuracy
  }

  /// Measures of rows and their classes; nil where fewer than N classes have K + 1 rows.
  /// O(episodes · (N K) · (N queries) · dimension).
  @_specialize(where Scalar == Float)
  @_specialize(where Scalar == Double)
  package func evaluate<Scalar: KernelScalar>(
    unit: borrowing Matrix<Scalar>, labels: [Int32], seed: UInt64
  ) -> Measures? {
    precondition(unit.rows == labels.count, "\(unit.rows) rows, \(labels.count) labels")
    let groups = Dictionary(grouping: labels.indices) { labels[$0] }
    let classes = groups.keys.sorted().compactMap { groups[$0] }.filter { $0.count > shots }
    guard classes.count >= ways else { return nil }
    let stream = RandomStream(seed: seed, stream: .episodes)
    var (support, centroid): ([Double], [Double]) = ([], [])
    for number in 0..<episodes {
      let episode = draw(number, of: classes, from: stream)
      support.append(share(episode) { Self.nearestSupport(to: $0, episode, unit) })
      let centroids = Self.centroids(episode, unit)
      centroid.append(
        share(episode) { query in
          Self.nearest(to: query, (0..<ways).map { ($0, $0) }, centroids, unit)
        })
    }
    return Measures(nearestSupport: Accuracy(support), nearestCentroid: Accuracy(centroid))
  }

  /// Rows of one class in an episode.
  private struct Way {
    var support: [Int]
    var queries: [Int]
  }

  /// The first entries of random orders, without the rest of the orders. Ways are by ascending
  /// class and support rows ascend.
  private func draw(_ episode: Int, of classes: [[Int]], from stream: RandomStream) -> [Way] {
    // The low half of a tag is a class, counted from 1, or 0 for the choice of classes.
    let tag = UInt64(episode) << 32
    let chosen = Self.choice(ways, of: Array(classes.indices), stream, tag: tag).sorted()
    return chosen.map { number in
      let rows = classes[number]
      let drawn = Self.choice(
        min(shots + queries, rows.count), of: rows, stream, tag: tag | UInt64(number + 1))
      return Way(support: drawn.prefix(shots).sorted(), queries: Array(drawn.dropFirst(shots)))
    }
  }

  private static func choice(
    _ count: Int, of items: [Int], _ stream: RandomStream, tag: UInt64
  ) -> ArraySlice<Int> {
    var items = items
    for place in 0..<count {
      items.swapAt(
        place, place + stream.index(below: items.count - place, at: UInt32(place), tag: tag))
    }
    return items.prefix(count)
  }

  /// The share of queries whose way is the one that `answer` gives.
  private func share(_ episode: [Way], answer: (Int) -> Int) -> Double {
    var (right, all) = (0, 0)
    for (number, way) in episode.enumerated() {
      for query in way.queries {
        right += answer(query) == number ? 1 : 0
        all += 1
      }
    }
    return Double(right) / Double(all)
  }

  private static func nearestSupport<Scalar: KernelScalar>(
    to query: Int, _ episode: [Way], _ unit: borrowing Matrix<Scalar>
  ) -> Int {
    // Sorted by row, so that the first of equal ones is the lowest.
    let candidates = episode.enumerated().flatMap { number, way in
      way.support.map { (row: $0, way: number) }
    }.sorted { $0.row < $1.row }
    return nearest(to: query, candidates, unit, unit)
  }

  /// The way of the candidate most similar to a query, the first of equal ones.
  private static func nearest<Scalar: KernelScalar>(
    to query: Int, _ candidates: [(row: Int, way: Int)], _ references: borrowing Matrix<Scalar>,
    _ unit: borrowing Matrix<Scalar>
  ) -> Int {
    var best = (similarity: -Double.infinity, way: -1)
    for candidate in candidates {
      let similarity = RowOperations.exactDot(unit, row: query, references, row: candidate.row)
      if similarity > best.similarity { best = (similarity, candidate.way) }
    }
    return best.way
  }

  /// The unit sums of the support rows of each way.
  private static func centroids<Scalar: KernelScalar>(
    _ episode: [Way], _ unit: borrowing Matrix<Scalar>
  ) -> Matrix<Scalar> {
    var result = Matrix<Scalar>(rows: episode.count, columns: unit.columns)
    for (number, way) in episode.enumerated() {
      for column in 0..<unit.columns {
        let sum = way.support.reduce(0.0) { $0 + Double(unit[$1, column]) }
        result[number, column] = Scalar(sum / Double(way.support.count))
      }
    }
    RowOperations.normalizeInPlace(&result, rows: result.rows)
    return result
  }
}
