/// The second round of a sweep: the best settings of its search, run again.
///
/// Their seeds are ones that the search did not use, so that the luck of a winner is not carried
/// over into its figures.
package struct Repetition: Sendable, Hashable {
  /// How many settings; of each loss where `isPerLoss`.
  package var best = 1
  /// With how many seeds each.
  package var seedCount = 10
  /// Whether the repeats train on all training classes, without folds or validation classes.
  package var refits = false
  package var isPerLoss = false
  /// Where the sweep file asks for it.
  package var origin: SettingOrigin

  package init(origin: SettingOrigin) {
    self.origin = origin
  }

  /// The first whole numbers that are no seeds of the search.
  package func seeds(beside search: some Sequence<JobSpec>) -> [Int] {
    let used = Set(search.compactMap { $0.settings["seed"]?.integer })
    return Array((0...).lazy.filter { !used.contains($0) }.prefix(seedCount))
  }
}
