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

  package init(name: String, sweep: String) {
    self.name = name
    self.sweep = sweep
  }

  /// Only what is complete can be a baseline.
  package func set(in store: ExperimentStore, now: Date = Date()) throws -> BaselineRecord {
    guard BaselineRecord.isName(name) else {
      throw ReportError(
        .wrongName,
        "'\(name)' cannot be the name of a baseline: letters, digits, '.', '_' and '-', at most "
          + "100; not 'latest'")
    }
    if let reason, !reason.contains(where: { !$0.isWhitespace }) {
      throw ReportError(.wrongName, "--reason is empty; say why the baseline is to change")
    }
    let sweep = try store.sweep(named: sweep)
    let results = try store.results(ofLaunch: store.launchID(named: launch, of: sweep))
    try check(results)
    let baseline = BaselineRecord(
      name: name, at: Timestamp(now), reason: reason, setDigest: results.results.digest,
      sweep: sweep.name, launchID: results.launch.id,
      startedAt: results.launch.startedAt.description, host: results.launch.host)
    try store.setBaseline(baseline, of: results)
    return try store.baseline(named: name)
  }

  private func check(_ results: LaunchResults) throws {
    let (jobs, name) = (results.results.jobs, results.launch.sweepName)
    let open = jobs.filter { $0.state != .completed }
    guard open.isEmpty, !jobs.isEmpty else {
      throw ReportError(
        .notComplete,
        jobs.isEmpty
          ? "the launch of \(name) has no jobs, so it cannot be a baseline"
          : "\(open.count) of \(Counted(jobs.count, "job")) of \(name) "
            + "\(open.count == 1 ? "is" : "are") not completed, so it cannot be a baseline. "
            + "rll-sweep retry \(name) runs what failed")
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
