internal import Kernels

/// Chooses triplets (anchor, positive, negative) of a batch.
struct TripletMiner<Scalar: KernelScalar> {
  let parameters: TripletLoss<Scalar>.Parameters
  private let stream: RandomStream
  private var positives: [Int] = []
  private var negatives: [Int] = []

  init(parameters: TripletLoss<Scalar>.Parameters, size: Int, seed: UInt64) {
    self.parameters = parameters
    stream = RandomStream(seed: seed, stream: .mining)
    positives.reserveCapacity(size)
    negatives.reserveCapacity(size)
  }

  /// Hands out the triplets, anchors in order. An anchor that lacks positives or negatives has
  /// none. Ties of the hardest go to the lowest row.
  mutating func forEachTriplet(
    _ distances: PairTable, pairs: BatchPairs, step: Int,
    _ body: (_ anchor: Int, _ positive: Int, _ negative: Int) -> Void
  ) {
    for anchor in 0..<pairs.size {
      collect(anchor, pairs)
      switch parameters.mining {
      case .all, .semiHard, .hard:
        for positive in positives {
          let near = distance(distances, anchor, positive)
          for negative in negatives
          where admits(distance(distances, anchor, negative) - near) {
            body(anchor, positive, negative)
          }
        }
      case .batchHard:
        if let positive = farthest(positives, from: anchor, distances),
          let negative = nearest(negatives, to: anchor, distances)
        {
          body(anchor, positive, negative)
        }
      case .semiHardRandom:
        for positive in positives {
          if let negative = drawNegative(anchor, positive, distances, step) {
            body(anchor, positive, negative)
          }
        }
      }
    }
  }

  private mutating func collect(_ anchor: Int, _ pairs: BatchPairs) {
    positives.removeAll(keepingCapacity: true)
    negatives.removeAll(keepingCapacity: true)
    for other in 0..<pairs.size {
      if pairs.isPositive(anchor, other) {
        positives.append(other)
      } else if pairs.isNegative(anchor, other) {
        negatives.append(other)
      }
    }
  }

  /// Whether a triplet is taken whose `D_an − D_ap` is `gap`.
  private func admits(_ gap: Double) -> Bool {
    switch parameters.mining {
    case .semiHard: gap > 0 && gap <= parameters.margin
    case .hard: gap <= 0
    case .all, .batchHard, .semiHardRandom: true
    }
  }

  private func distance(
    _ distances: PairTable, _ row: Int, _ other: Int
  ) -> Double {
    parameters.distance.value(distances[row, other])
  }

  private func farthest(
    _ rows: [Int], from anchor: Int, _ distances: PairTable
  ) -> Int? {
    var best = rows.first
    for row in rows {
      if let leader = best, distances[anchor, row] > distances[anchor, leader] { best = row }
    }
    return best
  }

  private func nearest(
    _ rows: [Int], to anchor: Int, _ distances: PairTable
  ) -> Int? {
    var best = rows.first
    for row in rows {
      if let leader = best, distances[anchor, row] < distances[anchor, leader] { best = row }
    }
    return best
  }

  /// A random negative with `D_ap < D_an < D_ap + m`, or else the fallback's.
  private func drawNegative(
    _ anchor: Int, _ positive: Int, _ distances: PairTable, _ step: Int
  ) -> Int? {
    let near = distance(distances, anchor, positive)
    var candidates = 0
    for negative in negatives where isSemiHard(distances, anchor, negative, near) {
      candidates += 1
    }
    let position = UInt32(anchor * distances.size + positive)
    if candidates > 0 {
      var rank = stream.index(below: candidates, at: position, tag: UInt64(step))
      for negative in negatives where isSemiHard(distances, anchor, negative, near) {
        if rank == 0 { return negative }
        rank -= 1
      }
    }
    guard !negatives.isEmpty else { return nil }
    switch parameters.fallback {
    case .random:
      return negatives[stream.index(below: negatives.count, at: position, tag: UInt64(step))]
    case .farthest:
      return farthest(negatives, from: anchor, distances)
    }
  }

  private func isSemiHard(
    _ distances: PairTable, _ anchor: Int, _ negative: Int, _ near: Double
  ) -> Bool {
    let far = distance(distances, anchor, negative)
    return far > near && far < near + parameters.margin
  }
}
