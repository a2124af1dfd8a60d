package import Store
import Sweeps

/// One measure of one cell against one thing to compare it with.
package struct GateCheck: Sendable {
  package enum Reference: String, Sendable {
    case baseline
    /// The mean of recent nights with other bits, each counted once.
    case recentNights = "recent_nights"

    package var title: String {
      switch self {
      case .baseline: "baseline"
      case .recentNights: "recent nights"
      }
    }
  }

  package enum Method: String, Sendable {
    /// The values are those of the reference.
    case identical
    /// Differences within seeds.
    case paired
    case unpaired
    /// Nothing could be compared.
    case none
  }

  package let measure: String
  package let cell: GateCell
  package let reference: Reference
  package let margin: Double
  package internal(set) var method = Method.none
  /// Seeds that were compared: pairs, or those of the side with fewer.
  package internal(set) var seeds = 0
  /// Means over these seeds.
  package internal(set) var before: Double?
  package internal(set) var now: Double?
  package internal(set) var estimate: OneSidedDifference?
  /// The chance of such a loss where there is none, corrected by Holm for all checks.
  package internal(set) var correctedP: Double?
  /// The error that Holm's correction leaves to this check, and whether it shows a loss at it.
  private var holm: (error: Double, showsLoss: Bool)?
  package internal(set) var verdict = GateVerdict.cannotJudge
  /// Why nothing could be compared.
  package internal(set) var obstacle: String?
  /// What to do about it.
  var advice: String?
  /// Of the differences, or of both sides where they are not paired.
  var variances: [Double] = []

  init(measure: String, cell: GateCell, reference: Reference, margin: Double) {
    self.measure = measure
    self.cell = cell
    self.reference = reference
    self.margin = margin
  }

  package var difference: Double? { estimate?.mean }
  /// Lower bound of the difference; −∞ where there is none.
  package var low: Double? { estimate?.lowerBound(error: GateLevel.error) }

  /// Upper bound of the difference at Holm's error; at least 0 where no loss is shown.
  package var high: Double? {
    guard let estimate, let holm else { return nil }
    let own = estimate.upperBound(error: holm.error)
    return holm.showsLoss ? own : max(own, 0)
  }

  /// With how many seeds an unchanged cell would pass 9 times in 10; nil where that is not known.
  package var seedsNeeded: Int? {
    estimate == nil
      ? nil : NonInferiorityPower.seedsNeeded(margin: margin, variances: variances)
  }

  /// Whether it is so much better that an old baseline would hide a later loss.
  var isImprovement: Bool {
    reference == .baseline && verdict == .pass && (low ?? 0) > 0 && (difference ?? 0) >= margin
  }
}

extension GateCheck {
  /// Gives each check its verdict, all together: losses are corrected for their number.
  ///
  /// A check passes where its lower bound lies above −margin, without a correction: that all pass
  /// is an intersection-union test (Berger, "Multiparameter hypothesis testing and acceptance
  /// sampling", Technometrics 24, 1982). It is a regression where the estimate is −margin or
  /// below and the upper bound at Holm's error is below 0.
  static func judged(_ checks: [GateCheck]) -> [GateCheck] {
    var checks = checks
    let places = checks.indices.filter { checks[$0].estimate != nil }
    let values = places.compactMap { checks[$0].estimate?.pOfLoss }
    let corrected = HolmCorrection.corrected(values)
    let ranks = values.indices.sorted { values[$0] < values[$1] }
    for (rank, index) in ranks.enumerated() {
      // Where a smaller p shows nothing, nothing that follows does.
      let showsLoss = corrected[index] < GateLevel.error
      checks[places[index]].correctedP = corrected[index]
      checks[places[index]].holm = (GateLevel.error / Double(values.count - rank), showsLoss)
      checks[places[index]].settle(showsLoss: showsLoss)
    }
    return checks
  }

  private mutating func settle(showsLoss: Bool) {
    guard let estimate else { return }
    if estimate.mean <= -margin, showsLoss {
      verdict = .regression
    } else if estimate.pOfKeeping(within: margin) < GateLevel.error {
      verdict = .pass
    }
  }
}
