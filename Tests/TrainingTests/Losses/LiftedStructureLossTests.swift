import Foundation
import Kernels
import Testing
import Training

struct LiftedStructureLossTests {
  private typealias Parameters = LiftedStructureLoss<Double>.Parameters

  private static let settings: [Parameters] =
    [
      (LiftedStructureLoss<Double>.Form.original, 2, 0.0, 1.0), (.original, 2, 0.2, 0.3),
      (.original, 1, 0, 1), (.generalized, 2, 0, 1), (.generalized, 1, 0.3, 0.2),
    ].map { form, power, positiveMargin, negativeMargin in
      var parameters = Parameters()
      parameters.form = form
      parameters.hingePower = power
      parameters.positiveMargin = positiveMargin
      parameters.negativeMargin = negativeMargin
      return parameters
    }

  private static let probes = settings.map(probe)

  private static func probe(_ parameters: Parameters) -> PairLossProbe {
    PairLossProbe(name: "\(parameters)") { size in
      LiftedStructureLoss(parameters: parameters, size: size, blas: try BLASLibrary.load())
    }
  }

  private static func naive(_ batch: PairBatch, _ parameters: Parameters) -> Double {
    let pairs = NaivePairs(batch, droppingDuplicates: parameters.dropDuplicatePairs)
    func push(_ row: Int) -> [Double] {
      pairs.negatives(of: row).map {
        exp(parameters.negativeMargin - pairs.distances[row][$0])
      }
    }
    func pull(_ row: Int) -> [Double] {
      pairs.positives(of: row).map {
        exp(pairs.distances[row][$0] - parameters.positiveMargin)
      }
    }
    func logarithm(_ terms: [Double]) -> Double { terms.isEmpty ? 0 : log(terms.reduce(0, +)) }
    if parameters.form == .generalized {
      let terms = pairs.rows.map { max(0, logarithm(pull($0)) + logarithm(push($0))) }
      return NaivePairs.mean(terms, nonzero: false)
    }
    let terms = pairs.rows.flatMap { row in
      pairs.positives(of: row).compactMap { other -> Double? in
        let negatives = push(row) + push(other)
        guard !negatives.isEmpty else { return nil }
        let excess =
          pairs.distances[row][other] - parameters.positiveMargin + logarithm(negatives)
        return pow(max(0, excess), Double(parameters.hingePower)) / 2
      }
    }
    return NaivePairs.mean(terms, nonzero: false)
  }

  @Test(arguments: settings.indices)
  func `the loss is that of the formula`(index: Int) throws {
    for batch in PairBatch.random + PairBatch.odd + [.separated] {
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

  @Test(arguments: settings.indices)
  func `rows of one item are a pair unless they are dropped`(index: Int) throws {
    var batch = PairBatch.random[1]
    batch.items[0] = batch.items[1]
    var parameters = Self.settings[index]
    let probe = Self.probes[index]
    let kept = try probe.evaluate(batch).loss
    probe.expect([kept], [Self.naive(batch, parameters)], "kept")
    parameters.dropDuplicatePairs = true
    let dropped = try Self.probe(parameters).evaluate(batch).loss
    probe.expect([dropped], [Self.naive(batch, parameters)], "dropped")
    #expect(abs(dropped - kept) > 1e-4)
  }

  @Test(arguments: [LiftedStructureLoss<Double>.Form.original, .generalized])
  func `hinges that are all at 0 leave nothing to do`(
    form: LiftedStructureLoss<Double>.Form
  ) throws {
    var parameters = Parameters()
    parameters.form = form
    parameters.negativeMargin = 0.1
    parameters.positiveMargin = 1.5
    let result = try Self.probe(parameters).evaluate(.separated)
    #expect(result.loss == 0)
    #expect(result.unitGradient.allSatisfy { $0 == 0 })
    #expect(result.outcome.nontrivialPositives == 0)
    #expect(result.outcome.nontrivialNegatives == 0)
  }
}
