package import Sweeps

/// One entry in the history of a named baseline: what it was set to, or that it was removed.
package struct BaselineRecord: Sendable, Hashable {
  package var id: String
  package var name: String
  package var at: String
  package var reason: String?
  /// Of its `SweepResults`; nil where the name was removed.
  package var setDigest: String?
  package var sweep: String
  package var launchID: String
  /// When the launch began.
  package var startedAt: String
  /// That of the launch.
  package var host: String
  /// What its sweep was gated by when it was set; nil where that is not known.
  package var gate: [GateRule]?
  /// How many jobs it has.
  package var jobs = 0
  /// Whether it is what its name stands for.
  package var isCurrent = false

  package init(
    name: String, at: Timestamp, reason: String?, setDigest: String?, sweep: String,
    launchID: String, startedAt: String, host: String
  ) {
    id = Identifier.random()
    self.name = name
    self.at = at.description
    self.reason = reason
    self.setDigest = setDigest
    self.sweep = sweep
    self.launchID = launchID
    self.startedAt = startedAt
    self.host = host
  }

  /// Whether a baseline may be called so: as sweeps are, and not `latest`.
  package static func isName(_ name: String) -> Bool {
    (1...100).contains(name.utf8.count) && name != "latest"
      && name.utf8.allSatisfy { byte in
        switch byte {
        case 45, 46, 95, 48...57, 65...90, 97...122: true
        default: false
        }
      }
  }
}
