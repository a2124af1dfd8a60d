import Foundation
import Kernels
import Testing
import Training

/// The weights of queries by hardness, against the formula of losses.md §3.5 written out.
struct QueryWeightingTests {
  /// Sums of a dozen exponentials in two orders.
  private static let tolerance = 1e-12

  private static let size = 18

  @Test(arguments: [0, 1, 10], [0, 10, 300])
  func `finite temperatures give shares of the unnormalised sums of weights`(
    positive: Double, negative: Double
  ) throws {
    try check(positive: positive, negative: negative) { hinges, isPositive in
      let temperature = isPositive ? positive : negative
      return hinges.reduce(0) { $0 + exp(temperature * $1) }
    }
  }

  @Test func `an infinite temperature leaves its lists with the largest hinge`() throws {
    let negatives = try lists().flatMap(\.negatives)
    let hardest = try #require(negatives.max())
    try check(positive: 3, negative: .infinity) { hinges, isPositive in
      isPositive ? 0 : Double(hinges.count { $0 == hardest })
    }
    let all = try lists().flatMap { $0.positives + $0.negatives }
    let largest = try #require(all.max())
    try check(positive: .infinity, negative: .infinity) { hinges, _ in
      Double(hinges.count { $0 == largest })
    }
  }

  private func check(
    positive: Double, negative: Double, weight: ([Double], _ isPositive: Bool) -> Double
  ) throws {
    let loss = try loss(positive: positive, negative: negative)
    var gradient = Matrix<Double>(rows: Self.size, columns: 3)
    let unit = Self.points()
    _ = loss.evaluate(unit, batch: TrainingBatch(distinct: Self.labels), gradient: &gradient)
    let sums = try lists().map { weight($0.positives, true) + weight($0.negatives, false) }
    let total = sums.reduce(0, +)
    for query in 0..<Self.size {
      #expect(abs(loss.factor(of: query) - sums[query] / total) < Self.tolerance, "\(query)")
    }
  }

  private static let labels = (0..<size).map { Int32($0 % 5) }

  private static func points() -> Matrix<Double> {
    let stream = RandomStream(seed: 12, stream: .synthesis)
    let raw = Matrix<Double>(
      rows: size, columns: 3,
      values: (0..<size * 3).map { stream.uniform(at: UInt32($0)) - 0.4 })
    var unit = Matrix<Double>(rows: size, columns: 3)
    var norms = Matrix<Double>(rows: 1, columns: size)
    RowOperations.normalize(raw, into: &unit, norms: &norms)
    return unit
  }

  private func loss(positive: Double, negative: Double) throws -> RankedListLoss<Double> {
    var parameters = RankedListLoss<Double>.Parameters()
    parameters.positiveTemperature = positive
    parameters.temperature = negative
    parameters.queryWeighting = .hardness
    return RankedListLoss(parameters: parameters, size: Self.size, blas: try BLASLibrary.load())
  }

  /// The non-trivial hinges of each query, from the similarities that the loss uses.
  private func lists() throws -> [(positives: [Double], negatives: [Double])] {
    let unit = Self.points()
    var similarity = Matrix<Double>(rows: Self.size, columns: Self.size)
    try BLASLibrary.load().gram(unit, into: &similarity)
    return (0..<Self.size).map { query in
      let others = (0..<Self.size).filter { $0 != query }
      let distances = others.map { max(0, 2 - 2 * similarity[query, $0]).squareRoot() }
      let isSame = others.map { Self.labels[$0] == Self.labels[query] }
      let pairs = zip(distances, isSame)
      return (
        pairs.filter { $0.1 }.map { $0.0 - (1.2 - 0.4) }.filter { $0 > 0 },
        pairs.filter { !$0.1 }.map { 1.2 - $0.0 }.filter { $0 > 0 }
      )
    }
  }
}
