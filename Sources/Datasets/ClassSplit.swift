import Kernels

/// Training classes divided into those that are trained on and those held out whole for
/// choosing settings. Both lists are ascending.
package struct ClassSplit: Sendable, Hashable {
  /// Which training classes are held out.
  package enum Rule: Sendable, Hashable {
    /// A share (below 1; rounded to nearest, at least one class) or a number of classes, at random;
    /// 0 holds out none.
    case holdOut(Double)
    /// As many classes, the last ones as they are sorted.
    case holdOutLast(Double)
    /// One of several parts of all classes, in random order or as they are sorted; part `i` of
    /// `n` is every class whose place is `i` modulo `n`, or the `i`-th stretch of them.
    case fold(Int, of: Int, isContiguous: Bool)
  }

  package let training: [Int64]
  package let validation: [Int64]

  /// - Parameters:
  ///   - classes: the classes of the training split, in any order, repeats allowed.
  ///   - seed: `dataset.split_seed`; nothing depends on it where the order is not random.
  package init(
    classes: some Sequence<Int64>, rule: Rule, seed: UInt64
  ) throws(DatasetError) {
    let classes = Set(classes).sorted()
    let random = RandomStream(seed: seed, stream: .validationSplit)
    let order: [Int]
    let isHeldOut: (Int) -> Bool
    switch rule {
    case .holdOut(let amount):
      let count = try Self.heldOut(amount, of: classes.count)
      order = random.permutation(of: classes.count)
      isHeldOut = { $0 < count }
    case .holdOutLast(let amount):
      let first = classes.count - (try Self.heldOut(amount, of: classes.count))
      order = Array(classes.indices)
      isHeldOut = { $0 >= first }
    case .fold(let fold, let folds, let isContiguous):
      try Self.check(fold: fold, of: folds, classes: classes.count)
      order = isContiguous ? Array(classes.indices) : random.permutation(of: classes.count)
      let count = classes.count
      isHeldOut = { (isContiguous ? $0 * folds / count : $0 % folds) == fold }
    }
    validation = order.indices.filter { isHeldOut($0) }.map { classes[order[$0]] }.sorted()
    training = order.indices.filter { !isHeldOut($0) }.map { classes[order[$0]] }.sorted()
  }

  /// At random, a share or a number of classes.
  package init(
    classes: some Sequence<Int64>, holdingOut amount: Double, seed: UInt64
  ) throws(DatasetError) {
    try self.init(classes: classes, rule: .holdOut(amount), seed: seed)
  }

  private static func check(
    fold: Int, of folds: Int, classes count: Int
  ) throws(DatasetError) {
    guard folds >= 2, (0..<folds).contains(fold), folds <= count else {
      throw DatasetError(
        .wrongSetting, file: nil,
        "dataset.validation is fold \(fold) of \(folds) over \(count) training classes",
        advice: "Give 2 folds or more, no more than classes, and a fold from 0")
    }
  }

  private static func heldOut(_ amount: Double, of count: Int) throws(DatasetError) -> Int {
    guard amount >= 0, amount < 1 || amount == amount.rounded(), amount < 0x1p53 else {
      throw DatasetError(
        .wrongSetting, file: nil, "dataset.validation is \(amount)",
        advice: "Give a share from 0 to below 1, or a whole number of classes")
    }
    let share = max(1, Int((amount * Double(count)).rounded()))
    let heldOut = amount == 0 ? 0 : amount < 1 ? share : Int(amount)
    guard heldOut < count else {
      throw DatasetError(
        .noClassesLeft, file: nil,
        "dataset.validation holds out \(heldOut) of \(count) training classes, "
          + "none is left to train on",
        advice: "Lower dataset.validation")
    }
    return heldOut
  }
}
