package import Kernels

/// The rows that a run trains on, selects by and is tested on, by class.
///
/// `features` may be one matrix for all three or one for training and one for testing; rows
/// are indices into their own matrix. Labels are dense class numbers.
package final class TrainingData: Sendable {
  /// Rows of one matrix with their classes.
  package struct Part: Sendable {
    package var rows: [Int64]
    package var labels: [Int32]

    package init(rows: [Int64], labels: [Int32]) {
      precondition(rows.count == labels.count, "\(rows.count) rows, \(labels.count) labels")
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

  package let trainingFeatures: Matrix<Float>
  package let testFeatures: Matrix<Float>
  package let training: Part
  /// Rows of `trainingFeatures` whose classes are held out for selection; may be empty.
  package let validation: Part
  package let test: Part

  package init(
    trainingFeatures: consuming Matrix<Float>, testFeatures: consuming Matrix<Float>,
    training: Part, validation: Part, test: Part
  ) {
    precondition(trainingFeatures.columns == testFeatures.columns)
    self.trainingFeatures = trainingFeatures
    self.testFeatures = testFeatures
    self.training = training
    self.validation = validation
    self.test = test
  }
}
