/// What a loss takes as the distance D of two unit rows.
package enum DistanceForm: String, Sendable, CaseIterable {
  /// `D = d`, in [0, 2].
  case euclidean
  /// `D = d²`, in [0, 4].
  case squared

  func value(_ distance: Double) -> Double {
    self == .squared ? distance * distance : distance
  }

  /// `∂D/∂d`.
  func slope(_ distance: Double) -> Double {
    self == .squared ? 2 * distance : 1
  }
}
