import Store
import Sweeps

/// What can be said before anything is compared.
extension RegressionGate {
  private static let shown = 5

  /// `alpha=1.2, seed 3, fold 0`.
  static func text(of place: GateCells.Place) -> String {
    [place.cell.label, "seed \(place.seed)", place.fold.map { "fold \($0)" }]
      .compactMap(\.self).joined(separator: ", ")
  }

  private func places(
    where isMeant: (SweepResults.Job) -> Bool
  ) -> [(place: GateCells.Place, job: SweepResults.Job)] {
    current.cells.flatMap(current.jobs(of:)).filter { isMeant($0.job) }
  }

  var jobFindings: [GateFinding] {
    failures + missingMeasures + unfinished + nothingRun + otherData + gone + droppedRules
  }

  /// What was judged before says nothing new.
  private var nothingRun: [GateFinding] {
    let count = results.jobs.count
    guard count > 0, input.current.skippedJobs == count else { return [] }
    return [
      GateFinding(
        .cannotJudge, .jobs,
        "the launch ran nothing: \(count == 1 ? "its job was" : "its \(count) jobs were") done before",
        advice: "to run all again: \(commands.launchFresh(input.current.launch.file))")
    ]
  }

  private var failures: [GateFinding] {
    Self.limited(places { $0.state == .failed }, .regression, .jobs, "more jobs failed") {
      "the job of \(Self.text(of: $0)) failed: \($1.error ?? "no reason was given")"
    }
  }

  /// Gated measures that completed jobs do not have.
  private var missingMeasures: [GateFinding] {
    rules.flatMap { rule in
      let found = places { $0.state == .completed && $0.measures[rule.measure]?.isFinite != true }
      return Self.limited(found, .regression, .jobs, "more jobs lack it") {
        let value = $1.measures[rule.measure]
        return "\(rule.measure) of \(Self.text(of: $0)) is "
          + (value.map { $0.isNaN ? "not a number" : "infinite" } ?? "missing")
      }
    }
  }

  private var unfinished: [GateFinding] {
    let found = places { $0.state != .completed && $0.state != .failed }
    guard let first = found.first else { return [] }
    return [
      GateFinding(
        .cannotJudge, .jobs,
        "\(found.count) of \(Counted(results.jobs.count, "job")) did not end, the first of them "
          + "\(Self.text(of: first.place)), which is \(first.job.state.rawValue)",
        advice: "to go on with them and judge again: \(commands.retryAndJudge)")
    ]
  }

  private var otherData: [GateFinding] {
    guard let baseline else { return [] }
    let changed = current.cells.filter { hasOtherData($0, than: baseline) }
    guard let first = changed.first else { return [] }
    return [
      GateFinding(
        .cannotJudge, .baseline,
        "the data is not that of the baseline, so its figures do not compare: "
          + "\(changed.count) of \(Counted(current.cells.count, "cell")), the first is "
          + first.label,
        advice: "put the data back, or accept the new: \(accepting("other data"))")
    ]
  }

  /// Whether a cell was computed from other features or labels; false where the other side has none
  /// of its jobs.
  func hasOtherData(_ cell: GateCell, than other: GateCells) -> Bool {
    current.jobs(of: cell).contains { place, job in
      other.job(at: place).map { $0.dataDigests != job.dataDigests } ?? false
    }
  }

  private var gone: [GateFinding] {
    let gone = goneCells
    guard !gone.isEmpty else { return [] }
    let (verb, them) = gone.count == 1 ? ("is", "it") : ("are", "them")
    return [
      GateFinding(
        .cannotJudge, .sweep,
        "\(Counted(gone.count, "cell")) of the baseline \(verb) not in the sweep any more: "
          + Self.listed(gone.map(\.label)),
        advice: "put \(them) back, or accept this: \(accepting("fewer cells"))")
    ]
  }

  var baselineFindings: [GateFinding] {
    guard input.baseline == nil else { return [] }
    let advice: String? =
      if input.current.canBeBaseline {
        "if these results are good: \(commands.setBaseline())"
      } else if isOpen {
        "it can have one when all jobs are completed: \(accepting(nil))"
      } else {
        nil
      }
    return [GateFinding(.cannotJudge, .baseline, "the sweep has no baseline", advice: advice)]
  }

  /// What makes these results the baseline, after what has to run before that can be.
  func accepting(_ reason: String?) -> String {
    (isOpen ? commands.retry + " && " : "") + commands.setBaseline(reason: reason)
  }

  /// Whether some job is not completed.
  private var isOpen: Bool { results.jobs.contains { $0.state != .completed } }

  /// The first of them, and how many more there are.
  static func listed(_ items: [String]) -> String {
    let rest = items.count - shown
    return items.prefix(shown).joined(separator: ", ") + (rest > 0 ? " and \(rest) more" : "")
  }

  /// A sentence for each of the first, and one for the rest.
  static func limited<Item>(
    _ items: [Item], _ verdict: GateVerdict, _ subject: GateFinding.Subject, _ more: String,
    text: (Item) -> String
  ) -> [GateFinding] {
    let rest = items.count - shown
    return items.prefix(shown).map { GateFinding(verdict, subject, text($0)) }
      + (rest > 0 ? [GateFinding(verdict, subject, "\(rest) \(more)")] : [])
  }
}
