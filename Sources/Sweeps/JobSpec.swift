/// One job of a sweep: what to train, with every setting resolved.
package struct JobSpec: Sendable, Hashable, Codable {
  /// Place in the sweep's job order, from 0.
  package var index: Int
  /// Every setting that applies to the job under its dotted name, defaults included (`loss.alpha`,
  /// `dataset.path`, `seed`); settings of losses not in use are absent, `null` never occurs.
  package var settings: [String: SettingValue]
  /// Where each setting comes from, under the same names.
  package var origins: [String: SettingOrigin]

  package init(
    index: Int, settings: [String: SettingValue], origins: [String: SettingOrigin]
  ) {
    self.index = index
    self.settings = settings
    self.origins = origins
  }
}

/// Where the value of a setting comes from.
package enum SettingOrigin: Sendable, Hashable, Codable {
  case defaults
  /// Line of the sweep file, from 1.
  case line(Int)
  /// `--set` on the command line.
  case commandLine
}
