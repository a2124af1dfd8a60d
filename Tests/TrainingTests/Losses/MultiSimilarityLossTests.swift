import Foundation
import Kernels
import Testing
import Training

struct MultiSimilarityLossTests {
  private typealias Parameters = MultiSimilarityLoss<Double>.Parameters

  private static let settings: [Parameters] =
    MultiSimilarityLoss<Double>.Mining.allCases.flatMap { mining in
      MultiSimilarityLoss<Double>.Denominator.allCases.flatMap { denominator in
        [(2.0, 50.0, 0.5, 0.1), (3, 7, 0.2, 0)].map { alpha, beta, base, epsilon in
          var parameters = Parameters()
          parameters.mining = mining
          parameters.denominator = denominator
          parameters.alpha = alpha
          parameters.beta = beta
          parameters.base = base
          parameters.epsilon = epsilon
          return parameters
        }
      }
    }

  private static let probes = settings.map(probe)

  private static func probe(_ parameters: Parameters) -> PairLossProbe {
    PairLossProbe(name: "\(parameters)") { size in
      MultiSimilarityLoss(parameters: parameters, size: size, blas: try BLASLibrary.load())
    }
  }

  /// The pairs of a row that are left by the miner.
  private static func mined(
    _ pairs: NaivePairs, _ row: Int, _ parameters: Parameters
  ) -> (positives: [Double], negatives: [Double]) {
    let positives = pairs.positives(of: row).map { pairs.similarities[row][$0] }
    let negatives = pairs.negatives(of: row).map { pairs.similarities[row][$0] }
    guard parameters.mining == .multiSimilarity else { return (positives, negatives) }
    guard let least = positives.min(), let greatest = negatives.max() else { return ([], []) }
    return (
      positives.filter { $0 < greatest + parameters.epsilon },
      negatives.filter { $0 > least - parameters.epsilon }
    )
  }

  private static func naive(_ batch: PairBatch, _ parameters: Parameters) -> Double {
    let pairs = NaivePairs(batch, droppingDuplicates: parameters.dropDuplicatePairs)
    var (sum, rowsWithPairs) = (0.0, 0)
    for row in pairs.rows {
      let (positives, negatives) = mined(pairs, row, parameters)
      if positives.count + negatives.count > 0 { rowsWithPairs += 1 }
      let pull = positives.map { exp(-parameters.alpha * ($0 - parameters.base)) }
      let push = negatives.map { exp(parameters.beta * ($0 - parameters.base)) }
      sum += log(1 + pull.reduce(0, +)) / parameters.alpha
      sum += log(1 + push.reduce(0, +)) / parameters.beta
    }
    return sum / Double(parameters.denominator == .rows ? batch.size : max(1, rowsWithPairs))
  }

  @Test(arguments: settings.indices)
  func `the loss is that of the formula`(index: Int) throws {
    for batch in PairBatch.random + PairBatch.odd {
      let probe = Self.probes[index]
      let expected = Self.naive(batch, Self.settings[index])
      probe.expect([try probe.evaluate(batch).loss], [expected], "\(probe.name), \(batch.name)")
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

  @Test func `shares count the pairs that the miner leaves`() throws {
    let parameters = Parameters()
    for batch in PairBatch.random {
      let pairs = NaivePairs(batch)
      let left = pairs.rows.map { Self.mined(pairs, $0, parameters) }
      let all = pairs.rows.map { (pairs.positives(of: $0).count, pairs.negatives(of: $0).count) }
      let outcome = try Self.probe(parameters).evaluate(batch).outcome
      let expected = [
        Double(left.map(\.positives.count).reduce(0, +)) / Double(all.map(\.0).reduce(0, +)),
        Double(left.map(\.negatives.count).reduce(0, +)) / Double(all.map(\.1).reduce(0, +)),
      ]
      #expect(
        [outcome.nontrivialPositives, outcome.nontrivialNegatives] == expected, "\(batch.name)")
    }
  }

  @Test func `steep weights of touching rows do not overflow in Float`() throws {
    var parameters = MultiSimilarityLoss<Float>.Parameters()
    parameters.beta = 500
    let loss = MultiSimilarityLoss<Float>(
      parameters: parameters, size: 4, blas: try BLASLibrary.load())
    let unit = Matrix<Float>(rows: 4, columns: 2, values: [1, 0, 1, 0, 1, 0, 0, 1])
    var gradient = Matrix<Float>(rows: 4, columns: 2)
    let outcome = loss.evaluate(
      unit, batch: TrainingBatch(distinct: [0, 1, 0, 1]), gradient: &gradient)
    #expect(outcome.loss.isFinite)
    #expect(gradient.values.allSatisfy { $0.isFinite })
    #expect(!gradient.values.allSatisfy { $0 == 0 })
  }

  @Test func `rows of one item are a pair unless they are dropped`() throws {
    var batch = PairBatch.random[1]
    batch.items[0] = batch.items[1]
    var parameters = Parameters()
    parameters.mining = .all
    let kept = try Self.probe(parameters).evaluate(batch).loss
    Self.probes[0].expect([kept], [Self.naive(batch, parameters)], "kept")
    parameters.dropDuplicatePairs = true
    let dropped = try Self.probe(parameters).evaluate(batch).loss
    Self.probes[0].expect([dropped], [Self.naive(batch, parameters)], "dropped")
    #expect(abs(dropped - kept) > 1e-4)
  }

  @Test func `separated classes leave the miner nothing`() throws {
    let result = try Self.probe(Parameters()).evaluate(.separated)
    #expect(result.loss == 0)
    #expect(result.unitGradient.allSatisfy { $0 == 0 })
  }
}
