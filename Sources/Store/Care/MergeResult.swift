/// What came into a store from another one.
package struct MergeResult: Sendable {
  package internal(set) var sweepsAdded = 0
  package internal(set) var launchesAdded = 0
  package internal(set) var jobsAdded = 0
  package internal(set) var runsAdded = 0
  /// Runs that both have, and that the other has got further with.
  package internal(set) var runsUpdated = 0
  /// Unfinished runs for which another run of the same job stands now.
  package internal(set) var runsReplaced = 0
  package internal(set) var weightFilesAdded = 0
  package internal(set) var weightBytesAdded = 0
  package internal(set) var nightsAdded = 0
  /// Entries in the histories of names.
  package internal(set) var baselinesAdded = 0
  package internal(set) var conflicts: [Conflict] = []

  /// A job that both have completed with the same numerics identity, but not with the same bits.
  package struct Conflict: Sendable, Hashable {
    package let jobKey: String
    package let runID: String
    package let otherRunID: String
    /// Where they differ first.
    package let difference: String

    package init(jobKey: String, runID: String, otherRunID: String, difference: String) {
      self.jobKey = jobKey
      self.runID = runID
      self.otherRunID = otherRunID
      self.difference = difference
    }
  }

  package var changesNothing: Bool {
    sweepsAdded + launchesAdded + jobsAdded + runsAdded + runsUpdated + runsReplaced
      + weightFilesAdded + nightsAdded + baselinesAdded == 0
  }
}
