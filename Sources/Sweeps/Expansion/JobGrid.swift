/// The jobs of a sweep: combinations or trials of its axes, less what is excluded, the ablations
/// and what is included, each for every fold and seed.
struct JobGrid {
  private let content: SweepFile
  private let overrides: [Assignment]
  /// Where to point when no line is to blame.
  private let file: SweepDiagnostic.Place
  /// What each setting is run with: every fold with every seed.
  private let copies: [[Assignment]]
  private let walk: AxisWalk
  private let derivation: JobDerivation
  private var exclusion: JobExclusion
  private(set) var warnings: [String] = []

  init(
    content: SweepFile, overrides: [Assignment], file: SweepDiagnostic.Place,
    exclusion: @escaping ExclusionEvaluator, derivation: DerivationEvaluator?
  ) {
    self.content = content
    self.overrides = overrides
    self.file = file
    let folds = content.folds.map { $0.map { [$0] } } ?? [[]]
    let seeds = content.seeds.map { $0.map { [$0] } } ?? [[]]
    copies = folds.flatMap { fold in seeds.map { fold + $0 } }
    walk = AxisWalk(content: content, overrides: overrides)
    self.exclusion = JobExclusion(expressions: content.exclude, evaluator: exclusion)
    self.derivation = JobDerivation(evaluator: derivation)
  }

  /// In job order, each setting once.
  mutating func jobs() throws(SweepError) -> [JobDraft] {
    let chosen =
      switch content.strategy {
      case .grid: try grid()
      case .random(let trials, let seed): try self.trials(trials, seed: seed)
      }
    let ablated = chosen.rows.isEmpty ? [] : content.ablations.flatMap(\.rows)
    let size = (chosen.rows.count * (1 + ablated.count) + content.include.count) * copies.count
    guard size <= limit || ablated.isEmpty else { throw SweepError([tooMany("\(size)")]) }
    let ablations = try kept(drafts(of: ablated.flatMap { row in chosen.rows.map { $0 + row } }))
    let included = try drafts(of: content.include)
    if content.strategy == .grid {
      for remark in exclusion.remarks { warn(remark.place, remark.message) }
    }
    guard !chosen.jobs.isEmpty || !ablations.isEmpty || !included.isEmpty else {
      throw SweepError([nothingLeft()])
    }
    let jobs = merged(chosen.jobs, ablations: ablations, included: included)
    guard jobs.count <= content.maxJobs else { throw SweepError([tooMany("\(jobs.count)")]) }
    let problems = JobRelations.check(
      jobs, objective: content.objective, fallback: content.objectivePlace)
    guard problems.isEmpty else { throw SweepError(problems) }
    warnUnmet(jobs)
    warnLostSelection(jobs)
    return jobs
  }

  /// What the axes assign, and the jobs that come of it.
  private struct Chosen {
    var rows: [[Assignment]]
    var jobs: [JobDraft]
  }

  // MARK: Grid

  /// Jobs that are built at most, before exclusion.
  private var limit: Int { content.exclude.isEmpty ? content.maxJobs : content.maxJobs * 10 }

  /// Far more than `max_jobs` is refused before anything is built.
  private mutating func grid() throws(SweepError) -> Chosen {
    guard let count = walk.unconditionalCombinations,
      !count.multipliedReportingOverflow(by: copies.count).overflow
    else { throw SweepError([tooMany("more than 2^63")]) }
    let size = count * copies.count
    guard size <= limit else {
      throw SweepError([tooMany(walk.isConditional ? "at least \(size)" : "\(size)")])
    }
    let rows = walk.combinations(limit: limit / copies.count)
    guard rows.count * copies.count <= limit else {
      throw SweepError([tooMany("more than \(limit)")])
    }
    return Chosen(rows: rows, jobs: try kept(drafts(of: rows)))
  }

  private mutating func kept(_ drafts: [JobDraft]) throws(SweepError) -> [JobDraft] {
    let excluded = try exclusion.excluded(drafts)
    return zip(drafts, excluded).filter { !$0.1 }.map(\.0)
  }

  /// Each row for every fold and seed, seeds innermost.
  private func drafts(of rows: [[Assignment]]) throws(SweepError) -> [JobDraft] {
    var drafts = rows.flatMap { row in
      copies.map { JobDraft(content.base + row + $0 + overrides) }
    }
    try derivation.fill(&drafts)
    for index in drafts.indices { drafts[index].settle() }
    return drafts
  }

