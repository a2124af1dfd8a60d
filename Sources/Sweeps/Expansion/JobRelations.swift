/// Rules between the settings of a job, as far as they need no data.
///
/// A rule that many jobs break is reported once, with the first of them.
struct JobRelations {
  private struct Rule {
    /// The setting to point at, and others to point at where that one is a default.
    var settings: [String]
    /// What is wrong with a job, nil if nothing.
    var problem: @Sendable (JobDraft, Objective) -> String?
    var allowed: String
  }

  private static let rules: [Rule] = [
    Rule(
      settings: ["loss.margin", "loss.alpha"],
      problem: { job, _ in
        guard let margin = job.value(of: "loss.margin").number,
          let alpha = job.value(of: "loss.alpha").number, margin > alpha
        else { return nil }
        return "margin \(SettingValue.shortest(margin)) is larger than alpha "
          + SettingValue.shortest(alpha)
      },
      allowed: "margin at most alpha; 'exclude: [margin > alpha]' leaves such jobs out"),
    Rule(
      settings: ["batch"],
      problem: { job, _ in
        guard let batch = job.batch, batch.classes * batch.items > largestBatch else { return nil }
        return "a batch of \(batch.text) has \(batch.classes * batch.items) rows"
      },
      allowed: "at most \(largestBatch) rows"),
    Rule(
      settings: ["evaluation.recall_at"],
      problem: { job, objective in
        guard let rank = objective.recallRank, job.value(of: "select").text == "best",
          job.value(of: "evaluation.recall_at").list?.contains(.number(Double(rank))) == false
        else { return nil }
        return "the objective \(objective.metric) is not among evaluation.recall_at "
          + job.value(of: "evaluation.recall_at").canonicalJSON
      },
      allowed: "an objective with a K of evaluation.recall_at"),
  ]

  /// The distances of a batch are a square matrix: 1 GiB at this size.
  static let largestBatch = 1 << 14

  static func check(
    _ jobs: [JobDraft], objective: Objective, fallback: SweepDiagnostic.Place
  )
    -> [SweepDiagnostic]
  {
    rules.compactMap { rule in
      let broken = jobs.compactMap { job in rule.problem(job, objective).map { (job, $0) } }
      guard let (job, problem) = broken.first else { return nil }
      let count = jobs.count == 1 ? "" : " (\(broken.count) of \(jobs.count) jobs)"
      return SweepDiagnostic(
        code: .relation,
        place: rule.settings.compactMap { job.places[$0] }.first ?? fallback,
        message: problem + count, allowed: rule.allowed)
    }
  }
}
