import Store
import Sweeps

extension GateJudgement {
  /// For all formats: what was judged, each check, then sentences.
  package var report: Report {
    var sections = [
      Report.Section(
        table: ReportTable(columns: [.init("name"), .init("value")], rows: facts),
        hasHeader: false)
    ]
    if !checks.isEmpty {
      sections.append(Report.Section(title: "Measures", table: checkTable))
    }
    if !cost.isEmpty { sections.append(Report.Section(title: "Cost", table: costTable)) }
    sections[sections.count - 1].notes = sentences
    return Report(
      sections: sections, data: checkData, document: document, records: checks.map(\.record))
  }

  private var facts: [[ReportCell]] {
    var facts = [
      ("verdict", verdict.title), ("sweep", launch.sweepName),
      ("launch", "\(launch.id.prefix(8)) of \(launch.startedAt) on \(launch.host)"),
    ]
    facts.append(
      (
        "baseline",
        baseline.map { "\($0.name), the launch of \($0.startedAt) on \($0.host)" } ?? "none"
      ))
    let same = bits.compared - bits.differences.count
    facts.append(
      (
        "bits",
        "\(same) of \(Counted(bits.compared, "job")) as before"
          + (bits.unknown > 0 ? ", \(bits.unknown) not comparable" : "")
      ))
    return facts.map { [.text($0.0), .text($0.1)] }
  }

  private var checkTable: ReportTable {
    ReportTable(
      columns: [
        .init("measure", isEssential: true), .init("cell", isEssential: true),
        .init("against"), .init("before"), .init("now"),
        .init("difference", isEssential: true), .init("interval"), .init("margin"),
        .init("seeds"), .init("verdict", isEssential: true),
      ],
      rows: checks.map { check in
        [
          .text(check.measure), .text(check.cell.label), .text(check.reference.title),
          Self.ratio(check.before), Self.ratio(check.now), Self.ratio(check.difference),
          check.intervalText.map { .text($0 + "%") } ?? .missing, .ratio(check.margin),
          .integer(check.seeds), .text(check.verdict.title),
        ]
      })
  }

  private static func ratio(_ value: Double?) -> ReportCell {
    value.map(ReportCell.ratio) ?? .missing
  }

  private static func figure(_ value: Double?) -> ReportCell {
    value.map { .number($0, decimals: 6) } ?? .missing
  }

  private var checkData: ReportTable {
    ReportTable(
      columns: [
        "measure", "cell", "reference", "method", "seeds", "baseline", "current", "difference",
        "low", "high", "p", "p_corrected", "margin", "seeds_needed", "verdict",
      ].map { .init($0) },
      rows: checks.map { check in
        let texts: [ReportCell] = [
          .text(check.measure), .text(check.cell.label), .text(check.reference.rawValue),
          .text(check.method.rawValue), .integer(check.seeds),
        ]
        let figures = [
          check.before, check.now, check.difference, check.low, check.high,
          check.estimate?.pOfLoss, check.correctedP, check.margin,
        ].map(Self.figure)
        return texts + figures + [
          check.seedsNeeded.map(ReportCell.integer) ?? .missing, .text(check.verdict.rawValue),
        ]
      })
  }

  private var costTable: ReportTable {
    ReportTable(
      columns: [
        .init("cost"), .init("now"), .init("median"), .init("nights"), .init("remark"),
      ],
      rows: cost.map { cost in
        [
          .text(cost.quantity.title), cost.quantity.cell(cost.current),
          cost.median.map(cost.quantity.cell) ?? .missing, .integer(cost.nights),
          cost.isWarning ? .text("warning") : .missing,
        ]
      })
  }

  /// What was found, what changed, what to do.
  package var sentences: [String] {
    var sentences = findings.map(\.sentence)
    if findings.isEmpty { sentences.append("pass: \(summary).") }
    sentences += notes + weakenings
    if !changedSettings.isEmpty {
      sentences.append(
        "Settings that are not those of the baseline: "
          + changedSettings.map { "\($0.name) \($0.before.display) is now \($0.after.display)" }
          .joined(separator: ", ") + ".")
    }
    if !newCells.isEmpty {
      sentences.append(
        "New cells, which the baseline cannot judge: "
          + newCells.map(\.label).joined(separator: "; ") + ".")
    }
    sentences += cost.compactMap(\.warning).map { "warning: \($0)." }
    return sentences + advice
  }