  // MARK: Trials

  /// Draws again where all jobs of a trial are excluded, or its settings are those of an earlier
  /// one; so 40 trials are 40 different settings.
  private mutating func trials(_ count: Int, seed: Int) throws(SweepError) -> Chosen {
    let drawn = RandomTrials(content: content, walk: walk, draw: TrialDraw(seed: seed))
    let total = count * drawn.strata.count
    guard total * copies.count <= content.maxJobs else {
      throw SweepError([tooMany("\(total * copies.count)")])
    }
    var rows = [[Assignment]](repeating: [], count: total)
    var jobs = [[JobDraft]](repeating: [], count: total)
    var seen: Set<[String: SettingValue]> = []
    var open = Array(0..<total)
    for attempt in 0..<RandomTrials.mostAttempts where !open.isEmpty {
      for trial in open {
        rows[trial] = drawn.row(trial: trial % count, stratum: trial / count, attempt: attempt)
      }
      let drafts = try drafts(of: open.map { rows[$0] })
      let excluded = try exclusion.excluded(drafts)
      var again: [Int] = []
      for (index, trial) in open.enumerated() {
        let places = index * copies.count..<(index + 1) * copies.count
        jobs[trial] = places.filter { !excluded[$0] }.map { drafts[$0] }
        let isNew = !jobs[trial].isEmpty && seen.insert(drafts[places.lowerBound].settings).inserted
        if !isNew { again.append(trial) }
      }
      open = again
    }
    guard open.isEmpty else { throw SweepError([tooFew(total - open.count, of: total)]) }
    return Chosen(rows: rows, jobs: jobs.flatMap(\.self))
  }

  private func tooFew(_ found: Int, of total: Int) -> SweepDiagnostic {
    SweepDiagnostic(
      code: .jobCount, place: exclusion.culprit ?? file,
      message: "only \(found) of \(total) trials are different and not excluded, after "
        + "\(RandomTrials.mostAttempts) draws of each",
      allowed: "fewer trials, larger axes, or expressions that leave more")
  }

  // MARK: Merging

  private mutating func merged(
    _ chosen: [JobDraft], ablations: [JobDraft], included: [JobDraft]
  ) -> [JobDraft] {
    var seen: Set<[String: SettingValue]> = []
    var distinct = chosen.filter { seen.insert($0.settings).inserted }
    var repeated = chosen.count - distinct.count
    // Every axis of an ablation passes through its centre, so this needs no warning.
    distinct += ablations.filter { seen.insert($0.settings).inserted }
    let extra = included.filter { seen.insert($0.settings).inserted }
    repeated += included.count - extra.count
    if repeated > 0 {
      let what = repeated == 1 ? "1 job has" : "\(repeated) jobs have"
      warn(file, "\(what) the same settings as another one and run once with it")
    }
    return distinct + extra
  }

  // MARK: Problems and warnings

  private func tooMany(_ number: String) -> SweepDiagnostic {
    let way =
      Int(number).map { $0 <= 1_000_000 ? "'max_jobs: \($0)' in the sweep file allows them; " : "" }
      ?? ""
    return SweepDiagnostic(
      code: .jobCount, place: file,
      message: "the sweep has \(number) jobs, max_jobs is \(content.maxJobs)",
      allowed: way + "fewer or shorter axes need no more")
  }

  private func nothingLeft() -> SweepDiagnostic {
    SweepDiagnostic(
      code: .jobCount, place: exclusion.culprit ?? file,
      message: "exclude leaves none of \(exclusion.jobCount) jobs",
      allowed: "expressions that leave at least one job")
  }

  private mutating func warn(_ place: SweepDiagnostic.Place, _ message: String) {
    warnings.append(SweepDiagnostic(code: .relation, place: place, message: message).headline)
  }

  /// Axes whose conditions no job meets.
  private mutating func warnUnmet(_ jobs: [JobDraft]) {
    for axis in content.axes where !axis.conditions.isEmpty {
      if jobs.contains(where: { $0.meets(axis.conditions) }) { continue }
      warn(axis.place, "no job meets what 'when' asks for here")
    }
  }

  private mutating func warnLostSelection(_ jobs: [JobDraft]) {
    guard let job = jobs.first(where: \.lostSelection) else { return }
    warn(
      job.places["dataset.validation"] ?? file,
      "without validation classes nothing can be selected: select is last, and comparisons use "
        + "test/… as not selected")
  }
}
