package import Store

/// What came into a store from another one.
package enum MergeReport {
  package static func report(_ result: MergeResult, of other: String, into path: String) -> Report {
    let rows: [(name: String, title: String, value: ReportCell)] = [
      ("sweeps_added", "sweeps added", .integer(result.sweepsAdded)),
      ("launches_added", "launches added", .integer(result.launchesAdded)),
      ("jobs_added", "jobs added", .integer(result.jobsAdded)),
      ("runs_added", "runs added", .integer(result.runsAdded)),
      ("runs_updated", "runs brought up to date", .integer(result.runsUpdated)),
      ("runs_replaced", "waiting runs replaced", .integer(result.runsReplaced)),
      ("weights_added", "weights added", .integer(result.weightFilesAdded)),
      ("weight_bytes_added", "bytes of weights added", .bytes(result.weightBytesAdded)),
      ("nights_added", "nights added", .integer(result.nightsAdded)),
      ("baselines_added", "baselines added", .integer(result.baselinesAdded)),
      ("conflicts", "conflicts", .integer(result.conflicts.count)),
    ]
    var notes = result.conflicts.map(note)
    if !result.conflicts.isEmpty {
      notes.append(
        "These jobs were computed twice under one numerics identity and should have the same "
          + "bits. Both runs are kept; rll-sweep verify says which of them can be had again")
    } else if result.changesNothing {
      notes.append("\(path) had everything that \(other) holds")
    }
    return Report(
      sections: [
        Report.Section(
          table: ReportTable(
            columns: [.init("name"), .init("value")],
            rows: rows.map { [.text($0.title), $0.value] }
          ), hasHeader: false, notes: notes)
      ],
      data: ReportTable(
        columns: rows.dropLast().map { ReportTable.Column($0.name) },
        rows: [rows.dropLast().map(\.value)]),
      document: .object(
        [.init("store", .string(path)), .init("other", .string(other))]
          + rows.dropLast().map { JSONValue.Member($0.name, $0.value.json) }
          + [.init("conflicts", .array(result.conflicts.map(record)))]))
  }

  private static func note(_ conflict: MergeResult.Conflict) -> String {
    let runs =
      conflict.runID == conflict.otherRunID
      ? "the run \(conflict.runID) differs between the stores, and this store's stays"
      : "the runs \(conflict.runID) (here) and \(conflict.otherRunID) (there) differ"
    return "conflict: job \(conflict.jobKey.prefix(12))…: \(runs): \(conflict.difference)"
  }

  private static func record(_ conflict: MergeResult.Conflict) -> JSONValue {
    [
      "job_key": .string(conflict.jobKey), "run_id": .string(conflict.runID),
      "other_run_id": .string(conflict.otherRunID), "difference": .string(conflict.difference),
    ]
  }
}
