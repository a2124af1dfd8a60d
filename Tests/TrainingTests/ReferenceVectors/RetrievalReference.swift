import Datasets
import Kernels
import Testing
import Training

/// One case of a file of retrieval measures: unit rows in, measures out.
struct RetrievalReference {
  /// Counts over a few dozen queries.
  private static let tolerance = 1e-10
  /// The reference takes the mean of reciprocal ranks in 32 bits.
  private static let float32Tolerance = 2e-7

  private let name: String
  private let queries: HDF5Array
  private let references: HDF5Array
  private let queryLabels: [Int32]
  private let referenceLabels: [Int32]
  private let referenceIncludesQuery: Bool
  private let cutoffs: [Int]
  private let recallOfAll: [Double]
  private let recallWithoutLone: [Double]
  private let loneQueries: Int
  private let meanAveragePrecisionAtR: Double
  private let rPrecision: Double
  private let precisionAtOne: Double
  private let meanAveragePrecision: Double
  private let meanReciprocalRank: Double

  init(_ file: HDF5File, _ group: String) throws {
    name = "\(file.path)\(group) (\(try file.text("tag", of: group)))"
    queries = try file.array("\(group)/query_embeddings")
    references = try file.array("\(group)/reference_embeddings")
    let queryClasses = try file.array("\(group)/query_labels").integers()
    let referenceClasses = try file.array("\(group)/reference_labels").integers()
    let classes = Set(queryClasses + referenceClasses).sorted()
    func number(_ label: Int64) -> Int32? { classes.firstIndex(of: label).map { Int32($0) } }
    queryLabels = queryClasses.compactMap(number)
    referenceLabels = referenceClasses.compactMap(number)
    referenceIncludesQuery = try file.integer("reference_includes_query", of: group) == 1
    cutoffs = try file.array("\(group)/k").integers().map { Int($0) }
    recallOfAll = try file.array("\(group)/recall_at_k_all_queries").doubles()
    recallWithoutLone = try file.array("\(group)/recall_at_k_without_lone").doubles()
    loneQueries = Int(try file.integer("num_lone_queries", of: group))
    meanAveragePrecisionAtR = try file.number("map_at_r", of: group)
    rPrecision = try file.number("r_precision", of: group)
    precisionAtOne = try file.number("precision_at_1", of: group)
    meanAveragePrecision = try file.number("mean_average_precision", of: group)
    meanReciprocalRank = try file.number("mean_reciprocal_rank", of: group)
  }

  func check() throws {
    let measures = Retrieval<Double>(blas: try BLASLibrary.load(), blockRows: 16).evaluate(
      queries: try matrix(queries), queryLabels: queryLabels,
      references: try matrix(references), referenceLabels: referenceLabels,
      excludingSelf: referenceIncludesQuery, recallAt: cutoffs, rankingAll: true)
    #expect(measures.loneQueries == loneQueries, "\(name)")
    #expect(measures.tiedQueries == 0, "\(name)")
    expect(measures.meanAveragePrecisionAtR, meanAveragePrecisionAtR, "MAP@R")
    expect(measures.rPrecision, rPrecision, "R-precision")
    expect(measures.precisionAtOne, precisionAtOne, "precision@1")
    expect(measures.meanAveragePrecision ?? .nan, meanAveragePrecision, "MAP")
    expect(
      measures.meanReciprocalRank ?? .nan, meanReciprocalRank, "mean reciprocal rank",
      within: Self.float32Tolerance)
    let share = Double(measures.queries) / Double(measures.queries - measures.loneQueries)
    for (place, cutoff) in cutoffs.enumerated() {
      let recall = measures.recallAt[cutoff] ?? .nan
      expect(recall, recallOfAll[place], "Recall@\(cutoff) of all queries")
      expect(recall * share, recallWithoutLone[place], "Recall@\(cutoff) without lone queries")
    }
  }

  private func expect(
    _ value: Double, _ expected: Double, _ measure: String, within bound: Double = tolerance
  ) {
    #expect(abs(value - expected) <= bound, "\(name): \(measure)")
  }

  private func matrix(_ array: HDF5Array) throws -> Matrix<Double> {
    Matrix(rows: array.rows, columns: array.rowCount, values: try array.doubles())
  }
}
