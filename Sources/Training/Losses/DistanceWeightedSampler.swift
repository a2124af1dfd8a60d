internal import Kernels

/// Draws negatives evenly over distances, against their density between random points of a
/// sphere, and positives evenly.
///
///     P(n) ∝ 1 / q(max(d_an, ½)),
///     log q(d) = (D − 2) log d + ((D − 3)/2) log(1 − d²/4)
///
/// Source: Wu, Manmatha, Smola, Krähenbühl, "Sampling Matters in Deep Embedding Learning", ICCV
/// 2017, arXiv 1706.07567.
struct DistanceWeightedSampler {
  /// Nearer negatives are drawn as often as these, so that no few of them are drawn always.
  private static var leastDistance: Double { 0.5 }
  /// Antipodes have density 0: `1 − d²/4` is held above this.
  private static var leastArgument: Double { 1e-8 }

  private let stream: RandomStream
  /// Negatives further than this are never drawn.
  private let cutoff: Double
  private var candidates: [Int] = []
  private var shares: [Double] = []

  init(size: Int, cutoff: Double, seed: UInt64) {
    stream = RandomStream(seed: seed, stream: .mining)
    self.cutoff = cutoff
    candidates.reserveCapacity(size)
    shares.reserveCapacity(size)
  }

  /// A positive of an anchor, nil where it has none.
  mutating func positive(of anchor: Int, _ pairs: BatchPairs, step: Int) -> Int? {
    candidates.removeAll(keepingCapacity: true)
    for other in 0..<pairs.size where pairs.isPositive(anchor, other) { candidates.append(other) }
    guard !candidates.isEmpty else { return nil }
    let position = UInt32(2 * anchor + 1)
    return candidates[stream.index(below: candidates.count, at: position, tag: UInt64(step))]
  }

  /// A negative of an anchor, nil where it has none within reach; `dimension` is that of the
  /// embedding.
  mutating func negative(
    of anchor: Int, _ pairs: BatchPairs, distances: PairTable,
    dimension: Int, step: Int
  ) -> Int? {
    candidates.removeAll(keepingCapacity: true)
    shares.removeAll(keepingCapacity: true)
    for other in 0..<pairs.size where pairs.isNegative(anchor, other) {
      let distance = distances[anchor, other]
      guard distance <= cutoff else { continue }
      candidates.append(other)
      shares.append(-Self.logDensity(max(distance, Self.leastDistance), dimension: dimension))
    }
    _ = LogSumExp.takeShares(of: &shares)
    let target = stream.uniform(at: UInt32(2 * anchor), tag: UInt64(step))
    var sum = 0.0
    for place in candidates.indices {
      sum += shares[place]
      if target < sum { return candidates[place] }
    }
    // Rounding may leave the sum of all shares below the target.
    return candidates.last
  }

  private static func logDensity(_ distance: Double, dimension: Int) -> Double {
    let argument = max(leastArgument, 1 - distance * distance / 4)
    return Double(dimension - 2) * PortableMath.logarithm(distance)
      + Double(dimension - 3) / 2 * PortableMath.logarithm(argument)
  }
}
