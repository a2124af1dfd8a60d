package import Foundation
package import Store
import Sweeps

/// Which sweep of a store to judge, and against what.
///
///     let judgement = try GateRequest(sweep: "nightly").judge(in: store)
///     try judgement.record(in: store)
///     print(judgement.report.text(as: .table), judgement.junit, judgement.verdict)
package struct GateRequest: Sendable {
  /// The sweep's name, part of its id, or `latest`.
  package var sweep = "latest"
  /// One of its launches: part of its id, or `latest`.
  package var launch = "latest"
  /// The baseline's name; nil for the one last set for the sweep.
  package var baseline: String?
  /// What the commands in its sentences are to name the store by; nil where they need not.
  package var storePath: String?
  /// A sweep that began longer ago cannot be judged.
  package var longestAgeSeconds: Double?

  package init(sweep: String = "latest") {
    self.sweep = sweep
  }

  /// Judges what the store holds. Changes nothing: `GateJudgement.record` does.
  package func judge(in store: ExperimentStore, now: Date = Date()) throws -> GateJudgement {
    let sweep = try store.sweep(named: sweep)
    let current = try store.results(ofLaunch: store.launchID(named: launch, of: sweep))
    guard !current.results.jobs.isEmpty else {
      throw ReportError(.nothingThere, "the launch of \(sweep.name) has no jobs to judge")
    }
    let record =
      try baseline.map(store.baseline(named:)) ?? store.latestBaseline(ofSweep: sweep.name)
    var sets: [String: SweepResults] = [:]
    func results(_ digest: String) throws -> SweepResults {
      if let known = sets[digest] { return known }
      let found = try store.sweepResults(digest)
      sets[digest] = found
      return found
    }
    let earlier = try store.nights(
      of: sweep.name, before: current.launch.startedAt.description,
      limit: GateLevel.searchedNights)
    var input = GateInput(
      current: current,
      baseline: try record.flatMap { record in
        try record.setDigest.map { .init(record: record, results: try results($0)) }
      },
      nights: try earlier.map { .init(record: $0, results: try results($0.setDigest)) }
    ) { result, digest in
      guard let kept = try store.jobResult(digest) else {
        throw StoreError(
          .damaged, "the kept result \(digest.prefix(12))… is not there. Restore a backup")
      }
      return result.firstDifference(from: kept)
    }
    input.isBaselineNamed = baseline != nil
    input.launchName = launch == "latest" || current.launch.id == sweep.launch.id ? nil : launch
    input.newBaselineName = try freeBaselineName(for: sweep.name, in: store)
    input.storePath = storePath
    var judgement = try RegressionGate(input).judgement()
    if let longestAgeSeconds { try judgement.require(age: longestAgeSeconds, now: now) }
    return judgement
  }

  /// A name that stands for something already is given up only for a reason.
  private func freeBaselineName(
    for sweep: String, in store: ExperimentStore
  ) throws -> String {
    let taken = Set(try store.baselineHistory().filter(\.isCurrent).map(\.name))
    let names = ["main", sweep] + (2...(taken.count + 2)).map { "\(sweep)-\($0)" }
    return names.first { !taken.contains($0) } ?? sweep
  }
}

extension GateJudgement {
  /// Silence looks the same when all is well and when nothing ran.
  fileprivate mutating func require(age longest: Double, now: Date) throws {
    let style = Date.ISO8601FormatStyle(includingFractionalSeconds: true)
    let age = now.timeIntervalSince(try style.parse(launch.startedAt.description))
    guard age > longest else { return }
    findings.append(
      GateFinding(
        .cannotJudge, .age,
        "the sweep was last launched \(ReportCell.durationText(age)) ago, longer than "
          + "\(ReportCell.durationText(longest)): look whether its nightly still runs"))
  }
}

extension GateJudgement {
  /// Keeps the night in the store, by value, with what was said of it. Judged again, a launch has
  /// its new verdict. How old it is says nothing of the night, and is not kept.
  package func record(in store: ExperimentStore, now: Date = Date()) throws {
    let results = try store.results(ofLaunch: launch.id)
    var own = self
    own.findings.removeAll { $0.subject == .age }
    let night = NightRecord(
      of: results, verdict: own.verdict, summary: own.summary, baselineID: baseline?.id,
      recordedAt: Timestamp(now))
    try store.keep(night, of: results)
  }
}
