package import Foundation
package import Store
import Sweeps

/// Runs as the files of MLflow's file store, which `mlflow ui --backend-store-uri DIR` opens.
///
/// A sweep is an experiment, settings are parameters, histories are metrics. What a run has in the
/// end, at the step that its validation picked, stands under `final/`: MLflow's own last value of
/// a metric is that of the last step. MLflow's names have no `@`, so that `recall@1` is
/// `recall_at_1`. What else is known of a run are tags.
/// Source of the layout: mlflow/store/tracking/file_store.py of MLflow 2.
package struct MLflowDirectory: Sendable {
  /// Whole path of the directory, which MLflow keeps as the place of artifacts.
  private let root: String

  package init(root: String) {
    self.root = root
  }

  /// The file that makes a folder an experiment.
  package func experiment(_ sweep: SweepSummary) -> InterchangeFile {
    let id = Self.experimentID(of: sweep.id)
    return InterchangeFile(
      "\(id)/meta.yaml",
      text: Self.yaml([
        ("artifact_location", "'\(location(id))'"),
        ("creation_time", Self.milliseconds(sweep.launch.startedAt.description)),
        ("experiment_id", "'\(id)'"),
        (
          "last_update_time", Self.milliseconds(sweep.endedAt ?? sweep.launch.startedAt.description)
        ),
        ("lifecycle_stage", "active"), ("name", SettingValue.quoted(sweep.name)),
      ]))
  }

  /// All files of a run of a sweep; weights, where given, are its artifacts.
  package func files(
    of run: InterchangeRun, sweepID: String, weights: [(kind: String, content: Data)] = []
  ) -> [InterchangeFile] {
    let folder = "\(Self.experimentID(of: sweepID))/\(run.summary.id)"
    var files = [InterchangeFile("\(folder)/meta.yaml", text: meta(of: run, in: folder))]
    files += run.summary.settings.sorted { $0.key < $1.key }.map { name, value in
      InterchangeFile("\(folder)/params/\(name)", text: value.display)
    }
    files += Self.tags(of: run).map { InterchangeFile("\(folder)/tags/\($0)", text: $1) }
    files += Self.metrics(of: run).map { InterchangeFile("\(folder)/metrics/\($0)", text: $1) }
    return files
      + weights.map { InterchangeFile("\(folder)/artifacts/\($0).safetensors", $1) }
  }

  /// The sweep's id as the decimal number that MLflow expects, in 63 bits.
  static func experimentID(of sweepID: String) -> String {
    String((UInt64(sweepID, radix: 16) ?? 0) >> 1)
  }

  private func location(_ path: String) -> String {
    let whole = root + "/" + path
    return "file://"
      + (whole.addingPercentEncoding(withAllowedCharacters: .urlPathAllowed) ?? whole)
      .escaping(["'": "%27"])
  }

  private func meta(of run: InterchangeRun, in folder: String) -> String {
    let summary = run.summary
    return Self.yaml([
      ("artifact_uri", "'\(location(folder))/artifacts'"),
      ("end_time", Self.milliseconds(summary.finishedAt)), ("entry_point_name", "''"),
      ("experiment_id", "'\(folder.prefix { $0 != "/" })'"), ("lifecycle_stage", "active"),
      ("run_id", "'\(summary.id)'"), ("run_name", SettingValue.quoted(Self.name(of: summary))),
      ("run_uuid", "'\(summary.id)'"), ("source_name", "''"), ("source_type", "4"),
      ("source_version", "''"), ("start_time", Self.milliseconds(summary.startedAt)),
      ("status", Self.status(of: summary.state)), ("tags", "[]"), ("user_id", "rll-sweep"),
    ])
  }

  private static func name(of run: RunSummary) -> String { "\(run.id.prefix(8)) seed \(run.seed)" }

  /// MLflow's numbers of states.
  private static func status(of state: RunState) -> String {
    switch state {
    case .running: "1"
    case .pending: "2"
    case .completed: "3"
    case .failed: "4"
    case .cancelled, .interrupted: "5"
    }
  }

  private static func milliseconds(_ moment: String?) -> String {
    InterchangeRun.date(moment).map { String(Int64(($0.timeIntervalSince1970 * 1_000).rounded())) }
      ?? "null"
  }

  private static func yaml(_ lines: [(String, String)]) -> String {
    lines.map { "\($0): \($1)\n" }.joined()
  }

  private static func tags(of run: InterchangeRun) -> [(String, String)] {
    let summary = run.summary
    var tags = [
      ("mlflow.runName", name(of: summary)), ("mlflow.source.name", run.detail.launch.file),
      ("mlflow.source.type", "LOCAL"), ("mlflow.user", "rll-sweep"),
      ("sweep", summary.sweep), ("job_key", summary.jobKey), ("state", summary.state.rawValue),
      ("sweep_sha256", run.detail.launch.textDigest),
      ("command_line", run.detail.launch.commandLine.joined(separator: " ")),
    ]
    if let commit = run.detail.environment["program_commit"] {
      tags.append(("mlflow.source.git.commit", commit))
    }
    if let note = summary.note { tags.append(("mlflow.note.content", note)) }
    if let error = summary.error { tags.append(("error", error)) }
    if let step = summary.selectedStep { tags.append(("selected_step", String(step))) }
    if !summary.tags.isEmpty { tags.append(("tags", summary.tags.joined(separator: ", "))) }
    tags += summary.dataDigests.sorted { $0.key < $1.key }.map { ("data_digest.\($0)", $1) }
    tags += run.detail.environment.sorted { $0.key < $1.key }.map { ("environment.\($0)", $1) }
    return tags.map { (validName($0.0), $0.1) }
  }

  /// Lines of `time value step`. The store keeps no time of a point; the run's end stands for it.
  private static func metrics(of run: InterchangeRun) -> [(String, String)] {
    let summary = run.summary
    let time = milliseconds(summary.finishedAt ?? summary.startedAt ?? summary.createdAt)
    var lines: [String: String] = [:]
    for point in run.history {
      lines[validName(point.name), default: ""] += "\(time) \(number(point.value)) \(point.step)\n"
    }
    for (name, value) in summary.metrics {
      lines["final/" + validName(name)] =
        "\(time) \(number(value)) \(summary.selectedStep ?? 0)\n"
    }
    return lines.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
  }

  private static func number(_ value: Double) -> String {
    value.isNaN ? "nan" : SettingValue.shortest(value)
  }

  /// A name of letters, digits and `_-. :/` alone, as MLflow has them.
  static func validName(_ name: String) -> String {
    let named = name.replacing("@", with: "_at_")
    return String(
      named.map { character in
        character.isASCII
          && (character.isLetter || character.isNumber || "_-. :/".contains(character))
          ? character : "_"
      })
  }
}
