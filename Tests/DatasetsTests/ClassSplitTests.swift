import Datasets
import Testing

struct ClassSplitTests {
  private static let classes = (0..<136).map { Int64($0 * 3 - 50) }

  @Test(arguments: [(0.2, 27), (0.5, 68), (0.001, 1), (1, 1), (30, 30), (0, 0), (135, 135)])
  func `a share or a number of classes is held out whole`(amount: Double, count: Int) throws {
    for seed in UInt64(0)..<20 {
      let split = try ClassSplit(classes: Self.classes, holdingOut: amount, seed: seed)
      #expect(split.validation.count == count, "seed \(seed)")
      #expect(
        (split.training + split.validation).sorted() == Self.classes, "seed \(seed)")
      #expect(split.validation == split.validation.sorted(), "seed \(seed)")
    }
  }

  @Test func `the seed alone decides, not order or repeats of the classes`() throws {
    let split = try ClassSplit(classes: Self.classes, holdingOut: 0.2, seed: 4)
    let same = try ClassSplit(
      classes: Self.classes.reversed() + Self.classes, holdingOut: 0.2, seed: 4)
    #expect(split == same)
    #expect(try ClassSplit(classes: Self.classes, holdingOut: 0.2, seed: 5) != split)
  }

  /// Fixed, so that no release draws other classes for the same seed.
  @Test func `seed 0 holds out the classes it always has`() throws {
    let split = try ClassSplit(classes: (0..<10).map { Int64($0) }, holdingOut: 3, seed: 0)
    #expect(split.validation == [5, 7, 9])
  }

  @Test func `holding out every class is an error`() throws {
    let error = try #require(throws: DatasetError.self) {
      try ClassSplit(classes: [1, 2], holdingOut: 2, seed: 0)
    }
    #expect(error.code == .noClassesLeft)
    #expect(
      error.description
        == "dataset.validation holds out 2 of 2 training classes, none is left to train on. "
        + "Lower dataset.validation.")
  }

  @Test(arguments: [-0.1, 1.5, .infinity, .nan])
  func `an amount that is neither a share nor a number is an error`(amount: Double) throws {
    let error = try #require(throws: DatasetError.self) {
      try ClassSplit(classes: [1, 2, 3], holdingOut: amount, seed: 0)
    }
    #expect(error.code == .wrongSetting)
    #expect(
      error.description
        == "dataset.validation is \(amount). Give a share from 0 to below 1, or a whole number "
        + "of classes.")
  }

  @Test(arguments: [ClassSplit.Order.random, .contiguous], [2, 3, 4, 136])
  func `folds hold out every class once, in parts of one size or the next`(
    order: ClassSplit.Order, folds: Int
  ) throws {
    var heldOut: [Int64] = []
    var sizes: Set<Int> = []
    for fold in 0..<folds {
      let split = try ClassSplit(
        classes: Self.classes.reversed(), holdingOut: .fold(fold, of: folds), order: order,
        seed: 3)
      #expect((split.training + split.validation).sorted() == Self.classes)
      heldOut += split.validation
      sizes.insert(split.validation.count)
    }
    #expect(heldOut.sorted() == Self.classes)
    #expect((sizes.max() ?? 0) - (sizes.min() ?? 0) <= 1)
  }

  @Test func `contiguous folds go through the sorted classes, an amount comes from their end`()
    throws
  {
    let classes = (0..<10).map { Int64($0) }
    let folds = try (0..<3).map {
      try ClassSplit(
        classes: classes, holdingOut: .fold($0, of: 3), order: .contiguous, seed: 9
      ).validation
    }
    #expect(folds == [[0, 1, 2], [3, 4, 5], [6, 7, 8, 9]])
    let last = try ClassSplit(
      classes: classes, holdingOut: .amount(0.3), order: .contiguous, seed: 9)
    #expect(last.validation == [7, 8, 9])
    #expect(last.training == [0, 1, 2, 3, 4, 5, 6])
  }

  /// Fixed, so that no release draws other folds for the same seed.
  @Test func `random folds of seed 0 are the ones they always were`() throws {
    let folds = try (0..<4).map {
      try ClassSplit(
        classes: (0..<10).map { Int64($0) }, holdingOut: .fold($0, of: 4), seed: 0
      ).validation
    }
    #expect(folds == [[5, 9], [0, 2, 7], [1, 8], [3, 4, 6]])
  }

  @Test(arguments: [(4, 4), (-1, 4), (0, 1)])
  func `a fold that is not there is an error`(fold: Int, folds: Int) throws {
    let error = try #require(throws: DatasetError.self) {
      try ClassSplit(classes: Self.classes, holdingOut: .fold(fold, of: folds), seed: 0)
    }
    #expect(error.code == .wrongSetting)
    #expect(
      error.description
        == "dataset.validation is fold \(fold) of \(folds). Give at least 2 folds, and a fold "
        + "from 0 to below their number.")
  }

  @Test func `more folds than classes is an error`() throws {
    let error = try #require(throws: DatasetError.self) {
      try ClassSplit(classes: [1, 2, 3], holdingOut: .fold(0, of: 4), seed: 0)
    }
    #expect(error.code == .noClassesLeft)
    #expect(
      error.description
        == "dataset.validation makes 4 folds of 3 training classes. Lower the number of folds to "
        + "3 or less.")
  }
}
