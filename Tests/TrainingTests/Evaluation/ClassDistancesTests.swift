import Kernels
import Testing
import Training

struct ClassDistancesTests {
  /// Distances are rounded to 32 bits.
  private static let tolerance = 1e-6

  private static let labels = (0..<90).map { Int32($0 * 5 % 9) }

  @Test func `distances are those between all rows of one class and of two`() throws {
    let x = UnitRows.clustered(Self.labels, 7, noise: 2, seed: 1)
    var (within, between): ([Double], [Double]) = ([], [])
    for first in 0..<90 {
      for second in 0..<first {
        let square = (0..<7).reduce(0.0) {
          let difference = Double(x[first, $1]) - Double(x[second, $1])
          return $0 + difference * difference
        }
        if Self.labels[first] == Self.labels[second] {
          within.append(square.squareRoot())
        } else {
          between.append(square.squareRoot())
        }
      }
    }
    let distances = ClassDistances(unit: x, labels: Self.labels, seed: 0)
    for (found, expected) in [(distances.within, within), (distances.between, between)] {
      let found = try #require(found)
      #expect(found.pairs == expected.count && !found.isSample)
      let mean = expected.reduce(0, +) / Double(expected.count)
      #expect(abs(found.mean - mean) < Self.tolerance)
      for (share, value) in zip(DistanceDistribution.quantiles, found.values) {
        // As many distances below a quantile as its share says, but for the one it lies at.
        let below = Double(expected.count { $0 < value - Self.tolerance })
        let upTo = Double(expected.count { $0 <= value + Self.tolerance })
        let place = share * Double(expected.count - 1)
        #expect(below <= place + 1 && upTo >= place)
      }
    }
  }

  @Test func `a sample of pairs has the distribution of all`() throws {
    let x = UnitRows.clustered(Self.labels, 7, noise: 2, seed: 2)
    let all = ClassDistances(unit: x, labels: Self.labels, seed: 3)
    let sample = ClassDistances(
      unit: x, labels: Self.labels, seed: 3, limit: 100, sample: 20_000)
    for (some, every) in [(sample.within, all.within), (sample.between, all.between)] {
      let (some, every) = (try #require(some), try #require(every))
      #expect(some.isSample && some.pairs == 20_000)
      // Distances spread by about 0.3, so five standard errors of the mean are 0.01.
      #expect(abs(some.mean - every.mean) < 0.01)
      for (a, b) in zip(some.values, every.values) { #expect(abs(a - b) < 0.04) }
    }
    #expect(
      sample
        == ClassDistances(unit: x, labels: Self.labels, seed: 3, limit: 100, sample: 20_000))
    #expect(
      sample
        != ClassDistances(unit: x, labels: Self.labels, seed: 4, limit: 100, sample: 20_000))
  }

  @Test func `pairs of classes are drawn alike, and never from a class of one row`() throws {
    // The pair of class 1 is at 0, that of class 3 at 2; classes 0 and 2 have none.
    let x = Matrix<Float>(rows: 6, columns: 1, values: [1, 1, 1, 1, 1, -1])
    let sample = ClassDistances(
      unit: x, labels: [0, 1, 1, 2, 3, 3], seed: 1, limit: 1, sample: 10_000)
    let within = try #require(sample.within)
    #expect(within.isSample && within.values[0] == 0 && within.values[4] == 2)
    // Ten standard errors of a fair coin.
    #expect(abs(within.mean - 1) < 0.1)
  }

  @Test func `quantiles lie between their neighbours by their place`() throws {
    // Within the class: distances 0, 2 and 2 of three rows.
    let x = Matrix<Float>(rows: 3, columns: 1, values: [1, 1, -1])
    let distances = ClassDistances(unit: x, labels: [4, 4, 4], seed: 0)
    let within = try #require(distances.within)
    #expect(within.values == [0.2, 1, 2, 2, 2] && within.mean == 4.0 / 3)
    #expect(distances.between == nil)
  }

  @Test func `rows that have collapsed are at 0, and classes of one row have no distance`() throws {
    let x = Matrix<Float>(rows: 4, columns: 2, values: [0.6, 0.8, 0.6, 0.8, 0.6, 0.8, 0.6, 0.8])
    let distances = ClassDistances(unit: x, labels: [0, 1, 2, 3], seed: 0)
    #expect(distances.within == nil)
    #expect(try #require(distances.between).values == [0, 0, 0, 0, 0])
  }
}
