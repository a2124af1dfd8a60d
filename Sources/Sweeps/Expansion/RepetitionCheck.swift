/// Whether the second round of a sweep can be chosen from its search, as far as the jobs tell.
struct RepetitionCheck {
  let content: SweepFile
  let repetition: Repetition
  /// Where the sweep file asks for it.
  let place: SweepDiagnostic.Place
  let drafts: [JobDraft]

  /// Nil for a sweep without a second round.
  init?(content: SweepFile, drafts: [JobDraft]) {
    guard let repetition = content.repetition, let place = content.repetitionPlace else {
      return nil
    }
    self.content = content
    self.repetition = repetition
    self.place = place
    self.drafts = drafts
  }

  func problems(_ jobs: [JobSpec]) -> [SweepDiagnostic] {
    [seedDependence, unjudged, unkept, tooFew(jobs), tooMany(jobs)].compactMap(\.self)
  }

  /// Jobs of one trial must have one setting.
  private var seedDependence: SweepDiagnostic? {
    var first: [[String: SettingValue]: JobDraft] = [:]
    for draft in drafts where !draft.derived.isEmpty {
      let setting = JobSpec.trialSetting(of: draft.settings)
      let given = setting.filter { !draft.derived.contains($0.key) }
      guard let known = first.updateValue(draft, forKey: given) else { continue }
      let changed = draft.derived.sorted().first { draft.settings[$0] != known.settings[$0] }
      guard let changed else { continue }
      return SweepDiagnostic(
        code: .relation, place: draft.places[changed] ?? place,
        message: "\(changed) follows from the seed or the fold, so a setting to be repeated has "
          + "more than one value of it",
        allowed: "an expression over other settings, or no repeat")
    }
    return nil
  }

  private var unjudged: SweepDiagnostic? {
    let found = drafts.filter { $0.settings["dataset.validation"]?.number == 0 }
    guard let first = found.first else { return nil }
    return SweepDiagnostic(
      code: .relation, place: first.places["dataset.validation"] ?? place,
      message: "repeat chooses by \(content.objective.metric), and without validation classes "
        + "there is none\(count(found))",
      allowed: "validation classes for the search, as 'dataset.validation: 0.2' or 'folds: 4'; "
        + "'refit: true' has the repeats train on all")
  }

  /// The models of the folds are joined from their weights.
  private var unkept: SweepDiagnostic? {
    guard repetition.isPerLoss else { return nil }
    let found = drafts.filter {
      $0.settings["checkpoint.keep"]?.list?.contains(.text("best")) == false
    }
    guard let first = found.first else { return nil }
    return SweepDiagnostic(
      code: .relation, place: first.places["checkpoint.keep"] ?? place,
      message: "reality_check joins the models of the folds, and checkpoint.keep leaves out their "
        + "weights\(count(found))",
      allowed: "checkpoint.keep with best")
  }

  private func tooFew(_ jobs: [JobSpec]) -> SweepDiagnostic? {
    let trials = SearchTrial.all(of: jobs).count
    guard !repetition.isPerLoss, repetition.best > trials else { return nil }
    return SweepDiagnostic(
      code: .jobCount, place: place,
      message: "repeat takes the best \(repetition.best) of \(trials) "
        + (trials == 1 ? "setting" : "settings"),
      allowed: "best from 1 to \(trials)")
  }

  private func tooMany(_ jobs: [JobSpec]) -> SweepDiagnostic? {
    let repeats = repetition.count(after: jobs)
    let total = jobs.count + repeats
    guard total > content.maxJobs else { return nil }
    let way = total <= 1_000_000 ? "'max_jobs: \(total)' in the sweep file allows them; " : ""
    return SweepDiagnostic(
      code: .jobCount, place: place,
      message: "the sweep has \(jobs.count) jobs and \(repeats) repeats, max_jobs is "
        + "\(content.maxJobs)",
      allowed: way + "fewer settings or seeds to repeat need no more")
  }

  private func count(_ found: [JobDraft]) -> String {
    drafts.count == 1 ? "" : " (\(found.count) of \(drafts.count) jobs)"
  }
}
