package import Datasets
package import Kernels

/// What the features of the test rows are worth without training: the lines that a model must
/// beat. Whatever is fitted is fitted to the training rows only.
package enum Baselines {
  package enum Kind: String, Sendable, CaseIterable {
    /// As they are, at unit length.
    case raw
    /// At unit length, less the mean of the training rows.
    case centered
    /// Whitened principal components.
    case whitened = "pca_whitened"
    /// Linear discriminant analysis.
    case discriminant = "lda"
  }

  package struct Figures: Sendable, Hashable {
    package var kind: Kind
    /// Columns that rows are compared by.
    package var dimension: Int
    package var measures: RetrievalMeasures
  }

  /// Columns that are kept of components and discriminants, where there are so many.
  package static let components = 64

  /// LDA holds its training rows in 64 bits; where they are larger than this it is left out.
  private static let largestDiscriminantBytes = 1 << 30

  /// Whitening and LDA hold several matrices of `columns²` numbers of 64 bits, 128 MiB each at
  /// this many; where there are more columns they are left out.
  private static let mostColumns = 4_096

  /// The largest copy of test rows that a launch should make for baselines.
  package static let copyLimitBytes = 2 << 30

  /// The float32 copy of all test rows that `evaluate` makes. With a gallery, or for LDA, a
  /// second one stands beside it for a while.
  package static func copyBytes(of test: LabeledVectors) -> Int {
    test.count * test.storage.columns * MemoryLayout<Float>.stride
  }

  /// All baselines that can be fitted, in the order of `Kind`.
  ///
  /// With c components, n training rows of C classes and D columns, whitening keeps
  /// min(c, D, n − 1) and LDA min(c, D, C − 1), and each is left out where that is 0 or where it
  /// would take too much memory. O(C D²)
  /// memory-bound work and O(D³) for the eigenvectors.
  package static func evaluate(
    training: LabeledVectors, test: LabeledVectors, recallAt: [Int], components: Int = components,
    blas: BLASLibrary
  ) throws(TrainingError) -> [Figures] {
    var figures: [Figures] = []
    for kind in Kind.allCases {
      guard let unit = try embed(kind, training, test, components: components, blas: blas) else {
        continue
      }
      let measures = Retrieval<Float>(blas: blas).evaluate(
        unit: unit, labels: test.classNumbers, test.queryGallery, recallAt: recallAt)
      figures.append(Figures(kind: kind, dimension: unit.columns, measures: measures))
    }
    return figures
  }

  private static func embed(
    _ kind: Kind, _ training: LabeledVectors, _ test: LabeledVectors, components: Int,
    blas: BLASLibrary
  ) throws(TrainingError) -> Matrix<Float>? {
    let columns = training.storage.columns
    let components = columns <= mostColumns ? min(components, columns) : 0
    switch kind {
    case .raw: return try embed(test, [], training, blas)
    case .centered: return try embed(test, [.unitLength, .center], training, blas)
    case .whitened:
      let kept = min(components, training.count - 1)
      return kept > 0 ? try embed(test, [.whitened(kept)], training, blas) : nil
    case .discriminant:
      let kept = min(components, training.classes.count - 1)
      guard kept > 0,
        training.count * columns * MemoryLayout<Double>.stride <= largestDiscriminantBytes,
        let transform = DiscriminantAnalysis.transform(
          training.rows, of: training.storage.matrix(), labels: training.classNumbers,
          components: kept, blas: blas)
      else { return nil }
      var rows = Matrix<Float>(rows: test.count, columns: columns)
      RowOperations.gather(
        test.rows, from: test.storage.matrix(), normalized: false, into: &rows)
      var result = transform.project(&rows, rows: test.count)
      RowOperations.normalizeInPlace(&result, rows: test.count)
      return result
    }
  }

  private static func embed(
    _ test: LabeledVectors, _ steps: [TrainingConfiguration.PreprocessingStep],
    _ training: LabeledVectors, _ blas: BLASLibrary
  ) throws(TrainingError) -> Matrix<Float> {
    let preprocessing = try Preprocessing(
      fitting: steps, rows: training.rows, of: training.storage.matrix(), blas: blas)
    var result = Matrix<Float>(rows: test.count, columns: preprocessing.outputs)
    preprocessing.apply(to: test.rows, of: test.storage.matrix(), into: &result)
    RowOperations.normalizeInPlace(&result, rows: test.count)
    return result
  }
}
