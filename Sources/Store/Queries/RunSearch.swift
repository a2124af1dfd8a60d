/// What a name in a condition on runs stands for.
package enum RunValue: Sendable, Hashable {
  /// A column of the view `runs`.
  case field(String)
  case setting(String)
  /// P of the batch.
  case batchClasses
  /// K of the batch.
  case batchItems
  /// Which fold of a cross-validation is held out.
  case fold
  case measure(String)
}

/// Which runs are looked for, and in which order.
package struct RunSearch: Sendable {
  package struct Order: Sendable {
    package var value: RunValue
    package var isDescending: Bool

    package init(by value: RunValue, isDescending: Bool) {
      self.value = value
      self.isDescending = isDescending
    }
  }

  package var selection: ExperimentStore.Selection = .all
  /// An SQL expression over the names; true for the runs that are wanted.
  package var condition: String?
  /// Missing values come last. Without: a sweep's in the order of its jobs, others the newest
  /// first; so do equal ones.
  package var order: Order?
  package var limit: Int?
  /// What the condition may take, also over a million runs.
  package var allowed = Duration.seconds(60)
  /// Every name that the condition may use.
  package var names: [(name: String, value: RunValue)]

  package init(names: [(name: String, value: RunValue)]) {
    self.names = names
  }
}
