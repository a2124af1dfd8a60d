import Crypto
import Foundation
package import Sweeps

/// What the jobs of a sweep came to at one time, by value.
package struct SweepResults: Sendable, Hashable {
  package struct Job: Sendable, Hashable {
    package var jobKey: String
    package var state: RunState
    package var error: String?
    package var seed: Int
    package var settings: [String: SettingValue]
    package var dataDigests: [String: String]
    /// That of its `JobResult`; nil where it is not completed.
    package var resultDigest: String?
    package var numericsIdentity: String?
    /// Final values, by name.
    package var measures: [String: Double]

    package init(
      jobKey: String, state: RunState, error: String? = nil, seed: Int,
      settings: [String: SettingValue], dataDigests: [String: String], result: JobResult?
    ) {
      self.jobKey = jobKey
      self.state = state
      self.error = error
      self.seed = seed
      self.settings = settings
      self.dataDigests = dataDigests
      resultDigest = result?.digest
      numericsIdentity = result?.numericsIdentity
      measures = result?.measures ?? [:]
    }
  }

  package var sweep: String
  /// The swept settings.
  package var axes: [String]
  package var jobs: [Job]

  package init(sweep: String, axes: [String], jobs: [Job]) {
    self.sweep = sweep
    self.axes = axes
    self.jobs = jobs
  }

  /// SHA-256 of all of it, in hexadecimal; what the jobs computed enters by its own digest.
  package var digest: String {
    var hasher = SHA256()
    func add(_ words: [String]) { hasher.update(data: ContentDigest.line(words)) }
    add(["sweep", sweep] + axes)
    for job in jobs {
      add([
        job.jobKey, job.state.rawValue, job.error ?? "", String(job.seed), job.settingsText,
        job.digestsText, job.resultDigest ?? "",
      ])
    }
    return ContentDigest.text(of: hasher.finalize())
  }
}

extension SweepResults.Job {
  var settingsText: String { SettingValue.mapping(settings).canonicalJSON }
  var digestsText: String {
    SettingValue.mapping(dataDigests.mapValues(SettingValue.text)).canonicalJSON
  }
}

/// What the runs of one launch came to, complete.
package struct LaunchResults: Sendable {
  package var launch: LaunchRecord
  package var results: SweepResults
  /// What the completed jobs computed, by digest.
  package var details: [String: JobResult]
  package var cost: NightCost
  /// Jobs whose run an earlier launch made.
  package var jobsOfOthers: Int
  /// Jobs that this launch left alone, as they were done.
  package var skippedJobs: Int

  package init(
    launch: LaunchRecord, results: SweepResults, details: [String: JobResult],
    cost: NightCost = NightCost(), jobsOfOthers: Int = 0,
    skippedJobs: Int = 0
  ) {
    self.launch = launch
    self.results = results
    self.details = details
    self.cost = cost
    self.jobsOfOthers = jobsOfOthers
    self.skippedJobs = skippedJobs
  }
}
