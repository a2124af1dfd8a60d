internal import Kernels

/// How many rows each pair of a class and a cluster shares, and what follows from that.
///
/// Sums run over classes and clusters in ascending order, so the bits do not depend on the
/// order of rows.
package struct ContingencyTable: Sendable, Hashable {
  /// A pair that occurs; classes and clusters are numbered from 0 in ascending order.
  private struct Cell: Hashable {
    let group: Int
    let cluster: Int
    let count: Int
  }

  package let rows: Int
  private let cells: [Cell]
  /// Rows of each class and of each cluster.
  private let groupSizes: [Int]
  private let clusterSizes: [Int]

  /// The table of rows with their classes and clusters. O(rows · log rows).
  package init(classes: [Int32], clusters: [Int32]) {
    precondition(
      classes.count == clusters.count, "\(classes.count) classes, \(clusters.count) clusters")
    let groups = Self.dense(classes)
    let parts = Self.dense(clusters)
    var counts = [Int: Int]()
    for row in classes.indices {
      counts[groups.numbers[row] * parts.sizes.count + parts.numbers[row], default: 0] += 1
    }
    rows = classes.count
    groupSizes = groups.sizes
    clusterSizes = parts.sizes
    cells = counts.sorted { $0.key < $1.key }.map { place, count in
      Cell(group: place / parts.sizes.count, cluster: place % parts.sizes.count, count: count)
    }
  }

  private static func dense(_ labels: [Int32]) -> (numbers: [Int], sizes: [Int]) {
    let numbers = Dictionary(
      uniqueKeysWithValues: Set(labels).sorted().enumerated().map { ($1, $0) })
    let numbered = labels.compactMap { numbers[$0] }
    var sizes = [Int](repeating: 0, count: numbers.count)
    for number in numbered { sizes[number] += 1 }
    return (numbered, sizes)
  }

  // MARK: Information, in nats

  /// `2 I(Ω; Y) / (H(Ω) + H(Y))`, the arithmetic normalisation; 1 where neither splits the rows.
  package var normalizedMutualInformation: Double {
    let entropies = entropy(of: groupSizes) + entropy(of: clusterSizes)
    return entropies > 0 ? min(max(2 * mutualInformation / entropies, 0), 1) : 1
  }

  /// `(I − E[I]) / ((H(Ω) + H(Y)) / 2 − E[I])`, where the expectation is over all ways to give
  /// the rows to classes and clusters of these sizes; 1 for the same split.
  ///
  /// Source: Vinh, Epps, Bailey, "Information theoretic measures for clusterings comparison",
  /// JMLR 11 (2010), equation 24a, with the arithmetic mean for the upper bound.
  package var adjustedMutualInformation: Double {
    if isSameSplit { return 1 }
    let expected = expectedMutualInformation
    let bound = (entropy(of: groupSizes) + entropy(of: clusterSizes)) / 2
    return (mutualInformation - expected) / (bound - expected)
  }

  /// Whether each class is one cluster and each cluster one class.
  private var isSameSplit: Bool {
    cells.count == groupSizes.count && cells.count == clusterSizes.count
  }

  private func entropy(of sizes: [Int]) -> Double {
    let total = Double(rows)
    return -sizes.reduce(0) { sum, size in
      let share = Double(size) / total
      return sum + share * PortableMath.logarithm(share)
    }
  }

  private var mutualInformation: Double {
    cells.reduce(0) { sum, cell in
      sum
        + information(cell.count, groupSizes[cell.group], clusterSizes[cell.cluster])
    }
  }

  /// The term of a cell, `n_ij / n · ln(n n_ij / (a_i b_j))`.
  private func information(_ count: Int, _ groupSize: Int, _ clusterSize: Int) -> Double {
    let total = Double(rows)
    // The product of the sizes is exact up to 2⁵³.
    let ratio = Double(count) * total / (Double(groupSize) * Double(clusterSize))
    return Double(count) / total * PortableMath.logarithm(ratio)
  }

  /// Cells of equal sizes have equal terms, so each pair of sizes is worked out once.
  private var expectedMutualInformation: Double {
    let groups = Self.frequencies(groupSizes)
    let parts = Self.frequencies(clusterSizes)
    var sum = 0.0
    for (groupSize, groupCount) in groups {
      for (clusterSize, clusterCount) in parts {
        sum +=
          Double(groupCount * clusterCount) * expectedInformation(groupSize, clusterSize)
      }
    }
    return sum
  }

  private static func frequencies(_ sizes: [Int]) -> [(size: Int, count: Int)] {
    Dictionary(sizes.map { ($0, 1) }, uniquingKeysWith: +)
      .sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
  }

  /// The mean of `information` where the count of a cell of these sizes is hypergeometric.
  ///
  /// Weights start with 1 at the mode and follow by the ratio of neighbours, so that nothing
  /// overflows and no logarithms of factorials cancel.
  private func expectedInformation(_ a: Int, _ b: Int) -> Double {
    let counts = max(0, a + b - rows)...min(a, b)
    let mode = min(
      max(Int(Double(a + 1) * Double(b + 1) / Double(rows + 2)), counts.lowerBound),
      counts.upperBound)
    /// `P(count + 1) / P(count)`.
    func ratio(after count: Int) -> Double {
      Double(a - count) * Double(b - count)
        / (Double(count + 1) * Double(rows - a - b + count + 1))
    }
    func term(_ count: Int) -> Double { count > 0 ? information(count, a, b) : 0 }
    var (weights, sum) = (1.0, term(mode))
    var weight = 1.0
    for count in stride(from: mode + 1, through: counts.upperBound, by: 1) where weight > 0 {
      weight *= ratio(after: count - 1)
      weights += weight
      sum += weight * term(count)
    }
    weight = 1
    for count in stride(from: mode - 1, through: counts.lowerBound, by: -1) where weight > 0 {
      weight /= ratio(after: count)
      weights += weight
      sum += weight * term(count)
    }
    return sum / weights
  }

  // MARK: Pairs of rows

  /// Pairs in one cluster that are of one class, as a share of the pairs in one cluster; 0
  /// where there are none.
  package var pairPrecision: Double { Self.share(pairsShared, of: Self.pairs(clusterSizes)) }

  /// Pairs of one class that are in one cluster, as a share of the pairs of one class; 0 where
  /// there are none.
  package var pairRecall: Double { Self.share(pairsShared, of: Self.pairs(groupSizes)) }

  /// The harmonic mean of pair precision and pair recall.
  package var pairF1: Double {
    Self.share(2 * pairsShared, of: Self.pairs(clusterSizes) + Self.pairs(groupSizes))
  }

  private var pairsShared: Int { Self.pairs(cells.map(\.count)) }

  private static func pairs(_ sizes: [Int]) -> Int {
    sizes.reduce(0) { $0 + $1 * ($1 - 1) / 2 }
  }

  private static func share(_ part: Int, of whole: Int) -> Double {
    whole > 0 ? Double(part) / Double(whole) : 0
  }
}
