import Kernels
import Testing
import Training

/// Every form of Ranked List Loss against double loops and central differences.
struct RankedListFormulaTests {
  private typealias Loss = RankedListLoss<Double>

  private static let settings: [Loss.Parameters] = Loss.Gradient.allCases.flatMap { gradient in
    Loss.QueryWeighting.allCases.flatMap { weighting in
      Loss.PairGradient.allCases.map { pairGradient in
        var parameters = Loss.Parameters()
        parameters.alpha = 1.3
        parameters.margin = 0.7
        parameters.temperature = 4
        parameters.positiveTemperature = 2
        parameters.lambda = 0.4
        parameters.gradient = gradient
        parameters.queryWeighting = weighting
        parameters.pairGradient = pairGradient
        return parameters
      }
    }
  }

  private static let probes = settings.map(probe)

  private static func probe(_ parameters: Loss.Parameters) -> PairLossProbe {
    PairLossProbe(name: "\(parameters)") { size in
      RankedListLoss(parameters: parameters, size: size, blas: try BLASLibrary.load())
    }
  }

  @Test(arguments: settings.indices)
  func `the loss is that of the formula`(index: Int) throws {
    for batch in PairBatch.random + PairBatch.odd {
      let probe = Self.probes[index]
      let expected = NaiveRankedLists(batch, Self.settings[index]).loss
      probe.expect([try probe.evaluate(batch).loss], [expected], "\(probe.name), \(batch.name)")
    }
  }

  @Test(arguments: settings.indices)
  func `the gradient is that of central differences with what is constant frozen`(
    index: Int
  ) throws {
    let step = 1e-6
    let probe = Self.probes[index]
    for batch in PairBatch.random {
      let naive = NaiveRankedLists(batch, Self.settings[index])
      let gradient = try probe.evaluate(batch).gradient
      for place in batch.raw.indices {
        var (above, below) = (batch, batch)
        above.raw[place] += step
        below.raw[place] -= step
        let slope = (naive.surrogate(above) - naive.surrogate(below)) / (2 * step)
        #expect(
          abs(gradient[place] - slope) < PairLossProbe.differenceTolerance,
          "\(probe.name), \(batch.name): entry \(place) is \(gradient[place]), not \(slope)")
      }
    }
  }

  @Test func `the exact gradient is the derivative of the loss itself`() throws {
    let exact = try #require(
      Self.settings.firstIndex {
        $0.gradient == .exact && $0.queryWeighting == .uniform && $0.pairGradient == .unit
      })
    for batch in PairBatch.random { try Self.probes[exact].checkGradient(batch) }
  }

  @Test(arguments: settings.indices)
  func `order, names, rotations and lengths of rows are of no account`(index: Int) throws {
    for batch in PairBatch.random { try Self.probes[index].checkInvariances(batch) }
  }

  @Test(arguments: settings.indices)
  func `odd batches give numbers`(index: Int) throws {
    try Self.probes[index].checkOddBatches()
    try Self.probes[index].checkDivergence()
  }
}
