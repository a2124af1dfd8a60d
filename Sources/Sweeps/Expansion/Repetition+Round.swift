extension Repetition {
  /// The second round of a sweep.
  package struct Round: Sendable, Hashable {
    /// The best setting first, each with its folds, seeds innermost; where settings are chosen for
    /// each loss, the losses in the order of the search.
    package var jobs: [JobSpec] = []
    /// For each of them, the index of the job of the search that it repeats.
    package var originals: [Int] = []
    /// One line each.
    package var warnings: [String] = []
  }

  /// Chooses among the trials of a search by the mean of the objective over folds and seeds; of
  /// equal ones the earlier trial. A trial of which a job has no value takes no part.
  ///
  /// A function of its arguments: whatever the order in which the jobs of the search ended, the
  /// second round is the same.
  ///
  /// - Parameters:
  ///   - search: The jobs of the search in job order.
  ///   - values: The objective of each job under its index; none of one that failed.
  ///   - firstIndex: The index of the first job of this round.
  package func round(
    after search: [JobSpec], values: [Int: Double], objective: Objective, firstIndex: Int
  ) -> Round {
    let trials = SearchTrial.all(of: search)
    let seeds = seeds(beside: search)
    var round = Round()
    if let warning = Self.omission(trials, values: values, objective: objective) {
      round.warnings.append(warning)
    }
    for group in groups(trials) {
      let judged = group.compactMap { trial in trial.objective(values).map { (trial, $0) } }
      let isMaximized = objective.goal == .maximize
      let ranked = judged.enumerated().sorted { first, second in
        let (a, b) = (first.element.1, second.element.1)
        return a == b ? first.offset < second.offset : isMaximized ? a > b : a < b
      }.map(\.element.0)
      if ranked.count < best { round.warnings.append(shortage(ranked.count, of: group)) }
      for trial in ranked.prefix(best) {
        for job in refits ? Array(trial.jobs.prefix(1)) : trial.folds {
          round.jobs += seeds.map { repeated(job, seed: $0) }
          round.originals += seeds.map { _ in job.index }
        }
      }
    }
    for place in round.jobs.indices { round.jobs[place].index = firstIndex + place }
    return round
  }

  /// Jobs of the second round, if no trial is left out.
  func count(after search: [JobSpec]) -> Int {
    groups(SearchTrial.all(of: search)).reduce(0) { count, trials in
      count + min(best, trials.count) * seedCount
        * (refits ? 1 : trials.map(\.folds.count).max() ?? 0)
    }
  }

  /// Trials that compete with each other.
  func groups(_ trials: [SearchTrial]) -> [[SearchTrial]] {
    guard isPerLoss else { return [trials] }
    var losses: [SettingValue?] = []
    for trial in trials where !losses.contains(trial.loss) { losses.append(trial.loss) }
    return losses.map { loss in trials.filter { $0.loss == loss } }
  }

  private func repeated(_ job: JobSpec, seed: Int) -> JobSpec {
    var job = job
    func set(_ name: String, _ value: SettingValue) {
      job.settings[name] = value
      job.origins[name] = origin
    }
    set("seed", .number(Double(seed)))
    if refits {
      set("dataset.validation", .number(0))
      set("select", .text("last"))
    }
    return job
  }

  // MARK: Warnings

  private static let mostListed = 10

  private static func omission(
    _ trials: [SearchTrial], values: [Int: Double], objective: Objective
  ) -> String? {
    let omitted = trials.filter { $0.objective(values) == nil }
    guard !omitted.isEmpty else { return nil }
    let jobs = omitted.flatMap(\.jobs).map(\.index).filter { values[$0]?.isNaN ?? true }
    let listed = jobs.prefix(mostListed).map(String.init).joined(separator: ", ")
    let more = jobs.count > mostListed ? " and \(jobs.count - mostListed) more" : ""
    return "\(omitted.count) of \(trials.count) settings cannot be chosen to be repeated: "
      + "\(objective.metric) is missing in \(jobs.count == 1 ? "job" : "jobs") \(listed)\(more)"
  }

  private func shortage(_ count: Int, of group: [SearchTrial]) -> String {
    let whose = isPerLoss ? " of \(group.first?.loss?.display ?? "the loss")" : ""
    return "\(count == 0 ? "no setting" : "only \(count) of \(best) settings")\(whose) "
      + "\(count == 0 ? "is" : "are") left to be repeated"
  }
}
