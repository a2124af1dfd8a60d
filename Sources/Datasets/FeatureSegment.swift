/// Rows of one file: where their features are, and what is said about each of them.
struct FeatureSegment: Sendable {
  /// The classes as they are written.
  enum Labels: Sendable {
    case integers([Int64])
    case texts([String])
  }

  /// One value for each row, of which only those of test rows must mean something.
  struct Flags: Sendable {
    let path: String
    let values: [Int64]
  }

  let file: HDF5File
  /// Nil where the rows are of both splits.
  let side: FeatureSide?
  /// Where the features are: a dataset, or a group of levels.
  let features: String
  /// One dataset for each level.
  let levels: [(name: String, array: HDF5Array)]
  let labels: Labels
  let labelsPath: String
  /// Which rows a column of the file has for testing; nil where there is none, or nobody asks.
  let isTest: [Bool]?
  let splitPath: String?
  let query: Flags?
  let gallery: Flags?

  var rows: Int {
    switch labels {
    case .integers(let labels): labels.count
    case .texts(let labels): labels.count
    }
  }

  func array(of level: String) -> HDF5Array? {
    levels.first { $0.name == level }?.array
  }
}

/// Rows that are one block of the data, one segment behind the other.
struct FeaturePool: Sendable {
  let segments: [FeatureSegment]

  var rows: Int { segments.reduce(0) { $0 + $1.rows } }

  /// The datasets of a level, in the order of the rows.
  func arrays(of level: FeatureFile.Level) -> [HDF5Array] {
    segments.compactMap { $0.array(of: level.name) }
  }

  /// The file that a row of the pool is in, and its place there.
  func place(of row: Int64) -> (segment: FeatureSegment, row: Int) {
    var row = Int(row)
    for segment in segments.dropLast() {
      if row < segment.rows { return (segment, row) }
      row -= segment.rows
    }
    return (segments[segments.count - 1], row)
  }
}
