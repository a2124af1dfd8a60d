import Foundation
import Sweeps

extension SweepSensitivity {
  package var report: Report {
    Report(
      sections: [
        Report.Section(table: shownTerms, notes: termNotes),
        Report.Section(title: "Best values", table: effectTable(isShown: true), notes: effectNotes),
      ], data: effectTable(isShown: false), document: document)
  }

  /// Pairs that carry less are left to JSON.
  private static let leastShownShare = 0.005

  private var shownTerms: ReportTable {
    let isExact = method == .anova
    let hasNoise = terms.contains { $0.p != nil }
    let columns =
      ["setting", "share"] + (isExact ? (hasNoise ? ["by chance", "p"] : []) : ["sd over trees"])
    var rows = terms.filter { $0.factors.count == 1 || $0.share >= Self.leastShownShare }
      .map { term -> [ReportCell] in
        let doubt: [ReportCell] =
          isExact
          ? hasNoise
            ? [term.chanceShare.map { .ratio($0) } ?? .missing, Self.probability(term.p)] : []
          : [term.shareDeviation.map { .ratio($0) } ?? .missing]
        return [.text(title(of: term)), .ratio(term.share)] + doubt
      }
    let hidden =
      terms.filter { $0.factors.count > 1 && $0.share < Self.leastShownShare }
      .reduce(0) { $0 + $1.share } + (higherShare < Self.leastShownShare ? higherShare : 0)
    let blank = [ReportCell](repeating: .missing, count: columns.count - 2)
    if higherShare >= Self.leastShownShare {
      rows.append([.text("three settings or more"), .ratio(higherShare)] + blank)
    }
    if hidden >= 0.00005 { rows.append([.text("smaller ones together"), .ratio(hidden)] + blank) }
    if let noiseShare { rows.append([.text("noise (seeds)"), .ratio(noiseShare)] + blank) }
    return ReportTable(columns: columns.map { ReportTable.Column($0) }, rows: rows)
  }

  private static func probability(_ p: Double?) -> ReportCell {
    guard let p else { return .missing }
    return p < 0.0001 ? .text("<0.0001") : .number(p, decimals: 4)
  }

  private func effectTable(isShown: Bool) -> ReportTable {
    let rows = effects.flatMap { effect in
      effect.levels.enumerated().map { place, level -> [ReportCell] in
        let statistics = level.statistics
        let mean = ReportCell.interval(
          mean: statistics.mean, halfWidth: statistics.halfWidth,
          isRatio: Measure(objective.metric).isRatio)
        let isBest = place == effect.best
        let start: [ReportCell] = [
          .text(isShown && place > 0 ? "" : effect.factor.title), .text(level.level.text),
          .integer(statistics.count),
        ]
        return isShown
          ? start + [mean, .text(isBest ? "best" : "")]
          : start + [
            .number(statistics.mean, decimals: 4),
            statistics.interval.map { .number($0.low, decimals: 4) } ?? .missing,
            statistics.interval.map { .number($0.high, decimals: 4) } ?? .missing,
            .integer(isBest ? 1 : 0),
          ]
      }
    }
    let names =
      ["setting", "value", "n"]
      + (isShown ? [objective.metric, ""] : ["mean", "low", "high", "best"])
    return ReportTable(columns: names.map { ReportTable.Column($0) }, rows: rows)
  }

  // MARK: Sentences

  private var methodNote: String {
    switch method {
    case nil: whyNoShares ?? ""
    case .anova:
      "Analysis of variance of \(objective.metric) over the full grid of "
        + "\(design.cells.count) settings"
        + (noiseShare == nil
          ? "." : " with \(Counted(design.observations.count / design.cells.count, "seed")).")
    case .fanova:
      "Functional analysis of variance of \(objective.metric): a forest of "
        + "\(RegressionForest.treeCount) trees over \(Counted(design.observations.count, "run")), "
        + "which are no full grid."
    }
  }

  private var termNotes: [String] {
    var notes = [methodNote]
    if isSubstitute {
      notes.append("There was no validation: the figures are those of the test classes.")
    } else if Measure(objective.metric).isOnTest {
      notes.append("These are test figures: settings chosen by them look better than they are.")
    }
    if method == .anova && noiseShare == nil {
      notes.append(
        "With one seed noise cannot be told from interactions; run it with seeds: 3 or more.")
    } else if method == .anova {
      notes.append(
        "By chance is the share that noise alone would give on average; p is that of the F test "
          + "against the noise, for each line by itself.")
    }
    if let explainedShare {
      notes.append(
        "The forest explains \(Self.percent(explainedShare)) of the variation of settings that it "
          + "has not seen" + (explainedShare < 0.5 ? ": its shares say little." : "."))
    }
    if leftOut > 0 {
      notes.append(
        "\(Counted(leftOut, "run")) left out: not completed, or without a finite \(objective.metric)."
      )
    }
    return notes
  }

  private static func percent(_ share: Double) -> String {
    String(format: "%.0f %%", max(0, share) * 100)
  }

  private var effectNotes: [String] {
    let ranges = design.factors.map { factor in
      let texts = factor.levels.flatMap(\.values).map(\.display)
      let isLong = texts.count > 4
      return factor.title + " "
        + (isLong && factor.levels.allSatisfy({ $0.values.allSatisfy { $0.number != nil } })
          ? "\(factor.levels.first?.values.first?.display ?? "") to "
            + "\(factor.levels.last?.values.last?.display ?? "")"
          : texts.joined(separator: ", "))
    }
    let interval =
      design.seedsOfFullGrid == nil
      ? "over the runs that have the value" : "over seeds, each the mean over all other settings"
    return [
      "Means with intervals of 95 % \(interval). Each best is by itself: see compare for the best "
        + "together.",
      "Holds for \(ranges.joined(separator: "; ")).",
    ]
  }

  // MARK: JSON

  private var document: JSONValue {
    .document([
      .init("sweep", .string(sweep)),
      .init(
        "objective",
        ["metric": .string(objective.metric), "goal": .string(objective.goal.rawValue)]),
      .init("method", JSONValue(method?.rawValue)),
      .init("settings", .integer(design.cells.count)),
      .init("observations", .integer(design.observations.count)),
      .init("left_out", .integer(leftOut)),
      .init("noise_share", JSONValue(noiseShare)),
      .init("higher_share", .number(higherShare)),
      .init("explained_share", JSONValue(explainedShare)),
      .init("terms", .array(terms.map(record))),
      .init("main_effects", .array(effects.map(Self.record))),
    ])
  }

  private func record(_ term: SensitivityTerm) -> JSONValue {
    [
      "settings": .array(term.factors.map { .string(design.factors[$0].column.name) }),
      "share": .number(term.share), "chance_share": JSONValue(term.chanceShare),
      "degrees_of_freedom": JSONValue(term.degreesOfFreedom), "f": JSONValue(term.ratio),
      "p": JSONValue(term.p), "share_sd": JSONValue(term.shareDeviation),
    ]
  }

  private static func record(_ effect: MainEffect) -> JSONValue {
    let levels = effect.levels.map { level -> JSONValue in
      let statistics = level.statistics
      return [
        "values": .array(level.level.values.map { JSONValue($0) }),
        "n": .integer(statistics.count), "mean": .number(statistics.mean),
        "low": JSONValue(statistics.interval?.low), "high": JSONValue(statistics.interval?.high),
      ]
    }
    return [
      "setting": .string(effect.factor.column.name),
      "with": .array(effect.factor.companions.map { .string($0.name) }),
      "levels": .array(levels), "best": .integer(effect.best),
    ]
  }
}
