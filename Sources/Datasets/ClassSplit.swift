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
  ///   - groups: the group of each class, where classes of one group stay together; the rule
  ///     then counts groups, which are sorted by their bytes.
  package init(
    classes: some Sequence<Int64>, rule: Rule, seed: UInt64, groups: [Int64: String]? = nil
  ) throws(DatasetError) {
    let units = Self.units(Set(classes).sorted(), groups: groups)
    let noun = groups == nil ? "classes" : "groups"
    let random = RandomStream(seed: seed, stream: .validationSplit)
    let order: [Int]
    let isHeldOut: (Int) -> Bool
    switch rule {
    case .holdOut(let amount):
      let count = try Self.heldOut(amount, of: units.count, noun)
      order = random.permutation(of: units.count)
      isHeldOut = { $0 < count }
    case .holdOutLast(let amount):
      let first = units.count - (try Self.heldOut(amount, of: units.count, noun))
      order = Array(units.indices)
      isHeldOut = { $0 >= first }
    case .fold(let fold, let folds, let isContiguous):
      try Self.check(fold: fold, of: folds, units: units.count, noun)
      order = isContiguous ? Array(units.indices) : random.permutation(of: units.count)
      let count = units.count
      isHeldOut = { (isContiguous ? $0 * folds / count : $0 % folds) == fold }
    }
    validation = order.indices.filter { isHeldOut($0) }.flatMap { units[order[$0]] }.sorted()
    training = order.indices.filter { !isHeldOut($0) }.flatMap { units[order[$0]] }.sorted()
  }

  /// What is held out whole: classes, or groups of them.
  private static func units(_ classes: [Int64], groups: [Int64: String]?) -> [[Int64]] {
    guard let groups else { return classes.map { [$0] } }
    let members = Dictionary(grouping: classes) { groups[$0] ?? "" }
    return members.keys.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
      .map { members[$0] ?? [] }
  }

  /// At random, a share or a number of classes.
  package init(
    classes: some Sequence<Int64>, holdingOut amount: Double, seed: UInt64
  ) throws(DatasetError) {
    try self.init(classes: classes, rule: .holdOut(amount), seed: seed)
  }

  private static func check(
    fold: Int, of folds: Int, units count: Int, _ noun: String
  ) throws(DatasetError) {
    guard folds >= 2, (0..<folds).contains(fold), folds <= count else {
      throw DatasetError(
        .wrongSetting, file: nil,
        "dataset.validation is fold \(fold) of \(folds) over \(count) training \(noun)",
        advice: "Give 2 folds or more, no more than \(noun), and a fold from 0")
    }
  }

  private static func heldOut(
    _ amount: Double, of count: Int, _ noun: String
  ) throws(DatasetError) -> Int {
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
        "dataset.validation holds out \(heldOut) of \(count) training \(noun), "
          + "none is left to train on",
        advice: "Lower dataset.validation")
    }
    return heldOut
  }
}
