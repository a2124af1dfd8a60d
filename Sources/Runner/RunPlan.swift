package import Store
package import Sweeps

/// Which jobs of a sweep run, which do not, and why. Touches nothing.
package struct RunPlan: Sendable {
  /// A job as the sweep and the data define it.
  package struct Job: Sendable {
    package var spec: JobSpec
    package var key: String
    package var canonicalText: String
    package var dataDigests: [String: String]
    package var role: JobRole

    package init(
      spec: JobSpec, key: String, canonicalText: String, dataDigests: [String: String],
      role: JobRole = .search
    ) {
      self.spec = spec
      self.key = key
      self.canonicalText = canonicalText
      self.dataDigests = dataDigests
      self.role = role
    }
  }

  package struct Options: Sendable {
    /// Run again what the store already has.
    package var isFresh = false
    /// Run the failed ones again.
    package var retriesFailed = false
    /// Run the cancelled ones again.
    package var retriesCancelled = false

    package init() {}
  }

  package var jobs: [PlannedJob]
  package var warnings: [String]

  package init(
    jobs: [Job], known: [String: KnownJob], options: Options, numericsIdentity: String
  ) {
    var seen: Set<String> = []
    var others = 0
    var planned: [PlannedJob] = []
    for job in jobs where seen.insert(job.key).inserted {
      let (action, reason) = Self.decide(known[job.key], options: options)
      if action == .skip, let identity = known[job.key]?.numericsIdentity,
        identity != numericsIdentity
      {
        others += 1
      }
      planned.append(
        PlannedJob(
          spec: job.spec, key: job.key, canonicalText: job.canonicalText,
          dataDigests: job.dataDigests, action: action, reason: reason,
          role: job.role))
    }
    self.jobs = planned
    warnings = []
    if planned.count < jobs.count {
      warnings.append(
        "\(jobs.count - planned.count) jobs have the key of another one and are merged with it")
    }
    if others > 0 {
      warnings.append(
        "\(others) completed jobs were computed with other numerics than this host's "
          + "(\(numericsIdentity)); --fresh runs them again")
    }
  }

  /// Interface §5, what a launch does with a job.
  private static func decide(
    _ known: KnownJob?, options: Options
  ) -> (PlannedJob.Action, String) {
    guard let known else { return (.run, "new") }
    switch known.state {
    case .pending: return (.run, "waiting since an earlier launch")
    case .interrupted: return (.run, "was interrupted")
    case .running: return (.run, "running under another launch, which is waited for")
    case .completed where options.isFresh: return (.run, "completed before, asked to run again")
    case .completed: return (.skip, "completed as \(known.runID.prefix(8))")
    case .failed where options.isFresh || options.retriesFailed:
      return (.retry, "failed before: \(known.error ?? "no reason known")")
    case .failed:
      return (.skip, "failed before, --retry-failed runs it again: \(known.error ?? "")")
    case .cancelled where options.isFresh: return (.run, "cancelled before, asked to run again")
    case .cancelled where options.retriesCancelled: return (.retry, "cancelled before")
    case .cancelled: return (.skip, "cancelled")
    }
  }
}