  private var advice: [String] {
    switch verdict {
    case .regression:
      if openJobs > 0 {
        return [
          "\(commands.failedRuns) lists the jobs that failed, \(commands.logs(of: "ID")) says more, "
            + "and \(commands.retry) runs them again."
        ]
      }
      guard baseline != nil, canBeBaseline else { return [] }
      return [
        "If a change that is wanted did this: \(commands.setBaseline(reason: "…")) makes it what "
          + "later nights are judged by."
      ]
    case .cannotJudge: return []
    case .pass:
      guard let better = checks.first(where: \.isImprovement) else { return [] }
      return [
        "\(better.measure) of \(better.cell.label) is better by "
          + "\(GateCheck.points(better.difference ?? 0)) points. So that this baseline does not "
          + "hide a later loss: \(commands.setBaseline(reason: "better \(better.measure)"))"
      ]
    }
  }

  private var document: JSONValue {
    .object([
      .init("verdict", .string(verdict.rawValue)), .init("summary", .string(summary)),
      .init("sweep", .string(launch.sweepName)), .init("launch_id", .string(launch.id)),
      .init("started_at", .string(launch.startedAt.description)),
      .init("host", .string(launch.host)), .init("baseline", JSONValue(baseline)),
      .init("checks", .array(checks.map(\.record))), .init("cost", .array(cost.map(\.record))),
      .init("bits", bits.record), .init("findings", .array(findings.map(\.record))),
      .init("new_cells", .array(newCells.map(\.record))),
      .init("gone_cells", .array(goneCells.map(\.record))),
      .init("changed_settings", .array(changedSettings.map(\.record))),
      .init("notes", .array(sentences.map(JSONValue.string))),
    ])
  }
}

extension GateFinding {
  fileprivate var record: JSONValue {
    [
      "verdict": .string(verdict.rawValue), "subject": .string(subject.rawValue),
      "text": .string(text), "advice": JSONValue(advice),
    ]
  }
}

extension GateJudgement.ChangedSetting {
  fileprivate var record: JSONValue {
    ["name": .string(name), "baseline": JSONValue(before), "current": JSONValue(after)]
  }
}

extension JSONValue {
  fileprivate init(_ baseline: BaselineRecord?) {
    guard let baseline else {
      self = .null
      return
    }
    self = [
      "name": .string(baseline.name), "baseline_id": .string(baseline.id),
      "sweep": .string(baseline.sweep), "launch_id": .string(baseline.launchID),
      "started_at": .string(baseline.startedAt), "at": .string(baseline.at),
    ]
  }
}

extension GateCheck {
  fileprivate var record: JSONValue {
    .object([
      .init("measure", .string(measure)), .init("cell", cell.record),
      .init("label", .string(cell.label)), .init("reference", .string(reference.rawValue)),
      .init("method", .string(method.rawValue)), .init("seeds", .integer(seeds)),
      .init("baseline", JSONValue(before)), .init("current", JSONValue(now)),
      .init("difference", JSONValue(difference)), .init("low", JSONValue(low)),
      .init("high", JSONValue(high)), .init("p", JSONValue(estimate?.pOfLoss)),
      .init("p_corrected", JSONValue(correctedP)), .init("margin", .number(margin)),
      .init("seeds_needed", JSONValue(seedsNeeded)), .init("obstacle", JSONValue(obstacle)),
      .init("verdict", .string(verdict.rawValue)),
    ])
  }
}

extension GateBits {
  fileprivate var record: JSONValue {
    [
      "compared": .integer(compared), "different": .integer(differences.count),
      "unknown": .integer(unknown),
      "differences": .array(
        differences.map {
          [
            "cell": $0.cell.record, "label": .string($0.cell.label), "seed": .integer($0.seed),
            "fold": JSONValue($0.fold), "job_key": .string($0.jobKey),
            "reference": .string($0.reference), "first_difference": .string($0.text),
          ]
        }),
    ]
  }
}

extension GateCost {
  fileprivate var record: JSONValue {
    [
      "quantity": .string(quantity.rawValue), "current": .number(current),
      "median": JSONValue(median), "nights": .integer(nights), "warning": .bool(isWarning),
    ]
  }
}

extension GateCost.Quantity {
  fileprivate var title: String {
    switch self {
    case .processorSecondsPerStep: "processor time per step"
    case .peakMemoryBytes: "peak memory of a job"
    }
  }

  fileprivate func cell(_ value: Double) -> ReportCell {
    switch self {
    case .processorSecondsPerStep:
      .text(ReportCell.fixed(value * 1_000, decimals: 2) + " ms")
    case .peakMemoryBytes: .bytes(Int(value))
    }
  }
}
