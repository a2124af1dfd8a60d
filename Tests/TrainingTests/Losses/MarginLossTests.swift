import Foundation
import Kernels
import Testing
import Training

struct MarginLossTests {
  typealias Loss = MarginLoss<Double>

  private static let classes = 4

  private static let settings: [Loss.Parameters] =
    [Loss.Mining.triplets, .pairs].flatMap { mining in
      [(Loss.BetaKind.fixed, 0.0), (.learnedOne, 0), (.learnedOne, 0.1), (.learnedPerClass, 0.1)]
        .map { kind, nu in
          var parameters = Loss.Parameters()
          parameters.mining = mining
          parameters.betaKind = kind
          parameters.nu = nu
          parameters.margin = 0.3
          parameters.beta = 1.1
          return parameters
        }
    }

  private static let probes = settings.map { probe($0) }

  private static func probe(_ parameters: Loss.Parameters, seed: UInt64 = 1) -> PairLossProbe {
    PairLossProbe(name: "\(parameters)") { size in
      Loss(
        parameters: parameters, size: size, classes: classes, seed: seed,
        blas: try BLASLibrary.load())
    }
  }

  /// Of a loss with boundaries that differ.
  private static func withBoundaries(_ parameters: Loss.Parameters) -> PairLossProbe {
    PairLossProbe(name: "\(parameters), boundaries") { size in
      let loss = Loss(
        parameters: parameters, size: size, classes: classes, seed: 1,
        blas: try BLASLibrary.load())
      loss.parameters.first?.value.withMutableValues { values in
        for place in values.indices { values[place] = Self.boundaries[place] }
      }
      return loss
    }
  }

  private static let boundaries = [0.9, 1.3, 1.05, 1.2]

  /// The loss over mined (anchor, positive, negative), or over pairs where either is nil.
  private static func naive(
    _ mined: [(anchor: Int, positive: Int?, negative: Int?)], _ pairs: NaivePairs,
    _ parameters: Loss.Parameters, boundaries: [Double]
  ) -> Double {
    func beta(_ anchor: Int) -> Double {
      switch parameters.betaKind {
      case .fixed: parameters.beta
      case .learnedOne: boundaries[0]
      case .learnedPerClass: boundaries[Int(pairs.batch.labels[anchor])]
      }
    }
    var terms: [Double] = []
    for (anchor, positive, negative) in mined {
      let row = pairs.distances[anchor]
      if let positive { terms.append(max(0, row[positive] - beta(anchor) + parameters.margin)) }
      if let negative { terms.append(max(0, beta(anchor) - row[negative] + parameters.margin)) }
    }
    let loss = NaivePairs.mean(terms, nonzero: true)
    let active = terms.count { $0 > 0 }
    switch parameters.betaKind {
    case .fixed: return loss
    case .learnedOne: return loss + parameters.nu * boundaries[0]
    case .learnedPerClass:
      let sum = mined.map { beta($0.anchor) }.reduce(0, +)
      return loss + (active == 0 ? 0 : parameters.nu * sum / Double(active))
    }
  }

  private static func mined(
    _ pairs: NaivePairs, _ mining: Loss.Mining
  ) -> [(anchor: Int, positive: Int?, negative: Int?)] {
    switch mining {
    case .triplets, .distanceWeighted:
      pairs.triplets.map { ($0.anchor, $0.positive, $0.negative) }
    case .pairs:
      pairs.rows.flatMap { row in
        pairs.positives(of: row).map { (row, $0, nil) }
          + pairs.negatives(of: row).map { (row, nil, $0) }
      }
    }
  }

  @Test(arguments: settings.indices)
  func `the loss is that of the formula`(index: Int) throws {
    let parameters = Self.settings[index]
    let probe = Self.withBoundaries(parameters)
    for batch in PairBatch.random + PairBatch.odd {
      let pairs = NaivePairs(batch)
      let expected = Self.naive(
        Self.mined(pairs, parameters.mining), pairs, parameters, boundaries: Self.boundaries)
      probe.expect([try probe.evaluate(batch).loss], [expected], "\(probe.name), \(batch.name)")
    }
  }

  @Test(arguments: settings.indices)
  func `the gradient is that of central differences`(index: Int) throws {
    for batch in PairBatch.random {
      try Self.withBoundaries(Self.settings[index]).checkGradient(batch)
    }
  }

  @Test(arguments: settings.indices.filter { settings[$0].betaKind != .fixed })
  func `the gradient of the boundaries is that of central differences`(index: Int) throws {
    for batch in PairBatch.random {
      try Self.withBoundaries(Self.settings[index]).checkParameters(batch)
    }
  }

  @Test(arguments: settings.indices)
  func `row order, label names and rotations change nothing`(index: Int) throws {
    for batch in PairBatch.random { try Self.probes[index].checkInvariances(batch) }
  }

  @Test(arguments: settings.indices)
  func `odd batches give numbers`(index: Int) throws {
    try Self.probes[index].checkOddBatches()
  }

  @Test(arguments: settings.indices)
  func `embeddings that are not numbers give a loss that is none`(index: Int) throws {
    try Self.probes[index].checkDivergence()
  }

