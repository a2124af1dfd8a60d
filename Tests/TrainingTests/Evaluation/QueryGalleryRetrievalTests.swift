import Datasets
import Foundation
import Kernels
import Testing
import Training

/// Queries against a gallery.
struct QueryGalleryRetrievalTests {
  /// Rows at angles of a circle, in degrees, from the nearest by hand:
  ///
  ///     row     0    1    2    3    4    5    6
  ///     angle   0   10   15   40   70   80  200
  ///     class   0    1    0    0    1    1    2
  ///     query   ×              ×    ×         ×
  ///     gallery      ×    ×    ×    ×    ×
  ///
  /// Row 0 finds 1 (wrong), 2, 3, 4, 5: two to find, at ranks 2 and 3. Row 3, not finding
  /// itself, has 2 at 25°, 1 and 4 at 30°, 5: one to find, at rank 1. Row 4 has 5 at 10°, 3 at
  /// 30°, 2 at 55°, 1 at 60°: two to find, at ranks 1 and 4. Row 6 has nothing to find.
  private static let angles: [Double] = [0, 10, 15, 40, 70, 80, 200]
  private static let labels: [Int32] = [0, 1, 0, 0, 1, 1, 2]
  private static let queryGallery = QueryGallery(
    isQuery: [true, false, false, true, true, false, true],
    isGallery: [false, true, true, true, true, true, false])

  private static func circle() -> Matrix<Float> {
    let values: [Float] = angles.flatMap { angle -> [Float] in
      let radians = angle * Double.pi / 180
      return [Float(cos(radians)), Float(sin(radians))]
    }
    return Matrix(rows: angles.count, columns: 2, values: values)
  }

  private static func expectByHand(_ measures: RetrievalMeasures) {
    #expect(measures.queries == 4 && measures.loneQueries == 1)
    #expect(measures.recallAt == [1: 0.5, 2: 0.75])
    #expect(measures.precisionAtOne == 2.0 / 3)
    // (1/2) / 2 at rank 2 of 2; 1 at rank 1 of 1; 1 / 2 at rank 1 of 2.
    #expect(measures.meanAveragePrecisionAtR == 1.75 / 3)
    // 1/2, 1 and 1/2.
    #expect(measures.rPrecision == 2.0 / 3)
  }

  @Test(arguments: [1, 2, 512])
  func `measures of a small case are those by hand`(block: Int) throws {
    let retrieval = Retrieval<Float>(blas: try BLASLibrary.load(), blockRows: block)
    let measures = retrieval.evaluate(
      unit: Self.circle(), labels: Self.labels, Self.queryGallery, recallAt: [1, 2],
      rankingAll: true)
    Self.expectByHand(measures)
    // Precisions 1/2 and 2/3; 1; 1 and 2/4.
    let precisions: [Double] = [7.0 / 12, 1, 0.75]
    let expected = precisions.reduce(0, +) / 3
    let found = try #require(measures.meanAveragePrecision)
    #expect(abs(found - expected) < 1e-15)
    #expect(measures.meanReciprocalRank == 2.5 / 3)
  }

