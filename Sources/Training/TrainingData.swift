package import Datasets
package import Kernels

/// The rows that a run trains on, selects by and is tested on, by class, with one or several
/// levels of features.
///
/// Rows are indices into the features of their split. Labels are dense class numbers.
package final class TrainingData: Sendable {
  package enum Split: Sendable {
    case training
    case test
  }

  /// Features of one level. The two may be one matrix read twice.
  package final class Level: Sendable {
    package let name: String
    package let training: Matrix<Float>
    package let test: Matrix<Float>

    package init(name: String, training: consuming Matrix<Float>, test: consuming Matrix<Float>) {
      precondition(training.columns == test.columns)
      self.name = name
      self.training = training
      self.test = test
    }

    func withFeatures(of split: Split, _ body: (borrowing Matrix<Float>) -> Void) {
      switch split {
      case .training: body(training)
      case .test: body(test)
      }
    }
  }

  /// Rows of one split with their classes.
  package struct Part: Sendable {
    package var rows: [Int64]
    package var labels: [Int32]
    /// Which of `rows` are queries and which the gallery; nil where each queries all the others.
    package var queryGallery: QueryGallery?

    package init(rows: [Int64], labels: [Int32], queryGallery: QueryGallery? = nil) {
      precondition(rows.count == labels.count, "\(rows.count) rows, \(labels.count) labels")
      precondition(queryGallery.map { $0.count == rows.count } ?? true, "flags of other rows")
      self.queryGallery = queryGallery
      self.rows = rows
      self.labels = labels
    }

    /// The rows of each class that occurs, by ascending class.
    package var rowsOfClass: [[Int64]] {
      var groups: [Int32: [Int64]] = [:]
      for (row, label) in zip(rows, labels) { groups[label, default: []].append(row) }
      return groups.keys.sorted().compactMap { groups[$0] }
    }
  }

  package let levels: [Level]
  package let training: Part
  /// Rows of the training split whose classes are held out for selection; may be empty.
  package let validation: Part
  package let test: Part

  package init(levels: [Level], training: Part, validation: Part, test: Part) {
    precondition(!levels.isEmpty, "data without a level")
    self.levels = levels
    self.training = training
    self.validation = validation
    self.test = test
  }
}
