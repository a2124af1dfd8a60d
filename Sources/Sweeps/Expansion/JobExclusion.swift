/// Asks which jobs are excluded, and counts what each expression did.
struct JobExclusion {
  let expressions: [SweepFile.Expression]
  let evaluator: ExclusionEvaluator
  private(set) var matches: [Int]
  private(set) var jobCount = 0

  /// Rows given to the evaluator in one call.
  private static let chunkSize = 10_000

  init(expressions: [SweepFile.Expression], evaluator: @escaping ExclusionEvaluator) {
    self.expressions = expressions
    self.evaluator = evaluator
    matches = [Int](repeating: 0, count: expressions.count)
  }

  /// What is wrong with expressions whatever the jobs: every name that an expression can have is
  /// known, so a single job without values tells.
  static func problems(
    of expressions: [SweepFile.Expression], evaluator: @escaping ExclusionEvaluator
  ) -> [SweepDiagnostic] {
    var exclusion = JobExclusion(expressions: expressions, evaluator: evaluator)
    do throws(SweepError) {
      _ = try exclusion.excluded([JobDraft([])])
      return []
    } catch {
      return error.diagnostics
    }
  }

  /// One answer for each job.
  mutating func excluded(_ jobs: [JobDraft]) throws(SweepError) -> [Bool] {
    jobCount += jobs.count
    guard !expressions.isEmpty else { return jobs.map { _ in false } }
    var answers: [Bool] = []
    for start in stride(from: 0, to: jobs.count, by: Self.chunkSize) {
      let chunk = jobs[start..<min(jobs.count, start + Self.chunkSize)]
      let results = try evaluate(rows: SettingColumns.rows(of: chunk))
      for row in 0..<chunk.count { answers.append(results.contains { $0[row] == true }) }
      for index in matches.indices { matches[index] += results[index].count { $0 == true } }
    }
    return answers
  }

  /// What to say about expressions that decide nothing.
  var remarks: [(place: SweepDiagnostic.Place, message: String)] {
    zip(expressions, matches).flatMap { expression, matched in
      [
        matched == 0 ? (expression.place, "exclude '\(expression.text)' matches no job") : nil,
        matched == jobCount
          ? (expression.place, "exclude '\(expression.text)' matches every job") : nil,
      ].compactMap(\.self)
    }
  }

  /// For a sweep of which nothing is left: the expression that excludes most.
  var culprit: SweepDiagnostic.Place? {
    zip(expressions, matches).max { $0.1 < $1.1 }?.0.place
  }

  /// Asks once more without an expression that fails, so that every failing one is reported.
  private func evaluate(rows: [[SettingValue]]) throws(SweepError) -> [[Bool?]] {
    var expressions = expressions
    var problems: [SweepDiagnostic] = []
    while !expressions.isEmpty {
      do {
        let result = try evaluator(expressions.map(\.text), SettingColumns.names, rows)
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
}
