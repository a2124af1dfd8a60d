import Store

/// Sentences, without their full stop. Differences are in points of per cent.
extension GateCheck {
  private static func percent(_ value: Double?) -> String {
    value.map { ReportCell.ratio($0).shownText } ?? "–"
  }

  static func points(_ value: Double) -> String { ReportCell.fixed(value * 100, decimals: 2) }

  /// `[-1.60, -0.80]`: the lower bound, and the upper one at Holm's error.
  var intervalText: String? {
    guard let low, let high else { return nil }
    return "[\(Self.points(low)), \(Self.points(high))]"
  }

  private var referenceText: String {
    switch reference {
    case .baseline: "the baseline"
    case .recentNights: "recent nights"
    }
  }

  /// Nil where it passes.
  var finding: GateFinding? {
    switch verdict {
    case .pass: nil
    case .regression: GateFinding(.regression, .measures, lossText)
    case .cannotJudge: GateFinding(.cannotJudge, .measures, doubtText, advice: advice)
    }
  }

  private var lossText: String {
    "\(measure) of \(cell.label) fell by \(Self.points(-(difference ?? 0))) points, from "
      + "\(Self.percent(before)) of \(referenceText) to \(Self.percent(now)) "
      + "(interval \(intervalText ?? "–") points, margin \(Self.points(margin)), "
      + "\(Counted(seeds, "seed")))"
  }

  private var doubtText: String {
    let start = "\(measure) of \(cell.label) cannot be judged against \(referenceText): "
    if let obstacle { return start + obstacle }
    let needed = seedsNeeded.map {
      "; with \(Counted($0, "seed")) an unchanged cell would pass 9 times in 10"
    }
    let room =
      low?.isFinite == true
      ? "leave room for a loss of \(Self.points(-(low ?? 0))) points" : "are too few to tell"
    return start + "\(Counted(seeds, "seed")) \(room), where the margin is "
      + "\(Self.points(margin)) and the difference \(Self.points(difference ?? 0))"
      + (needed ?? "")
  }
}
