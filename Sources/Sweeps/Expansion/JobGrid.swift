/// The combinations of a sweep's axes, less what is excluded, more what is included.
struct JobGrid {
  private let content: SweepFile
  private let overrides: [Assignment]
  /// Where to point when no line is to blame.
  private let file: SweepDiagnostic.Place
  private let seeds: [[Assignment]]
  /// Defaults and base.
  private var common = JobDraft()
  private(set) var warnings: [String] = []

  /// Rows given to the evaluator of expressions in one call.
  private static let chunkSize = 10_000

  init(content: SweepFile, overrides: [Assignment], file: SweepDiagnostic.Place) {
    self.content = content
    self.overrides = overrides
    self.file = file
    seeds = content.seeds.map { $0.map { [$0] } } ?? [[]]
    common.apply(content.base)
  }

  /// In job order, each setting once.
  mutating func jobs(exclusion: ExclusionEvaluator) throws(SweepError) -> [JobDraft] {
    let count = try combinationCount()
    var jobs = try kept(count: count, exclusion: exclusion)
    jobs += content.include.flatMap { extra in
      seeds.map { draft(row: extra, seed: $0) }
    }
    jobs = merged(jobs)
    guard jobs.count <= content.maxJobs else { throw SweepError([tooMany(jobs.count)]) }
    let problems = JobRelations.check(
      jobs, objective: content.objective, fallback: content.objectivePlace)
    guard problems.isEmpty else { throw SweepError(problems) }
    warnLostSelection(jobs)
    return jobs
  }

  // MARK: Counting

  /// Grid times seeds; far more than `max_jobs` is refused before anything is built.
  private func combinationCount() throws(SweepError) -> Int {
    var (count, isTooLarge) = (seeds.count, false)
    for axis in content.axes {
      let product = count.multipliedReportingOverflow(by: axis.rows.count)
      (count, isTooLarge) = (product.partialValue, isTooLarge || product.overflow)
    }
    if isTooLarge { throw SweepError([tooMany(nil)]) }
    let limit = content.exclude.isEmpty ? content.maxJobs : content.maxJobs * 10
    guard count <= limit else { throw SweepError([tooMany(count)]) }
    return count
  }

  private func tooMany(_ count: Int?) -> SweepDiagnostic {
    let number = count.map(String.init) ?? "more than 2^63"
    let way =
      count.map { $0 <= 1_000_000 ? "'max_jobs: \($0)' in the sweep file allows them; " : "" } ?? ""
    return SweepDiagnostic(
      code: .jobCount, place: file,
      message: "the sweep has \(number) jobs, max_jobs is \(content.maxJobs)",
      allowed: way + "fewer or shorter axes need no more")
  }

  // MARK: Building

  /// The last axis is the fastest, and seeds are faster still.
  private func draft(at index: Int) -> JobDraft {
    var (rest, seed) = index.quotientAndRemainder(dividingBy: seeds.count)
    var rows: [[Assignment]] = []
    for axis in content.axes.reversed() {
      rows.append(axis.rows[rest % axis.rows.count])
      rest /= axis.rows.count
    }
    return draft(row: rows.reversed().flatMap(\.self), seed: seeds[seed])
  }

  private func draft(row: [Assignment], seed: [Assignment]) -> JobDraft {
    var draft = common
    draft.apply(row)
    draft.apply(seed)
    draft.apply(overrides)
    draft.settle()
    return draft
  }

  private mutating func merged(_ jobs: [JobDraft]) -> [JobDraft] {
    var seen: Set<[String: SettingValue]> = []
    let distinct = jobs.filter { seen.insert($0.settings).inserted }
    let repeated = jobs.count - distinct.count
    if repeated > 0 {
      let what = repeated == 1 ? "1 job has" : "\(repeated) jobs have"
      warn(file, "\(what) the same settings as another one and run once with it")
    }
    return distinct
  }

  // MARK: Exclusion

