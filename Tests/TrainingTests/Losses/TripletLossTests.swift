import Foundation
import Kernels
import Testing
import Training

struct TripletLossTests {
  private typealias Parameters = TripletLoss<Double>.Parameters

  /// Every mining that draws nothing, with each of the other choices.
  private static let settings: [Parameters] =
    [TripletLoss<Double>.Mining.all, .batchHard, .semiHard, .hard].flatMap { mining in
      [DistanceForm.euclidean, .squared].flatMap { form in
        [(false, false), (true, false), (false, true), (true, true)].map { soft, swap in
          var parameters = Parameters()
          parameters.mining = mining
          parameters.distance = form
          parameters.soft = soft
          parameters.swap = swap
          parameters.margin = 0.4
          return parameters
        }
      }
    }

  private static let probes = settings.map { probe($0) }

  private static func probe(_ parameters: Parameters, seed: UInt64 = 3) -> PairLossProbe {
    PairLossProbe(name: "\(parameters)") { size in
      TripletLoss(parameters: parameters, size: size, seed: seed, blas: try BLASLibrary.load())
    }
  }

  private static func distance(
    _ pairs: NaivePairs, _ a: Int, _ b: Int, _ parameters: Parameters
  ) -> Double {
    pow(pairs.distances[a][b], parameters.distance == .squared ? 2 : 1)
  }

  /// The triplets of a mining that draws nothing.
  private static func mined(
    _ pairs: NaivePairs, _ parameters: Parameters
  ) -> [(anchor: Int, positive: Int, negative: Int)] {
    func gap(_ triplet: (anchor: Int, positive: Int, negative: Int)) -> Double {
      distance(pairs, triplet.anchor, triplet.negative, parameters)
        - distance(pairs, triplet.anchor, triplet.positive, parameters)
    }
    switch parameters.mining {
    case .all, .semiHardRandom: return pairs.triplets
    case .semiHard: return pairs.triplets.filter { gap($0) > 0 && gap($0) <= parameters.margin }
    case .hard: return pairs.triplets.filter { gap($0) <= 0 }
    case .batchHard:
      return pairs.rows.compactMap { anchor in
        let row = pairs.distances[anchor]
        guard let positive = pairs.positives(of: anchor).max(by: { row[$0] < row[$1] }),
          let negative = pairs.negatives(of: anchor).min(by: { row[$0] < row[$1] })
        else { return nil }
        return (anchor, positive, negative)
      }
    }
  }

  private static func terms(
    _ triplets: [(anchor: Int, positive: Int, negative: Int)], _ pairs: NaivePairs,
    _ parameters: Parameters
  ) -> [Double] {
    triplets.map { anchor, positive, negative in
      let near = distance(pairs, anchor, positive, parameters)
      var far = distance(pairs, anchor, negative, parameters)
      if parameters.swap { far = min(far, distance(pairs, positive, negative, parameters)) }
      let excess = near - far + parameters.margin
      return parameters.soft ? log(1 + exp(excess)) : max(0, excess)
    }
  }

  private static func naive(_ batch: PairBatch, _ parameters: Parameters) -> Double {
    let pairs = NaivePairs(batch, droppingDuplicates: parameters.dropDuplicatePairs)
    let nonzero =
      switch parameters.reducer {
      case .byMining: parameters.mining != .batchHard && parameters.mining != .semiHardRandom
      case .nonzero: true
      case .all: false
      }
    return NaivePairs.mean(
      terms(mined(pairs, parameters), pairs, parameters), nonzero: nonzero)
  }

  @Test(arguments: settings.indices)
  func `the loss is that of the formula`(index: Int) throws {
    for batch in PairBatch.random {
      for reducer in TripletLoss<Double>.Reducer.allCases {
        var parameters = Self.settings[index]
        parameters.reducer = reducer
        let probe = Self.probe(parameters)
        let expected = Self.naive(batch, parameters)
        probe.expect([try probe.evaluate(batch).loss], [expected], "\(probe.name), \(batch.name)")
      }
    }
  }

  @Test(arguments: settings.indices)
  func `the gradient is that of central differences`(index: Int) throws {
    for batch in PairBatch.random { try Self.probes[index].checkGradient(batch) }
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

  @Test func `separated classes leave nothing to do`() throws {
    for mining in TripletLoss<Double>.Mining.allCases {
      var parameters = Parameters()
      parameters.mining = mining
      let result = try Self.probe(parameters).evaluate(.separated)
      #expect(result.loss == 0, "\(mining)")
      #expect(result.unitGradient.allSatisfy { $0 == 0 }, "\(mining)")
      #expect(result.outcome.nontrivialPositives == 0, "\(mining)")
      #expect(result.outcome.nontrivialNegatives == 0, "\(mining)")
    }
  }

  @Test func `shares count the pairs of triplets above 0`() throws {
    var parameters = Parameters()
    parameters.margin = 0.1
    for batch in PairBatch.random {
      let pairs = NaivePairs(batch)
      let acting = pairs.triplets.filter { triplet in
        Self.terms([triplet], pairs, parameters)[0] > 0
      }
      let positives = Set(acting.map { [$0.anchor, $0.positive] })
      let negatives = Set(acting.map { [$0.anchor, $0.negative] })
      let all = pairs.rows.map { (pairs.positives(of: $0).count, pairs.negatives(of: $0).count) }
      let outcome = try Self.probe(parameters).evaluate(batch).outcome
      let expected = [
        Double(positives.count) / Double(all.map(\.0).reduce(0, +)),
        Double(negatives.count) / Double(all.map(\.1).reduce(0, +)),
      ]
      #expect(
        [outcome.nontrivialPositives, outcome.nontrivialNegatives] == expected, "\(batch.name)")
    }
  }

  @Test func `rows of one item are no pair unless asked for`() throws {
    var batch = PairBatch.random[1]
    batch.items[0] = batch.items[1]
    for mining in [TripletLoss<Double>.Mining.all, .batchHard, .hard] {
      var parameters = Parameters()
      parameters.mining = mining
      parameters.margin = 0.7
      let dropped = try Self.probe(parameters).evaluate(batch).loss
      Self.probes[0].expect([dropped], [Self.naive(batch, parameters)], "\(mining) dropped")
      parameters.dropDuplicatePairs = false
      let kept = try Self.probe(parameters).evaluate(batch).loss
      Self.probes[0].expect([kept], [Self.naive(batch, parameters)], "\(mining) kept")
      #expect(abs(dropped - kept) > 1e-4, "\(mining)")
    }
  }

  @Test func `equally hard rows give way to the first`() throws {
    // Anchor 0 has two positives at one distance and two negatives at another.
    let raw = [[1.0, 0, 0], [0, 1, 0], [0, -1, 0], [0.6, 0, 0.8], [0.6, 0, -0.8]]
    let batch = PairBatch("ties", raw: raw, labels: [0, 0, 0, 1, 1])
    var parameters = Parameters()
    parameters.mining = .batchHard
    let gradient = try Self.probe(parameters).evaluate(batch).unitGradient
    // No other anchor moves row 0 along y, and what 3 and 4 do along z cancels out. So it goes
    // towards its first positive in y and away from its first negative in z.
    #expect(gradient[1] < 0)
    #expect(gradient[2] > 0)
  }
}
