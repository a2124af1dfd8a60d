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
}
