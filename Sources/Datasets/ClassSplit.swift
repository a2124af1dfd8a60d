import Kernels

/// Training classes divided into those that are trained on and those held out whole for
/// choosing settings. Drawn at random from a seed of its own; both lists are ascending.
package struct ClassSplit: Sendable, Hashable {
  package let training: [Int64]
  package let validation: [Int64]

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