  @Test func `boundaries are learned at their own rate and do not decay`() throws {
    var parameters = Loss.Parameters()
    parameters.betaRateMultiplier = 7
    for (kind, count) in [(Loss.BetaKind.learnedOne, 1), (.learnedPerClass, Self.classes)] {
      parameters.betaKind = kind
      let loss = try Self.probe(parameters).make(3)
      let boundary = try #require(loss.parameters.first)
      #expect(loss.parameters.count == 1)
      #expect(boundary.name == "loss.beta")
      #expect(boundary.rateMultiplier == 7)
      #expect(!boundary.decays)
      #expect(boundary.value.values == [Double](repeating: 1.2, count: count))
    }
    parameters.betaKind = .fixed
    #expect(try Self.probe(parameters).make(3).parameters.isEmpty)
  }

  @Test func `a boundary that is not a number gives a loss that is none`() throws {
    var parameters = Loss.Parameters()
    parameters.betaKind = .learnedOne
    let loss = try Self.probe(parameters).make(9)
    loss.parameters.first?.value.withMutableValues { $0[0] = .nan }
    let result = try Self.probes[0].evaluate(.random[0], with: loss)
    #expect(result.loss.isNaN)
  }

  @Test func `rows of one item are a pair unless they are dropped`() throws {
    var batch = PairBatch.random[1]
    batch.items[0] = batch.items[1]
    for mining in [Loss.Mining.triplets, .pairs] {
      var parameters = Loss.Parameters()
      parameters.mining = mining
      for drops in [false, true] {
        parameters.dropDuplicatePairs = drops
        let pairs = NaivePairs(batch, droppingDuplicates: drops)
        let expected = Self.naive(
          Self.mined(pairs, mining), pairs, parameters, boundaries: Self.boundaries)
        Self.probes[0].expect(
          [try Self.probe(parameters).evaluate(batch).loss], [expected], "\(mining), \(drops)")
      }
    }
  }

  @Test func `separated classes leave nothing to do`() throws {
    for mining in Loss.Mining.allCases {
      var parameters = Loss.Parameters()
      parameters.mining = mining
      let result = try Self.probe(parameters).evaluate(.separated)
      #expect(result.loss == 0, "\(mining)")
      #expect(result.unitGradient.allSatisfy { $0 == 0 }, "\(mining)")
      #expect(result.outcome.nontrivialPositives == 0, "\(mining)")
      #expect(result.outcome.nontrivialNegatives == 0, "\(mining)")
    }
  }

  /// The triplets that distance-weighted mining should draw, written from the density.
  private static func drawn(
    _ pairs: NaivePairs, seed: UInt64, cutoff: Double
  ) -> [(anchor: Int, positive: Int?, negative: Int?)] {
    let stream = RandomStream(seed: seed, stream: .mining)
    let (dimension, tag) = (Double(pairs.batch.columns), UInt64(pairs.batch.step))
    return pairs.rows.compactMap { anchor in
      let positives = pairs.positives(of: anchor)
      let negatives = pairs.negatives(of: anchor).filter { pairs.distances[anchor][$0] <= cutoff }
      guard !positives.isEmpty, !negatives.isEmpty else { return nil }
      let weights = negatives.map { negative in
        let distance = max(0.5, pairs.distances[anchor][negative])
        return pow(distance, 2 - dimension)
          * pow(max(1e-8, 1 - distance * distance / 4), (3 - dimension) / 2)
      }
      var rest =
        stream.uniform(at: UInt32(2 * anchor), tag: tag) * weights.reduce(0, +)
      let place =
        weights.firstIndex { weight in
          rest -= weight
          return rest < 0
        } ?? negatives.count - 1
      let rank = stream.index(below: positives.count, at: UInt32(2 * anchor + 1), tag: tag)
      return (anchor, positives[rank], negatives[place])
    }
  }

  @Test(arguments: Loss.BetaKind.allCases, [Double.infinity, 1.4])
  func `distance-weighted mining draws against the density on a sphere`(
    kind: Loss.BetaKind, cutoff: Double
  ) throws {
    var parameters = Loss.Parameters()
    parameters.mining = .distanceWeighted
    parameters.betaKind = kind
    parameters.nu = 0.1
    parameters.cutoff = cutoff
    let probe = Self.withBoundaries(parameters)
    for var batch in PairBatch.random + PairBatch.odd.prefix(4) {
      for step in 0..<5 {
        batch.step = step
        let pairs = NaivePairs(batch)
        let expected = Self.naive(
          Self.drawn(pairs, seed: 1, cutoff: cutoff), pairs, parameters,
          boundaries: Self.boundaries)
        probe.expect([try probe.evaluate(batch).loss], [expected], "\(probe.name), \(batch.name)")
      }
      if batch.size > 4 {
        try probe.checkGradient(batch)
        if kind != .fixed { try probe.checkParameters(batch) }
      }
    }
    try probe.checkOddBatches()
  }

  @Test func `draws depend on seed and step alone`() throws {
    var batch = PairBatch.random[2]
    let parameters = Loss.Parameters()
    let first = try Self.probe(parameters, seed: 1).evaluate(batch)
    let same = try Self.probe(parameters, seed: 1).evaluate(batch)
    #expect(first.gradient == same.gradient)
    let otherSeed = try Self.probe(parameters, seed: 2).evaluate(batch)
    #expect(first.gradient != otherSeed.gradient)
    batch.step = 1
    let otherStep = try Self.probe(parameters, seed: 1).evaluate(batch)
    #expect(first.gradient != otherStep.gradient)
  }
}
