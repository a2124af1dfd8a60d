import Store
import Sweeps

/// Whether a night of a sweep is as good as it was.
///
/// It asks in this order: are the bits those that job and numerics give; if they need not be, is any
/// gated measure worse by its margin; did it cost more? `docs/gate.md` has the rules with their
/// sources.
package struct RegressionGate {
  let input: GateInput
  let settings: [String]
  let current: GateCells
  let baseline: GateCells?
  /// The nights that are not older than the baseline and passed, the newest first. What could not
  /// be judged is none of them: a loss too small to be shown would become what is usual.
  let recentNights: [(night: GateInput.Night, cells: GateCells)]

  let commands: GateCommands

  var results: SweepResults { input.current.results }
  /// Measures that show a change best first.
  var rules: [GateRule] { Self.ordered(input.current.launch.gate) }

  package init(_ input: GateInput) {
    self.input = input
    let recent = input.nights.prefix(GateLevel.searchedNights).filter { night in
      night.record.verdict == .pass
        && (input.baseline.map { night.record.recordedAt > $0.record.at } ?? true)
    }
    let settings = GateCells.settings(
      of: [input.current.results] + [input.baseline?.results].compactMap(\.self))
    self.settings = settings
    current = GateCells(input.current.results, settings: settings)
    baseline = input.baseline.map { GateCells($0.results, settings: settings) }
    recentNights = recent.map { ($0, GateCells($0.results, settings: settings)) }
    commands = GateCommands(
      sweep: input.current.launch.sweepName,
      baseline: input.baseline?.record.name ?? input.newBaselineName,
      isNamed: input.isBaselineNamed, launch: input.launchName, storePath: input.storePath)
  }

  /// A mean over all ranks moves less by chance than one rank does.
  private static func ordered(_ rules: [GateRule]) -> [GateRule] {
    func rank(_ rule: GateRule) -> Int {
      let name = rule.measure.split(separator: "/").last ?? ""
      if ["map@r", "r_precision", "map"].contains(name) { return 0 }
      return name.hasPrefix("recall@") || name.hasPrefix("precision@") ? 2 : 1
    }
    return rules.enumerated().sorted {
      (rank($0.element), $0.offset) < (rank($1.element), $1.offset)
    }.map(\.element)
  }

  package func judgement() throws -> GateJudgement {
    let bits = try bits()
    let measured = measured()
    let checks = GateCheck.judged(measured.checks)
    var findings = bits.findings + jobFindings + measureFindings(checks)
    findings += baselineFindings + unjudgedBits(bits)
    return GateJudgement(
      launch: input.current.launch, baseline: input.baseline?.record,
      findings: findings, checks: checks, bits: bits,
      cost: GateCost.all(
        of: input.current.cost,
        beside: input.nights.filter { $0.record.host == input.current.launch.host }
          .map(\.record.cost)),
      newCells: newCells, goneCells: goneCells, changedSettings: changedSettings,
      weakenings: weakenings, notes: notes(bits, measured), commands: commands,
      canBeBaseline: input.current.canBeBaseline,
      openJobs: results.jobs.count { $0.state != .completed })
  }

  private var newCells: [GateCell] {
    guard let baseline else { return [] }
    let known = Set(baseline.cells)
    return current.cells.filter { !known.contains($0) }
  }

  var goneCells: [GateCell] {
    let known = Set(current.cells)
    return baseline?.cells.filter { !known.contains($0) } ?? []
  }

  private var changedSettings: [GateJudgement.ChangedSetting] {
    guard let old = input.baseline?.results else { return [] }
    return GateCells.changedSettings(from: old, to: results, besides: settings).map {
      .init(name: $0.name, before: $0.before, after: $0.after)
    }
  }

  private func notes(_ bits: GateBits, _ measured: Measured) -> [String] {
    var notes = bits.notes
    if !measured.forBitsAlone.isEmpty {
      notes.append(
        "\(Counted(measured.forBitsAlone.count, "cell")) of one seed can be judged by bits alone, "
          + "and the bits are new.")
    }
    if measured.checks.contains(where: { $0.method == .unpaired }) {
      notes.append(
        "The random streams changed: a seed is no pair any more, and it takes more seeds to tell.")
    }
    let others = input.current.jobsOfOthers
    if others > 0, input.current.skippedJobs < results.jobs.count {
      notes.append(
        "\(Counted(others, "job")) of \(results.jobs.count) did not run in this launch; "
          + "rll-sweep launch --fresh runs all again.")
    }
    return notes
  }
}
