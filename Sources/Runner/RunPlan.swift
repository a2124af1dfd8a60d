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
    /// Whether it runs although an older run of it completed.
    package var isFresh: Bool

    package init(
      spec: JobSpec, key: String, canonicalText: String, dataDigests: [String: String],
      role: JobRole = .search, isFresh: Bool = false
    ) {
      self.spec = spec
      self.key = key
      self.canonicalText = canonicalText
      self.dataDigests = dataDigests
      self.role = role
      self.isFresh = isFresh
    }
  }

  package var jobs: [PlannedJob]
  package var warnings: [String]

  package init(
    jobs: [Job], known: [String: KnownJob], options: RerunOptions, numericsIdentity: String
  ) {
    var seen: Set<String> = []
    var others = 0
    var planned: [PlannedJob] = []
    for job in jobs where seen.insert(job.key).inserted {
      var options = options
      options.isFresh = options.isFresh || job.isFresh
      let decision = JobDecision(about: known[job.key], options: options)
      if decision.action == .skip, let identity = known[job.key]?.numericsIdentity,
        identity != numericsIdentity
      {
        others += 1
      }
      planned.append(
        PlannedJob(
          spec: job.spec, key: job.key, canonicalText: job.canonicalText,
          dataDigests: job.dataDigests, decision: decision, options: options, role: job.role))
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
}