  @Test(arguments: [1, 16, 300], [UInt64(1), 2])
  func `all rows as queries and gallery have the bits of leave-one-out`(
    block: Int, seed: UInt64
  ) throws {
    let stream = RandomStream(seed: seed, stream: .classOrder)
    let labels = (0..<150).map { Int32(stream.index(below: 12, at: UInt32($0))) } + [99]
    // Some rows are equal, so that ties are broken alike too.
    let scattered = UnitRows.scattered(151, 6, seed: seed)
    let x = Matrix<Float>(
      rows: 151, columns: 6,
      values: (0..<151).flatMap { row in (0..<6).map { scattered[row < 20 ? row % 4 : row, $0] } })
    let all = [Bool](repeating: true, count: 151)
    let retrieval = Retrieval<Float>(blas: try BLASLibrary.load(), blockRows: block)
    for ranksAll in [false, true] {
      let expected = retrieval.leaveOneOut(
        unit: x, labels: labels, recallAt: [1, 2, 4, 8], rankingAll: ranksAll)
      #expect(
        retrieval.evaluate(
          unit: x, labels: labels, QueryGallery(isQuery: all, isGallery: all),
          recallAt: [1, 2, 4, 8], rankingAll: ranksAll) == expected, "seed \(seed)")
      #expect(
        retrieval.evaluate(
          unit: x, labels: labels, nil, recallAt: [1, 2, 4, 8], rankingAll: ranksAll) == expected)
    }
  }

  @Test func `queries and gallery apart have the bits of two matrices`() throws {
    let x = UnitRows.scattered(90, 5, seed: 3)
    let labels = (0..<90).map { Int32($0 % 7) }
    func part(_ rows: Range<Int>) -> Matrix<Float> {
      Matrix(
        rows: rows.count, columns: 5, values: rows.flatMap { row in (0..<5).map { x[row, $0] } })
    }
    let retrieval = Retrieval<Float>(blas: try BLASLibrary.load())
    let expected = retrieval.evaluate(
      queries: part(0..<30), queryLabels: Array(labels[..<30]), references: part(30..<90),
      referenceLabels: Array(labels[30...]), excludingSelf: false, recallAt: [1, 5],
      rankingAll: true)
    let isQuery = (0..<90).map { $0 < 30 }
    #expect(
      retrieval.evaluate(
        unit: x, labels: labels, QueryGallery(isQuery: isQuery, isGallery: isQuery.map { !$0 }),
        recallAt: [1, 5], rankingAll: true) == expected)
  }

  @Test func `a gallery of nothing but the query itself is a miss`() throws {
    let retrieval = Retrieval<Float>(blas: try BLASLibrary.load())
    let measures = retrieval.evaluate(
      unit: Matrix(rows: 2, columns: 2, values: [1, 0, 0, 1]), labels: [0, 0],
      QueryGallery(isQuery: [true, true], isGallery: [true, false]), recallAt: [1],
      rankingAll: true)
    #expect(measures.recallAt == [1: 0.5] && measures.queries == 2 && measures.loneQueries == 1)
  }

  /// The circle as the test split of a file, classes from 10.
  private static func load(_ queryGallery: QueryGallery?) throws -> SplitData {
    let folder = NSTemporaryDirectory() + "rll-gallery-" + UUID().uuidString + ".h5"
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let circle = circle()
    let training = (0..<8).flatMap { [Float($0), Float($0 * $0 + 1)] }
    try FeatureFileWriter().writeGrouped(
      train: .init(
        labels: [0, 0, 0, 0, 1, 1, 1, 1],
        levels: [.init(name: "high", dimension: 2, values: training)]),
      test: .init(
        labels: labels.map { Int64($0) + 10 },
        levels: [.init(name: "high", dimension: 2, values: circle.values)],
        queryGallery: queryGallery), to: folder)
    return try FeatureFile(path: folder).load()
  }

  @Test func `raw features and baselines query the gallery`() throws {
    let blas = try BLASLibrary.load()
    let data = try Self.load(Self.queryGallery)
    Self.expectByHand(RawFeatures.evaluate(data.test, recallAt: [1, 2], blas: blas))
    let baselines = try Baselines.evaluate(
      training: data.train, test: data.test, recallAt: [1, 2], blas: blas)
    #expect(baselines.map(\.kind).contains(.discriminant))
    #expect(baselines.allSatisfy { $0.measures.queries == 4 })
    let raw = try #require(baselines.first { $0.kind == .raw })
    Self.expectByHand(raw.measures)
    let plain = try Self.load(nil)
    #expect(RawFeatures.evaluate(plain.test, recallAt: [1], blas: blas).queries == 7)
    #expect(Baselines.copyBytes(of: data.test) == 7 * 2 * 4)
  }

  @Test func `a run is tested on the gallery and validated by leave-one-out`() throws {
    let x = UnitRows.clustered((0..<80).map { Int32($0 / 8) }, 6, noise: 0.9, seed: 5)
    func outcome(
      _ queryGallery: QueryGallery?
    ) throws -> (
      test: [MeasuredValue], history: [MeasuredValue]
    ) {
      func part(_ rows: Range<Int>, _ queryGallery: QueryGallery? = nil) -> TrainingData.Part {
        .init(
          rows: rows.map { Int64($0) }, labels: rows.map { Int32($0 / 8) },
          queryGallery: queryGallery)
      }
      let values = x.values
      let data = TrainingData(
        levels: [
          .init(
            name: "high", training: Matrix(rows: 80, columns: 6, values: values),
            test: Matrix(rows: 80, columns: 6, values: values))
        ],
        training: part(0..<48), validation: part(48..<80), test: part(0..<80, queryGallery))
      var configuration = TrainingConfiguration()
      configuration.network.embedding = 4
      configuration.classesPerBatch = 4
      configuration.steps = 4
      configuration.evaluationInterval = 2
      configuration.measures.clusters = true
      configuration.measures.ranksAll = true
      var history: [MeasuredValue] = []
      let trainer = try Trainer(
        configuration: configuration, data: data, blas: try BLASLibrary.load())
      return (try trainer.run { history += $0 }.test, history)
    }
    let all = [Bool](repeating: true, count: 80)
    let isQuery = (0..<80).map { $0 % 8 < 2 }
    let plain = try outcome(nil)
    let whole = try outcome(QueryGallery(isQuery: all, isGallery: all))
    let divided = try outcome(QueryGallery(isQuery: isQuery, isGallery: isQuery.map { !$0 }))
    #expect(whole.test == plain.test)
    #expect(divided.history == plain.history)
    func values(_ outcome: [MeasuredValue], _ name: String) -> [Double] {
      outcome.filter { $0.name == name }.map(\.value)
    }
    #expect(values(divided.test, "test/map@r") != values(plain.test, "test/map@r"))
    #expect(values(divided.test, "test/map") != values(plain.test, "test/map"))
    #expect(values(divided.test, "test/nmi") == values(plain.test, "test/nmi"))
    #expect(values(divided.test, "test/nmi").count == 1)
  }
}
