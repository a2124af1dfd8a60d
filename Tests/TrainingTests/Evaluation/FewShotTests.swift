import Kernels
import Testing
import Training

struct FewShotTests {
  private static let labels = (0..<200).map { Int32($0 * 3 % 10) }

  private static func measures(
    _ episodes: FewShot, _ x: borrowing Matrix<Float>, _ labels: [Int32], seed: UInt64
  ) throws -> FewShot.Measures {
    let found = episodes.evaluate(unit: x, labels: labels, seed: seed)
    return try #require(found)
  }

  @Test func `classes far apart are told apart in every episode`() throws {
    let x = UnitRows.clustered(Self.labels, 30, noise: 0.1, seed: 1)
    let measures = try Self.measures(
      FewShot(ways: 5, shots: 1, episodes: 50), x, Self.labels, seed: 1)
    #expect(measures.nearestSupport.mean == 1 && measures.nearestSupport.interval == 0)
    #expect(measures.nearestCentroid.mean == 1)
  }

  @Test(arguments: [2, 5, 10])
  func `labels that say nothing are guessed at a rate of one in N`(ways: Int) throws {
    let x = UnitRows.scattered(200, 8, seed: 2)
    let measures = try Self.measures(
      FewShot(ways: ways, shots: 3, episodes: 400), x, Self.labels, seed: 5)
    for accuracy in [measures.nearestSupport, measures.nearestCentroid] {
      // The labels are fixed, so chance has a spread beyond that of the episodes.
      #expect(abs(accuracy.mean - 1 / Double(ways)) < 0.06)
      #expect(accuracy.interval > 0 && accuracy.interval < 0.03)
    }
  }

  @Test func `one shot makes support and centroid one`() throws {
    let x = UnitRows.clustered(Self.labels, 6, noise: 3, seed: 3)
    let measures = try Self.measures(
      FewShot(ways: 5, shots: 1, episodes: 60), x, Self.labels, seed: 2)
    #expect(measures.nearestSupport == measures.nearestCentroid)
    #expect(measures.nearestSupport.mean < 1)
  }

  @Test func `more shots help, and the centroid most, where classes are wide`() throws {
    let x = UnitRows.clustered(Self.labels, 20, noise: 3, seed: 4)
    func measures(_ shots: Int) throws -> FewShot.Measures {
      try Self.measures(FewShot(ways: 5, shots: shots, episodes: 200), x, Self.labels, seed: 2)
    }
    let (one, five) = (try measures(1), try measures(5))
    #expect(five.nearestSupport.mean > one.nearestSupport.mean + one.nearestSupport.interval)
    #expect(five.nearestCentroid.mean > five.nearestSupport.mean + five.nearestSupport.interval)
  }

  @Test func `the same seed gives the same episodes, another one others`() throws {
    let x = UnitRows.clustered(Self.labels, 6, noise: 3, seed: 3)
    let episodes = FewShot(ways: 5, shots: 2, episodes: 30)
    let first = episodes.evaluate(unit: x, labels: Self.labels, seed: 2)
    #expect(first == episodes.evaluate(unit: x, labels: Self.labels, seed: 2))
    #expect(first != episodes.evaluate(unit: x, labels: Self.labels, seed: 3))
    #expect(first == episodes.evaluate(unit: x, labels: Self.labels.map { 7 * $0 + 2 }, seed: 2))
  }

  @Test func `classes without a row to ask for are left out, and too few are no measure`() {
    let labels: [Int32] = [0, 0, 0, 1, 1, 1, 2, 2]
    let x = UnitRows.clustered(labels, 10, noise: 0.1, seed: 6)
    #expect(FewShot(ways: 3, shots: 2).evaluate(unit: x, labels: labels, seed: 0) == nil)
    let pairs = FewShot(ways: 2, shots: 2, episodes: 20).evaluate(
      unit: x, labels: labels, seed: 0)
    #expect(pairs?.nearestSupport.mean == 1)
  }

  @Test func `a centroid has unit length, however wide its class`() throws {
    // Rows of class 0 have products of ½ with each other, so a query has 1/√3 = 0.577 with the
    // centroid of the two others, but only ½ with their mean. All rows of class 1 are one.
    let (shared, apart) = ((2.0 / 3).squareRoot(), (1.0 / 3).squareRoot())
    let tilt = 0.54 / shared
    let wide = [(1.0, 0.0), (-0.5, 0.75.squareRoot()), (-0.5, -0.75.squareRoot())].map {
      [shared, apart * $0.0, apart * $0.1, 0]
    }
    let narrow = [tilt, 0, 0, (1 - tilt * tilt).squareRoot()]
    let x = Matrix<Float>(
      rows: 6, columns: 4, values: (wide + [narrow, narrow, narrow]).joined().map { Float($0) })
    let measures = try Self.measures(
      FewShot(ways: 2, shots: 2, episodes: 20), x, [0, 0, 0, 1, 1, 1], seed: 1)
    #expect(measures.nearestCentroid.mean == 1)
    #expect(measures.nearestSupport.mean == 0.5)
  }

  @Test func `the rows of a class are drawn apart from those of another`() throws {
    // Two classes of the same ten directions: ties go to class 0, and one of its nine queries
    // is wrong unless both supports have one direction, which is so in a tenth of the episodes.
    var x = Matrix<Float>(rows: 20, columns: 10)
    for row in 0..<20 { x[row, row % 10] = 1 }
    let labels = (0..<20).map { Int32($0 / 10) }
    let measures = try Self.measures(
      FewShot(ways: 2, shots: 1, episodes: 500), x, labels, seed: 4)
    // Ten standard errors of 500 draws.
    #expect(abs(measures.nearestSupport.mean - 8.1 / 18) < 10 * (0.3 / 18) / 500.0.squareRoot())
  }

  @Test func `of equal rows the lower one is nearest, of equal centroids the lower class`() throws {
    // Class 1 has the lower rows; 15 queries are of class 1 and one is of class 0.
    let labels = (0..<26).map { Int32($0 < 20 ? 1 : 0) }
    let x = Matrix<Float>(
      rows: 26, columns: 2, values: (0..<52).map { $0 % 2 == 0 ? 1 : 0 })
    let measures = try Self.measures(FewShot(ways: 2, shots: 5, episodes: 10), x, labels, seed: 0)
    #expect(measures.nearestSupport.mean == 15.0 / 16)
    #expect(measures.nearestCentroid.mean == 1.0 / 16)
  }
}
