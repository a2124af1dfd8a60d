package import Foundation
package import Store
import Sweeps

/// Results of a sweep that are to be what later ones are judged by.
package struct BaselineRequest: Sendable {
  package var name: String
  package var sweep: String
  package var launch = "latest"
  /// Why the name is to stand for something else than before.
  package var reason: String?
  /// What a command that is suggested is to name the store by; nil where it need not.
  package var storePath: String?

  package init(name: String, sweep: String) {
    self.name = name
    self.sweep = sweep
  }

  /// Only what is complete can be a baseline. A regression can, for a reason: so a change that is
  /// wanted is accepted.
  ///
  /// Returns the night as which the launch was judged too, where that is known.
  package func set(
    in store: ExperimentStore, now: Date = Date()
  ) throws -> (baseline: BaselineRecord, night: NightRecord?) {
    guard BaselineRecord.isName(name) else {
      throw ReportError(
        .wrongName,
        "'\(name.showingControls)' cannot be the name of a baseline: letters, digits, '.', '_' and '-', at most "
          + "100; not 'latest'")
    }
    if let reason, !reason.contains(where: { !$0.isWhitespace }) {
      throw ReportError(.wrongName, "--reason is empty; say why the baseline is to change")
    }
    let sweep = try store.sweep(named: sweep)
    let results = try store.results(ofLaunch: store.launchID(named: launch, of: sweep))
    try check(results)
    let night = try store.night(ofLaunch: results.launch.id)
    if let night, night.verdict == .regression, reason == nil {
      throw ReportError(
        .needsReason,
        "the launch of \(sweep.name) of \(night.startedAt) was judged a regression: "
          + "\(night.summary). Say why later nights are to be judged by it with --reason")
    }
    let baseline = BaselineRecord(
      name: name, at: Timestamp(now), reason: reason, setDigest: results.results.digest,
      sweep: sweep.name, launchID: results.launch.id,
      startedAt: results.launch.startedAt.description, host: results.launch.host)
    try store.setBaseline(baseline, of: results)
    return (try store.baseline(named: name), night)
  }

  private func check(_ results: LaunchResults) throws {
    let (jobs, name) = (results.results.jobs, results.launch.sweepName)
    let commands = GateCommands(sweep: name, baseline: self.name, storePath: storePath)
    let open = jobs.filter { $0.state != .completed }
    guard open.isEmpty, !jobs.isEmpty else {
      throw ReportError(
        .notComplete,
        jobs.isEmpty
          ? "the launch of \(name) has no jobs, so it cannot be a baseline"
          : "\(open.count) of \(Counted(jobs.count, "job")) of \(name) "
            + "\(open.count == 1 ? "is" : "are") not completed, so it cannot be a baseline. "
            + "\(commands.retry) runs what failed")
    }
    for rule in results.launch.gate {
      let lacking = jobs.count { $0.measures[rule.measure]?.isFinite != true }
      guard lacking == 0 else {
        throw ReportError(
          .notComplete,
          "\(rule.measure) is missing or not finite in \(lacking) of \(Counted(jobs.count, "job")) "
            + "of \(name), so it cannot be a baseline")
      }
    }
  }
}

extension LaunchResults {
  /// Whether every job is completed and has what the sweep is gated by.
  var canBeBaseline: Bool {
    !results.jobs.isEmpty
      && results.jobs.allSatisfy { job in
        job.state == .completed
          && launch.gate.allSatisfy { job.measures[$0.measure]?.isFinite == true }
      }
  }
}
