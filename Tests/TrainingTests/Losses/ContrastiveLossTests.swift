import Foundation
import Kernels
import Testing
import Training

struct ContrastiveLossTests {
  private typealias Parameters = ContrastiveLoss<Double>.Parameters

  private static let settings: [Parameters] = [DistanceForm.euclidean, .squared].flatMap { form in
    [(1, LossReducer.nonzero), (1, .all), (2, .nonzero), (2, .all)].map { power, reducer in
      var parameters = Parameters()
      parameters.distance = form
      parameters.power = power
      parameters.reducer = reducer
      parameters.positiveMargin = 0.3
      parameters.negativeMargin = 1.3
      return parameters
    }
  }

  private static let probes = settings.map(probe)

  private static func probe(_ parameters: Parameters) -> PairLossProbe {
    PairLossProbe(name: "\(parameters)") { size in
      ContrastiveLoss(parameters: parameters, size: size, blas: try BLASLibrary.load())
    }
  }

  private static func naive(_ batch: PairBatch, _ parameters: Parameters) -> Double {
    let pairs = NaivePairs(batch, droppingDuplicates: parameters.dropDuplicatePairs)
    func distance(_ a: Int, _ b: Int) -> Double {
      pow(pairs.distances[a][b], parameters.distance == .squared ? 2 : 1)
    }
    let positives = pairs.rows.flatMap { row in
      pairs.positives(of: row).map { other in
        pow(max(0, distance(row, other) - parameters.positiveMargin), Double(parameters.power))
      }
    }
    let negatives = pairs.rows.flatMap { row in
      pairs.negatives(of: row).map { other in
        pow(max(0, parameters.negativeMargin - distance(row, other)), Double(parameters.power))
      }
    }
    let nonzero = parameters.reducer == .nonzero
    return NaivePairs.mean(positives, nonzero: nonzero)
      + NaivePairs.mean(negatives, nonzero: nonzero)
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

  @Test func `rows of one item are no pair unless asked for`() throws {
    var batch = PairBatch.random[0]
    let pair = batch.labels.indices.filter { batch.labels[$0] == 2 }
    batch.items[pair[0]] = batch.items[pair[1]]
    var parameters = Parameters()
    let dropped = try Self.probe(parameters).evaluate(batch)
    Self.probes[0].expect([dropped.loss], [Self.naive(batch, parameters)], "dropped")
    parameters.dropDuplicatePairs = false
    let kept = try Self.probe(parameters).evaluate(batch)
    Self.probes[0].expect([kept.loss], [Self.naive(batch, parameters)], "kept")
    #expect(abs(dropped.loss - kept.loss) > 1e-3)
  }

  @Test func `shares count the pairs beyond their margins`() throws {
    var parameters = Parameters()
    parameters.positiveMargin = 0.6
    parameters.negativeMargin = 1.2
    for batch in PairBatch.random {
      let pairs = NaivePairs(batch)
      let positives = pairs.rows.flatMap { row in
        pairs.positives(of: row).map { pairs.distances[row][$0] }
      }
      let negatives = pairs.rows.flatMap { row in
        pairs.negatives(of: row).map { pairs.distances[row][$0] }
      }
      let outcome = try Self.probe(parameters).evaluate(batch).outcome
      let expected = [
        Double(positives.count { $0 > 0.6 }) / Double(positives.count),
        Double(negatives.count { $0 < 1.2 }) / Double(negatives.count),
      ]
      #expect(
        [outcome.nontrivialPositives, outcome.nontrivialNegatives] == expected, "\(batch.name)")
    }
  }

  @Test func `separated classes leave nothing to do`() throws {
    let result = try Self.probe(Parameters()).evaluate(.separated)
    #expect(result.loss == 0)
    #expect(result.unitGradient.allSatisfy { $0 == 0 })
    #expect(result.outcome.nontrivialPositives == 0)
    #expect(result.outcome.nontrivialNegatives == 0)
  }
}
