import Store
import Sweeps

/// Whether any gated measure is worse by its margin.
extension RegressionGate {
  struct Measured {
    var checks: [GateCheck] = []
    /// Cells that have one seed by design and different bits.
    var forBitsAlone: [GateCell] = []
  }

  /// The values to compare with, and whether seeds are pairs.
  private struct Partner {
    var figures: GateFigures
    var isPaired: Bool
    /// How many seeds the cell has there.
    var seeds: Int
  }

  /// All measures, each in all cells, in the order in which they are shown; without verdicts.
  func measured() -> Measured {
    var measured = Measured()
    let hasReplicates = current.cells.contains { current.seeds(of: $0).count > 1 }
    for rule in rules {
      for cell in current.cells {
        let own = GateFigures(current.jobs(of: cell), measure: rule.measure)
        for (reference, partner) in partners(of: cell, measure: rule.measure) {
          let check = check(rule, cell, reference, own: own, partner: partner)
          // Nights of too few seeds are no obstacle: the baseline is what there must be.
          if check.estimate == nil, reference == .recentNights { continue }
          let isForBitsAlone =
            check.estimate == nil && hasReplicates && partner.seeds == 1
            && current.seeds(of: cell).count == 1
          if !isForBitsAlone {
            measured.checks.append(check)
          } else if !measured.forBitsAlone.contains(cell) {
            measured.forBitsAlone.append(cell)
          }
        }
      }
    }
    return measured
  }

  private func partners(
    of cell: GateCell, measure: String
  ) -> [(GateCheck.Reference, Partner)] {
    var partners: [(GateCheck.Reference, Partner)] = []
    if let baseline, !baseline.jobs(of: cell).isEmpty, !hasOtherData(cell, than: baseline) {
      partners.append(
        (
          .baseline,
          Partner(
            figures: GateFigures(baseline.jobs(of: cell), measure: measure),
            isPaired: keepsStreams(cell, since: baseline), seeds: baseline.seeds(of: cell).count)
        ))
    }
    if let window = window(of: cell, measure: measure) { partners.append((.recentNights, window)) }
    return partners
  }

  /// The mean over recent nights that have other bits than this one, the baseline and each other.
  /// Those of other streams count only where there are no others.
  private func window(of cell: GateCell, measure: String) -> Partner? {
    var seen = [bits(of: cell, in: current), baseline.map { bits(of: cell, in: $0) } ?? []]
    var nights: [GateCells] = []
    for (_, cells) in recentNights where nights.count < GateLevel.windowNights {
      let jobs = cells.jobs(of: cell)
      let bits = bits(of: cell, in: cells)
      guard !jobs.isEmpty, jobs.allSatisfy({ $0.job.state == .completed }),
        !hasOtherData(cell, than: cells), !seen.contains(where: bits.isSubset)
      else { continue }
      seen.append(bits)
      nights.append(cells)
    }
    let paired = nights.filter { keepsStreams(cell, since: $0) }
    let used = paired.isEmpty ? nights : paired
    guard !used.isEmpty else { return nil }
    return Partner(
      figures: GateFigures(
        meanOf: used.map { GateFigures($0.jobs(of: cell), measure: measure) }),
      isPaired: !paired.isEmpty, seeds: used.map { $0.seeds(of: cell).count }.max() ?? 0)
  }

  private func bits(of cell: GateCell, in cells: GateCells) -> Set<String> {
    Set(
      cells.jobs(of: cell).map { place, job in
        "\(place.seed) \(place.fold ?? -1) \(job.resultDigest ?? "")"
      })
  }

  private func keepsStreams(_ cell: GateCell, since other: GateCells) -> Bool {
    current.jobs(of: cell).allSatisfy { place, job in
      guard let now = job.numericsIdentity,
        let before = other.job(at: place)?.numericsIdentity
      else { return true }
      return NumericsChange(before: before, after: now).keepsStreams
    }
  }

  private func check(
    _ rule: GateRule, _ cell: GateCell, _ reference: GateCheck.Reference, own: GateFigures,
    partner: Partner
  ) -> GateCheck {
    var check = GateCheck(
      measure: rule.measure, cell: cell, reference: reference, margin: rule.margin)
    let pairs = own.pairs(with: partner.figures)
    let (first, second) =
      partner.isPaired
      ? (pairs.map(\.first), pairs.map(\.second)) : (own.values, partner.figures.values)
    check.estimate =
      partner.isPaired ? OneSidedDifference(pairs) : OneSidedDifference(first, second)
    check.seeds = min(first.count, second.count)
    check.now = CellStatistics(first)?.mean
    check.before = CellStatistics(second)?.mean
    guard check.estimate != nil else {
      if current.jobs(of: cell).contains(where: { $0.job.state != .completed }) {
        check.obstacle = "jobs of it are not completed"
      } else if check.seeds == 0 {
        check.obstacle = "no seed has a value on both sides"
        check.advice =
          "put the baseline's seeds back, or accept these: \(accepting("other seeds"))"
      } else {
        check.obstacle = "one seed cannot tell luck from loss"
        check.advice =
          "with more in the sweep file (seeds: 10), after a launch: "
          + commands.setBaseline(reason: "more seeds")
      }
      return check
    }
    let isIdentical = partner.isPaired && pairs.allSatisfy { $0.first == $0.second }
    check.method = isIdentical ? .identical : partner.isPaired ? .paired : .unpaired
    let samples = partner.isPaired ? [pairs.map { $0.first - $0.second }] : [first, second]
    check.variances = samples.compactMap { CellStatistics($0)?.deviation }.map { $0 * $0 }
    return check
  }

  func measureFindings(_ checks: [GateCheck]) -> [GateFinding] {
    checks.compactMap(\.finding)
  }
}
