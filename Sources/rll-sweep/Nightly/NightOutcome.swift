import CommandSupport
import Reports
import Runner
import Store

/// One night of one sweep: what was launched, how it was judged, and what else there is to say.
struct NightOutcome {
  let judgement: GateJudgement
  let launch: LaunchResult
  let folder: NightFolder
  /// Where a report page is among the reports.
  let hasPage: Bool
  /// Sentences about the night itself: one is missing, or time ran out.
  let remarks: [String]
  /// Why it or its reports could not be kept, as a sentence without its full stop.
  var problem: String?

  var verdict: GateVerdict { judgement.verdict }

  /// Whether nobody needs to hear of it.
  var isUneventful: Bool {
    verdict == .pass && allRemarks.isEmpty && !judgement.isRemarkable
  }

  private var allRemarks: [String] { [problem].compactMap(\.self) + remarks }

  var exit: CommandExit {
    switch verdict {
    case .regression: .regression
    case .pass where problem == nil: .done
    case .cannotJudge where problem == nil: .cannotJudge
    case .pass, .cannotJudge: .inputOutput
    }
  }

  /// As the subject of a mail.
  var headline: String {
    "\(verdict.title): \(launch.sweepName) on \(judgement.launch.host): \(gravest)"
  }

  private var gravest: String {
    PrintableText.oneLine(
      verdict == .pass ? allRemarks.first ?? judgement.summary : judgement.summary)
  }

  /// What cron mails: the headline, what else was found, and where to look further.
  var mail: String {
    let said = ["\(gravest).", "\(verdict.title): \(gravest)."]
    let sentences = (allRemarks.map { "\($0)." } + judgement.sentences)
      .map(PrintableText.oneLine).filter { !said.contains($0) }
    let details = sentences.isEmpty ? "" : sentences.joined(separator: "\n") + "\n\n"
    let places =
      problem == nil ? "Reports: \(reports.joined(separator: ", "))\n" : ""
    return """
      \(headline)

      \(details)\(places)To go on:
      \(commands.map { "  " + $0 }.joined(separator: "\n"))

      """
  }

  /// What a reader of the folder finds first.
  var markdown: String {
    let remarks = remarks.map { "- \($0).\n" }.joined()
    return "# \(launch.sweepName): \(verdict.title)\n\n"
      + (remarks.isEmpty ? "" : remarks + "\n") + judgement.report.text(as: .markdown)
  }

  var document: JSONValue {
    .document([
      .init("sweep", .string(launch.sweepName)), .init("verdict", .string(verdict.rawValue)),
      .init("remarks", .array(allRemarks.map(JSONValue.string))),
      .init("reports", .array((problem == nil ? reports : []).map(JSONValue.string))),
      .init("launch", launch.document),
      .init("gate", judgement.report.document),
    ])
  }

  private var reports: [String] {
    let kinds = NightFolder.Kind.allCases.filter { $0 != .page || hasPage }
    return kinds.map { NightlyOptions.absolute(folder.latest($0)) }
  }

  private var commands: [String] {
    let known = judgement.commands
    var commands = [known.gate, known.runs]
    commands += launch.failedRun.map { [known.logs(of: String($0.prefix(8)))] } ?? []
    if judgement.openJobs > 0 {
      commands.append(known.retry)
    } else if judgement.baseline == nil {
      commands += judgement.canBeBaseline ? [known.setBaseline()] : []
    } else if verdict == .pass, !judgement.newCells.isEmpty {
      commands.append(known.setBaseline(reason: "new cells"))
    }
    return commands
  }
}
