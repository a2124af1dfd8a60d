/// The commands that go on from a judgement, complete, so that they can be pasted.
package struct GateCommands: Sendable {
  private let sweep: String
  private let baseline: String
  /// Names the baseline that was asked for; empty for the last one set for the sweep.
  private let against: String
  /// Names the launch; empty for the last one of the sweep.
  private let launch: String
  /// Names the store; empty where it is the usual one.
  private let store: String

  /// - Parameters:
  ///   - baseline: What the launch that was judged is to be the baseline under.
  ///   - isNamed: Whether this baseline was asked for.
  ///   - launch: Part of the launch's id; nil for the last one of the sweep.
  ///   - storePath: Nil where no command needs to name the store.
  init(
    sweep: String, baseline: String, isNamed: Bool = false, launch: String? = nil,
    storePath: String? = nil
  ) {
    self.sweep = ShellWord(sweep).text
    self.baseline = ShellWord(baseline).text
    against = isNamed ? " --baseline \(ShellWord(baseline).text)" : ""
    self.launch = launch.map { " --launch \(ShellWord($0).text)" } ?? ""
    store = storePath.map { " --store \(ShellWord($0).text)" } ?? ""
  }

  /// The judgement with its table.
  package var gate: String { "rll-report gate \(sweep)\(against)\(launch)\(store)" }

  package var runs: String { "rll-report runs --sweep \(sweep)\(store)" }

  var failedRuns: String { "rll-report runs --sweep \(sweep) --where \"state = 'failed'\"\(store)" }

  /// What a run printed.
  package func logs(of run: String) -> String { "rll-report logs \(ShellWord(run).text)\(store)" }

  /// Runs all jobs again.
  func launchFresh(_ file: String) -> String {
    "rll-sweep launch \(ShellWord(file).text) --fresh\(store)"
  }

  /// Runs what failed or did not end.
  package var retry: String { "rll-sweep retry \(sweep)\(store)" }

  /// The same, and judges what came of it.
  var retryAndJudge: String { "\(retry) && rll-report gate \(sweep)\(against) --record\(store)" }

  /// - Parameter reason: Needed where the name stands for something already.
  package func setBaseline(reason: String? = nil) -> String {
    let reason = reason.map { " --reason \(ShellWord($0).text)" } ?? ""
    return "rll-report baseline set \(baseline) \(sweep)\(launch)\(reason)\(store)"
  }
}
