import Datasets
import Foundation
import Kernels
import Testing
import Training

struct BaselinesTests {
  /// Half of one of 2,120 queries in the last printed digit, and ties.
  private static let tolerance = 0.0005

  /// Figures of other programs in per cent: R@1, R@2, R@4, R@8, MAP@R.
  private static let published: [(level: String, kind: Baselines.Kind, figures: [Double])] = [
    ("low", .raw, [33.21, 44.95, 55.66, 68.02, 5.63]),
    ("low", .whitened, [34.43, 45.90, 55.66, 66.46, 5.60]),
    ("low", .discriminant, [33.49, 44.20, 55.42, 66.84, 5.40]),
    ("mid", .raw, [64.67, 76.84, 86.37, 92.17, 22.00]),
    ("mid", .whitened, [60.47, 73.11, 82.36, 90.66, 18.92]),
    ("mid", .discriminant, [64.62, 76.18, 85.94, 91.51, 22.63]),
    ("high", .raw, [80.52, 88.92, 94.48, 97.17, 39.39]),
    ("high", .whitened, [77.83, 86.08, 92.31, 96.37, 36.15]),
    ("high", .discriminant, [83.58, 89.86, 94.72, 97.17, 42.16]),
  ]

  @Test(arguments: ["low", "mid", "high"])
  func `the figures of the Omniglot features are those of other programs`(level: String) throws {
    let root = (0..<4).reduce(URL(filePath: #filePath)) { url, _ in url.deletingLastPathComponent()
    }
    let path = root.appending(path: "../shared/data/omniglot-small.h5").standardized.path
    guard FileManager.default.fileExists(atPath: path) else {
      print("skipped: ../shared/data/omniglot-small.h5 is not there")
      return
    }
    let data = try FeatureFile(path: path).load(level: level)
    let baselines = try Baselines.evaluate(
      training: data.train, test: data.test, recallAt: [1, 2, 4, 8],
      blas: try BLASLibrary.load())
    #expect(baselines.map(\.kind) == Baselines.Kind.allCases)
    for (_, kind, figures) in Self.published.filter({ $0.level == level }) {
      let found = try #require(baselines.first { $0.kind == kind }).measures
      let values =
        [1, 2, 4, 8].map { found.recallAt[$0] ?? .nan } + [found.meanAveragePrecisionAtR]
      for (value, figure) in zip(values, figures) {
        #expect(
          abs(value - figure / 100) <= Self.tolerance, "\(level), \(kind): \(value), \(figure)")
      }
    }
  }
}
