import Kernels

/// Training classes divided into those that are trained on and those held out whole for
/// choosing settings. Drawn at random from a seed of its own; both lists are ascending.
package struct ClassSplit: Sendable, Hashable {
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
  ///   - amount: below 1 the share held out (rounded to nearest, at least one class), from 1
  ///     on their number; 0 holds out none.
  ///   - seed: `dataset.split_seed`.
  package init(
    classes: some Sequence<Int64>, holdingOut amount: Double, seed: UInt64
  ) throws(DatasetError) {
    let classes = Set(classes).sorted()
    guard amount >= 0, amount < 1 || amount == amount.rounded(), amount < 0x1p53 else {
      throw DatasetError(
        .wrongSetting, file: nil, "dataset.validation is \(amount)",
        advice: "Give a share from 0 to below 1, or a whole number of classes")
    }
    let share = max(1, Int((amount * Double(classes.count)).rounded()))
    let heldOut = amount == 0 ? 0 : amount < 1 ? share : Int(amount)
    guard heldOut < classes.count else {
      throw DatasetError(
        .noClassesLeft, file: nil,
        "dataset.validation holds out \(heldOut) of \(classes.count) training classes, "
          + "none is left to train on",
        advice: "Lower dataset.validation")
    }
    let order = RandomStream(seed: seed, stream: .validationSplit).permutation(of: classes.count)
    validation = order.prefix(heldOut).map { classes[$0] }.sorted()
    training = order.dropFirst(heldOut).map { classes[$0] }.sorted()
  }
}
