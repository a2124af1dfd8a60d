import Datasets
import Testing
import Training

/// One case of a file of clustering measures: classes and clusters in, measures out.
struct ClusteringReference {
  private static let tolerance = 1e-10

  private let name: String
  private let classes: [Int32]
  private let clusters: [Int32]
  private let expected: [(measure: String, value: Double)]

  init(_ file: HDF5File, _ group: String) throws {
    name = "\(file.path)\(group) (\(try file.text("tag", of: group)))"
    classes = try file.array("\(group)/labels").integers().map { Int32($0) }
    clusters = try file.array("\(group)/clusters").integers().map { Int32($0) }
    expected = try ["nmi", "ami", "pair_precision", "pair_recall", "f1"].map {
      ($0, try file.number($0, of: group))
    }
  }

  func check() {
    let table = ContingencyTable(classes: classes, clusters: clusters)
    let values = [
      table.normalizedMutualInformation, table.adjustedMutualInformation, table.pairPrecision,
      table.pairRecall, table.pairF1,
    ]
    for (value, (measure, expected)) in zip(values, expected) {
      #expect(abs(value - expected) <= Self.tolerance, "\(name): \(measure)")
    }
  }
}