  private mutating func kept(
    count: Int, exclusion: ExclusionEvaluator
  ) throws(SweepError)
    -> [JobDraft]
  {
    guard !content.exclude.isEmpty else { return (0..<count).map(draft(at:)) }
    let columns = SettingsCatalog.spellings.flatMap { spelling in
      spelling.names.map { (name: $0, setting: spelling.setting) }
    }
    var kept: [JobDraft] = []
    var matches = [Int](repeating: 0, count: content.exclude.count)
    for start in stride(from: 0, to: count, by: Self.chunkSize) {
      let chunk = (start..<min(count, start + Self.chunkSize)).map(draft(at:))
      let rows = chunk.map { job in columns.map { job.value(of: $0.setting) } }
      let excluded = try evaluate(exclusion, columns: columns.map(\.name), rows: rows)
      for (index, job) in chunk.enumerated() where !excluded.contains(where: { $0[index] == true })
      {
        kept.append(job)
      }
      for index in matches.indices { matches[index] += excluded[index].count { $0 == true } }
    }
    for (expression, matched) in zip(content.exclude, matches) {
      if matched == 0 { warn(expression.place, "exclude '\(expression.text)' matches no job") }
      if matched == count {
        warn(expression.place, "exclude '\(expression.text)' matches every job")
      }
    }
    guard !kept.isEmpty || !content.include.isEmpty else {
      throw SweepError([nothingLeft(count: count, matches: matches)])
    }
    return kept
  }

  private func nothingLeft(count: Int, matches: [Int]) -> SweepDiagnostic {
    let culprit = zip(content.exclude, matches).max { $0.1 < $1.1 }?.0
    return SweepDiagnostic(
      code: .jobCount, place: culprit?.place ?? file,
      message: "exclude leaves none of \(count) jobs",
      allowed: "expressions that leave at least one job")
  }

  /// Asks once more without an expression that fails, so that every failing one is reported.
  private func evaluate(
    _ exclusion: ExclusionEvaluator, columns: [String], rows: [[SettingValue]]
  ) throws(SweepError) -> [[Bool?]] {
    var expressions = content.exclude
    var problems: [SweepDiagnostic] = []
    while !expressions.isEmpty {
      do {
        let result = try exclusion(expressions.map(\.text), columns, rows)
        precondition(
          result.count == expressions.count && result.allSatisfy { $0.count == rows.count },
          "\(expressions.count) expressions and \(rows.count) rows were not all decided")
        guard problems.isEmpty else { throw SweepError(problems) }
        return result
      } catch let error as ExclusionError where expressions.indices.contains(error.expressionIndex)
      {
        let failed = expressions.remove(at: error.expressionIndex)
        problems.append(Self.diagnostic(failed, error.message, suggestion: error.suggestion))
      } catch let error as SweepError {
        throw error
      } catch {
        throw SweepError(problems + [Self.diagnostic(expressions[0], "\(error)", suggestion: nil)])
      }
    }
    throw SweepError(problems)
  }

  private static func diagnostic(
    _ expression: SweepFile.Expression, _ message: String, suggestion: String?
  ) -> SweepDiagnostic {
    SweepDiagnostic(
      code: .expression, place: expression.place,
      message: "exclude '\(expression.text)' cannot be evaluated: \(message)",
      allowed: "SQL over the names of settings, as margin > alpha or batch = '30x6'",
      suggestion: suggestion.map { "'\($0)'" })
  }

  // MARK: Warnings

  private mutating func warn(_ place: SweepDiagnostic.Place, _ message: String) {
    warnings.append(SweepDiagnostic(code: .relation, place: place, message: message).headline)
  }

  private mutating func warnLostSelection(_ jobs: [JobDraft]) {
    guard let job = jobs.first(where: \.lostSelection) else { return }
    warn(
      job.places["dataset.validation"] ?? file,
      "without validation classes nothing can be selected: select is last, and comparisons use "
        + "test/… as not selected")
  }
}
