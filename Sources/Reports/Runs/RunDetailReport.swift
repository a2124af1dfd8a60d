package import Store
import Sweeps

/// Everything about one run, in sections.
package struct RunDetailReport: Sendable {
  /// More of a log than this is asked for as JSON.
  private static let logLines = 20

  private let detail: RunDetail

  package init(_ detail: RunDetail) {
    self.detail = detail
  }

  package var report: Report {
    let parts: [(String, ReportTable)] = [
      ("Run", overview), ("Settings", settings), ("Measures", measures),
      ("Checkpoints", checkpoints), ("Attempts", attempts), ("How it came to be", provenance),
      ("Sweep file", sweepFile), ("Environment", environment), ("Log", log),
    ]
    let withHeader: Set = ["Settings", "Checkpoints", "Attempts"]
    let sections = parts.filter { !$0.1.rows.isEmpty }.map { title, table in
      Report.Section(
        title: title == "Log" ? logTitle : title, table: table,
        hasHeader: withHeader.contains(title))
    }
    return Report(sections: sections, data: data, document: detail.record)
  }

  private static func pairs(_ rows: [(String, ReportCell)]) -> ReportTable {
    ReportTable(
      columns: [.init("name"), .init("value")],
      rows: rows.filter { $0.1 != .missing }.map { [.text($0.0), $0.1] })
  }

  private var overview: ReportTable {
    let run = detail.summary
    let fields = RunField.allCases.map { ($0.rawValue, $0.cell(of: run)) }
    let tags = run.tags.isEmpty ? ReportCell.missing : .text(run.tags.joined(separator: ", "))
    return Self.pairs(fields + [("tags", tags)])
  }

  private var settings: ReportTable {
    ReportTable(
      columns: [.init("name"), .init("value"), .init("source")],
      rows: detail.summary.settings.sorted { $0.key < $1.key }.map { name, value in
        [.text(name), .text(value.display), .text(source(of: name))]
      })
  }

  private func source(of setting: String) -> String {
    switch detail.origins[setting] {
    case .defaults, nil: "default"
    case .line(let line): "line \(line)"
    case .commandLine: "--set"
    }
  }

  private var measures: ReportTable {
    Self.pairs(
      detail.summary.metrics.sorted { $0.key < $1.key }.map {
        ($0.key, Measure($0.key).cell($0.value))
      })
  }

  private var checkpoints: ReportTable {
    ReportTable(
      columns: [.init("step"), .init("kind"), .init("bytes"), .init("sha256")],
      rows: detail.checkpoints.map {
        [.integer($0.step), .text($0.kind), .bytes($0.bytes), .text($0.sha256)]
      })
  }

  private var attempts: ReportTable {
    let hasSlurmTasks = detail.attempts.contains { $0.slurmTask != nil }
    return ReportTable(
      columns: [
        .init("position", title: "attempt"), .init("state"), .init("started_at"),
        .init("finished_at"), .init("exit_status"), .init("reason"), .init("message"),
      ] + (hasSlurmTasks ? [.init("slurm_task", title: "Slurm task")] : []),
      rows: detail.attempts.map { attempt in
        let texts = [attempt.finishedAt, attempt.exitStatus, attempt.reason, attempt.message]
        return [.integer(attempt.position), .text(attempt.state), .text(attempt.startedAt)]
          + (texts + (hasSlurmTasks ? [attempt.slurmTask] : [])).map {
            $0.map(ReportCell.text) ?? .missing
          }
      })
  }

  private var provenance: ReportTable {
    let launch = detail.launch
    let digests = detail.summary.dataDigests.sorted { $0.key < $1.key }.map {
      ("data digest of \($0.key)", ReportCell.text($0.value))
    }
    return Self.pairs(
      [
        ("command line", .text(launch.commandLine.joined(separator: " "))),
        ("sweep file", .text(launch.file)), ("its sha256", .text(launch.textDigest)),
        ("description", launch.sweepDescription.map(ReportCell.text) ?? .missing),
        ("launch", .text(launch.id)), ("launched at", .text(launch.startedAt.description)),
        ("by process", .text("\(launch.processID) on \(launch.host)")),
        ("objective", .text("\(launch.objective.metric), \(launch.objective.goal.rawValue)")),
      ] + digests)
  }

  /// The text that the launch read, under its line numbers, which the settings name.
  private var sweepFile: ReportTable {
    let lines = detail.launch.text.split(separator: "\n", omittingEmptySubsequences: false)
    let shown = lines.last == "" ? lines.dropLast() : lines
    return ReportTable(
      columns: [.init("line"), .init("text")],
      rows: shown.enumerated().map { [.integer($0 + 1), .text(String($1))] })
  }

  private var environment: ReportTable {
    Self.pairs(detail.environment.sorted { $0.key < $1.key }.map { ($0.key, .text($0.value)) })
  }

  private var allLogLines: [Substring] {
    let text = detail.attempts.last { $0.log != nil }?.log ?? ""
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    return lines.last == "" ? lines.dropLast() : lines
  }

  private var logTitle: String {
    let count = allLogLines.count
    return count > Self.logLines ? "Log (the last \(Self.logLines) of \(count) lines)" : "Log"
  }

  private var log: ReportTable {
    ReportTable(
      columns: [.init("line")],
      rows: allLogLines.suffix(Self.logLines).map { [.text(String($0))] })
  }

  /// All sections as rows of names and values.
  private var data: ReportTable {
    func rows(_ section: String, _ table: ReportTable) -> [[ReportCell]] {
      table.rows.map { [.text(section), $0[0], $0[1], $0.count > 2 ? $0[2] : .missing] }
    }
    let ends = detail.attempts.map { attempt in
      [
        ReportCell.text("attempt"), .integer(attempt.position), .text(attempt.state),
        attempt.exitStatus.map(ReportCell.text) ?? .missing,
      ]
    }
    let text = [
      [ReportCell.text("provenance"), .text("sweep text"), .text(detail.launch.text), .missing]
    ]
    let weights = detail.checkpoints.map {
      [ReportCell.text("checkpoint"), .text($0.kind), .text($0.sha256), .text("step \($0.step)")]
    }
    return ReportTable(
      columns: [.init("section"), .init("name"), .init("value"), .init("source")],
      rows: rows("run", overview) + rows("setting", settings) + rows("measure", measures)
        + weights + ends + rows("provenance", provenance) + text + rows("environment", environment))
  }
}
