import Kernels

/// Training classes divided into those that are trained on and those held out whole for
/// choosing settings. Both lists are ascending.
package struct ClassSplit: Sendable, Hashable {
  /// Which part of the classes is held out.
  package enum Holdout: Sendable, Hashable {
    /// Below 1 their share (rounded to nearest, at least one class), from 1 on their number; 0
    /// holds out none.
    case amount(Double)
    /// One of `count` parts, from 0, whose sizes differ by one at most. Every class is in one of
    /// them.
    case fold(Int, of: Int)
  }

  /// In what order classes are laid out before a part of them is taken.
  package enum Order: String, Sendable, Hashable {
    /// At random, from a seed of its own.
    case random
    /// Sorted: folds are taken from the first class on, an amount from the last one back.
    case contiguous
  }

  package let training: [Int64]
  package let validation: [Int64]

  /// Which training classes are held out.
  package enum Rule: Sendable, Hashable {
    /// A share or a number of classes, at random.
    case holdOut(Double)
    /// One of several parts of all classes, in random order or as they are sorted; part `i` of
    /// `n` is every class whose place is `i` modulo `n`, or the `i`-th stretch of them.
    case fold(Int, of: Int, isContiguous: Bool)
  }

  package init(
    classes: some Sequence<Int64>, rule: Rule, seed: UInt64
  ) throws(DatasetError) {
    switch rule {
    case .holdOut(let amount):
      try self.init(classes: classes, holdingOut: amount, seed: seed)
    case .fold(let fold, let folds, let isContiguous):
      try self.init(
        classes: Set(classes).sorted(), fold: fold, of: folds, isContiguous: isContiguous,
        seed: seed)
    }
  }

  private init(
    classes: [Int64], fold: Int, of folds: Int, isContiguous: Bool, seed: UInt64
  ) throws(DatasetError) {
    guard folds >= 2, (0..<folds).contains(fold), folds <= classes.count else {
      throw DatasetError(
        .wrongSetting, file: nil,
        "dataset.validation is fold \(fold) of \(folds) over \(classes.count) training classes",
        advice: "Give 2 folds or more, no more than classes, and a fold from 0")
    }
    let order =
      isContiguous
      ? Array(classes.indices)
      : RandomStream(seed: seed, stream: .validationSplit).permutation(of: classes.count)
    func part(_ place: Int) -> Int {
      isContiguous ? place * folds / classes.count : place % folds
    }
    validation = order.indices.filter { part($0) == fold }.map { classes[order[$0]] }.sorted()
    training = order.indices.filter { part($0) != fold }.map { classes[order[$0]] }.sorted()
  }

  /// - Parameters:
  ///   - classes: the classes of the training split, in any order, repeats allowed.
  ///   - seed: `dataset.split_seed`; without effect on a contiguous order.
  package init(
    classes: some Sequence<Int64>, holdingOut holdout: Holdout, order: Order = .random,
    seed: UInt64
  ) throws(DatasetError) {
    let classes = Set(classes).sorted()
    let places = try Self.places(holdout, of: classes.count)
    let layout =
      switch (order, holdout) {
      case (.random, _):
        RandomStream(seed: seed, stream: .validationSplit).permutation(of: classes.count)
      case (.contiguous, .amount): Array(classes.indices.reversed())
      case (.contiguous, .fold): Array(classes.indices)
      }
    validation = layout[places].map { classes[$0] }.sorted()
    training = (layout[..<places.lowerBound] + layout[places.upperBound...])
      .map { classes[$0] }.sorted()
  }

  /// At random, a share or a number of classes.
  package init(
    classes: some Sequence<Int64>, holdingOut amount: Double, seed: UInt64
  ) throws(DatasetError) {
    try self.init(classes: classes, holdingOut: .amount(amount), seed: seed)
  }

  /// What is held out of a layout of `count` classes.
  private static func places(
    _ holdout: Holdout, of count: Int
  ) throws(DatasetError)
    -> Range<Int>
  {
    switch holdout {
    case .amount(let amount): return 0..<(try heldOut(amount, of: count))
    case .fold(let fold, let folds):
      guard folds >= 2, (0..<folds).contains(fold) else {
        throw DatasetError(
          .wrongSetting, file: nil, "dataset.validation is fold \(fold) of \(folds)",
          advice: "Give at least 2 folds, and a fold from 0 to below their number")
      }
      guard folds <= count else {
        throw DatasetError(
          .noClassesLeft, file: nil,
          "dataset.validation makes \(folds) folds of \(count) training classes",
          advice: "Lower the number of folds to \(count) or less")
      }
      return count * fold / folds..<count * (fold + 1) / folds
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
