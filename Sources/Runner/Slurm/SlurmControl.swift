/// What a launch asks of a Slurm cluster.
package protocol SlurmControl: Sendable {
  /// The cluster that this host belongs to.
  func cluster() async throws(SlurmFailure) -> SlurmCluster

  /// Hands in a batch script; the number of the array.
  func submit(_ script: SlurmScript) async throws(SlurmFailure) -> Int

  /// The number of the array of a name; nil where Slurm has none.
  func job(named name: String) async throws(SlurmFailure) -> Int?

  /// All tasks of jobs, in one call; those that Slurm has forgotten are missing.
  func states(of jobs: [Int: String]) async throws(SlurmFailure) -> [SlurmTaskID: SlurmState]

  /// How tasks ended, as far as Slurm still knows. Never fails: it may not know anything.
  func ends(of jobs: [Int: String]) async -> [SlurmTaskID: SlurmEnd]

  /// Cancels tasks, as `123_4`, and whole arrays, as `123`.
  func cancel(_ targets: [String]) async throws(SlurmFailure)
}

package struct SlurmCluster: Sendable, Hashable {
  package var name: String
  /// The most tasks of one array.
  package var largestArray: Int

  package init(name: String, largestArray: Int) {
    self.name = name
    self.largestArray = largestArray
  }
}

/// Why Slurm did not do what it was asked.
package struct SlurmFailure: Error, Sendable, CustomStringConvertible {
  package enum Kind: Sendable, Hashable {
    /// There is none here.
    case missing
    /// It does not answer; it may later.
    case silent
    /// It says no.
    case refused
  }

  package let kind: Kind
  package let description: String

  package init(_ kind: Kind, _ description: String) {
    self.kind = kind
    self.description = description
  }
}
