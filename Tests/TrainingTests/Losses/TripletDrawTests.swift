import Foundation
import Kernels
import Testing
import Training

/// Triplet loss with one random negative for each positive pair.
struct TripletDrawTests {
  typealias Loss = TripletLoss<Double>

  private static func loss(
    _ fallback: Loss.Fallback, margin: Double, size: Int, seed: UInt64
  ) throws -> Loss {
    var parameters = Loss.Parameters()
    parameters.mining = .semiHardRandom
    parameters.fallback = fallback
    parameters.margin = margin
    return Loss(parameters: parameters, size: size, seed: seed, blas: try BLASLibrary.load())
  }

  private static func probe(
    _ fallback: Loss.Fallback, margin: Double, seed: UInt64 = 3
  ) -> PairLossProbe {
    PairLossProbe(name: "\(fallback), margin \(margin), seed \(seed)") { size in
      try loss(fallback, margin: margin, size: size, seed: seed)
    }
  }

  /// The negatives that may stand beside a positive pair.
  private static func candidates(
    _ pairs: NaivePairs, _ anchor: Int, _ positive: Int, _ fallback: Loss.Fallback,
    margin: Double
  ) -> [Int] {
    let row = pairs.distances[anchor]
    let negatives = pairs.negatives(of: anchor)
    let semiHard = negatives.filter { row[$0] > row[positive] && row[$0] < row[positive] + margin }
    if !semiHard.isEmpty { return semiHard }
    if fallback == .random { return negatives }
    return negatives.max { row[$0] < row[$1] }.map { [$0] } ?? []
  }

  /// The loss with the draws written out: one for each ordered pair and step.
  private static func naive(
    _ batch: PairBatch, _ fallback: Loss.Fallback, margin: Double, seed: UInt64
  ) -> Double {
    let pairs = NaivePairs(batch, droppingDuplicates: true)
    let stream = RandomStream(seed: seed, stream: .mining)
    let terms = pairs.rows.flatMap { anchor in
      pairs.positives(of: anchor).compactMap { positive -> Double? in
        let choice = candidates(pairs, anchor, positive, fallback, margin: margin)
        guard !choice.isEmpty else { return nil }
        let position = UInt32(anchor * batch.size + positive)
        let rank = stream.index(below: choice.count, at: position, tag: UInt64(batch.step))
        let row = pairs.distances[anchor]
        return max(0, row[positive] - row[choice[rank]] + margin)
      }
    }
    return NaivePairs.mean(terms, nonzero: false)
  }

  @Test(arguments: Loss.Fallback.allCases, [0.1, 0.5])
  func `the loss is that of the formula with its draws`(
    fallback: Loss.Fallback, margin: Double
  ) throws {
    for var batch in PairBatch.random + PairBatch.odd.prefix(4) {
      for step in 0..<4 {
        batch.step = step
        let probe = Self.probe(fallback, margin: margin, seed: 11)
        let expected = Self.naive(batch, fallback, margin: margin, seed: 11)
        probe.expect([try probe.evaluate(batch).loss], [expected], "\(probe.name), \(batch.name)")
      }
    }
  }

  @Test(arguments: Loss.Fallback.allCases)
  func `the gradient is that of central differences`(fallback: Loss.Fallback) throws {
    for batch in PairBatch.random {
      try Self.probe(fallback, margin: 0.5).checkGradient(batch)
    }
  }

  @Test(arguments: Loss.Fallback.allCases)
  func `odd batches give numbers`(fallback: Loss.Fallback) throws {
    try Self.probe(fallback, margin: 0.5).checkOddBatches()
  }

  @Test func `draws depend on seed and step alone`() throws {
    var batch = PairBatch.random[2]
    let first = try Self.probe(.random, margin: 0.2, seed: 1).evaluate(batch)
    let same = try Self.probe(.random, margin: 0.2, seed: 1).evaluate(batch)
    #expect(first.gradient == same.gradient)
    let otherSeed = try Self.probe(.random, margin: 0.2, seed: 2).evaluate(batch)
    #expect(first.gradient != otherSeed.gradient)
    batch.step = 1
    let otherStep = try Self.probe(.random, margin: 0.2, seed: 1).evaluate(batch)
    #expect(first.gradient != otherStep.gradient)
  }
}
