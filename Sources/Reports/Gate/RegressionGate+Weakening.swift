import Store
import Sweeps

/// Where the sweep file asks for less than it did when the baseline was set.
///
/// Nothing is said of a baseline of which is not known what it was gated by.
extension RegressionGate {
  private var baselineRules: [GateRule] { input.baseline?.record.gate ?? [] }

  /// Measures that are not gated any more.
  var droppedRules: [GateFinding] {
    let dropped = baselineRules.filter { old in !rules.contains { $0.measure == old.measure } }
    guard !dropped.isEmpty else { return [] }
    let (verb, them) = dropped.count == 1 ? ("is", "it") : ("are", "them")
    let names = dropped.map { "\($0.measure) (margin \(SettingValue.shortest($0.margin)))" }
    return [
      GateFinding(
        .cannotJudge, .sweep,
        "\(Counted(dropped.count, "measure")) of the baseline's gate \(verb) not in the sweep's any "
          + "more: \(Self.listed(names))",
        advice: "put \(them) back, or accept this: \(accepting("a smaller gate"))")
    ]
  }

  /// Sentences about wider margins and fewer seeds.
  var weakenings: [String] { [widerMargins, fewerSeeds].compactMap(\.self) }

  private var widerMargins: String? {
    let wider = rules.compactMap { rule in
      baselineRules.first { $0.measure == rule.measure && $0.margin < rule.margin }.map {
        "\(rule.measure) \(SettingValue.shortest($0.margin)) is now "
          + SettingValue.shortest(rule.margin)
      }
    }
    guard !wider.isEmpty else { return nil }
    return "Margins that are wider than the baseline's: "
      + "\(wider.joined(separator: ", ")). To accept this: \(accepting("wider margins"))"
  }

  private var fewerSeeds: String? {
    guard let baseline else { return nil }
    let fewer = current.cells.compactMap { cell in
      let (now, before) = (current.seeds(of: cell).count, baseline.seeds(of: cell).count)
      return now < before ? "\(cell.label) has \(now) instead of \(before)" : nil
    }
    guard !fewer.isEmpty else { return nil }
    return "Cells with fewer seeds than in the baseline: "
      + "\(Self.listed(fewer)). To accept this: \(accepting("fewer seeds"))"
  }
}
