import Datasets

/// A small set in which everything is right: four training rows of classes 7 and -2, four test
/// rows of classes 900 and 12, levels `low` (3 columns) and `high` (2 columns).
enum SmallSet {
  static let train = FeatureFileWriter.Rows(
    labels: [7, -2, 7, -2],
    levels: [
      .init(name: "low", dimension: 3, values: (1...12).map { Float($0) }),
      .init(name: "high", dimension: 2, values: (1...8).map { Float($0) / 3 }),
    ])
  static let test = FeatureFileWriter.Rows(
    labels: [900, 900, 12, 12],
    levels: [
      .init(name: "low", dimension: 3, values: (21...32).map { Float($0) }),
      .init(name: "high", dimension: 2, values: (21...28).map { Float($0) / 3 }),
    ])

  /// The same, level `high`, rows of both splits mixed.
  static let mixed = FeatureFileWriter.Rows(
    labels: [7, 900, -2, 12],
    levels: [.init(name: "high", dimension: 2, values: [1, 2, 3, 4, 5, 6, 7, 8])])
  static let mixedIsTest = [false, true, false, true]

  /// What a grouped file is made of; a test replaces or drops one object.
  struct Parts {
    var trainLabels: [Int64]? = [7, -2, 7, -2]
    var testLabels: [Int64]? = [900, 900, 12, 12]
    var trainFeatures: [Float]? = (1...8).map { Float($0) }
    var trainShape = [4, 2]
    var testFeatures: [Float]? = (1...8).map { Float($0) }
    var testShape = [4, 2]
    var hasTest = true

    func write(to path: String) throws {
      let writer = try HDF5Writer(path: path)
      try writer.group("/train")
      if let trainFeatures {
        try writer.write(floats: trainFeatures, shape: trainShape, to: "/train/features")
      }
      if let trainLabels {
        try writer.write(integers: trainLabels, shape: [trainLabels.count], to: "/train/labels")
      }
      if hasTest {
        try writer.group("/test")
        if let testFeatures {
          try writer.write(floats: testFeatures, shape: testShape, to: "/test/features")
        }
        if let testLabels {
          try writer.write(integers: testLabels, shape: [testLabels.count], to: "/test/labels")
        }
      }
      try writer.finish()
    }
  }
}

extension FeatureFileWriter.Rows {
  /// Some of the rows.
  func rows(_ range: Range<Int>) -> Self {
    Self(
      labels: Array(labels[range]),
      levels: levels.map { level in
        let places = range.lowerBound * level.dimension..<range.upperBound * level.dimension
        return .init(
          name: level.name, dimension: level.dimension, values: Array(level.values[places]))
      })
  }
}
