package import Store

/// What was removed from a store, or would be.
package enum CleaningReport {
  /// `returnedBytes` are those that compacting the file gave back to the disk; nil: not done.
  package static func report(
    _ result: CleaningResult, isDryRun: Bool, returnedBytes: Int?
  ) -> Report {
    let rows: [(name: String, title: String, count: Int, bytes: Int?)] = [
      ("runs", "runs", result.runs.count, nil),
      ("checkpoints", "checkpoints of runs that stay", result.checkpoints, nil),
      ("weights", "weights that no run refers to", result.weightFiles, result.weightBytes),
      ("texts", "texts that nothing refers to", result.texts, nil),
      ("run_folders", "run folders", result.folders, result.folderBytes),
    ]
    let table = ReportTable(
      columns: [
        .init("what", title: isDryRun ? "would go" : "gone"), .init("count"), .init("bytes"),
      ],
      rows: rows.map {
        [.text($0.title), .integer($0.count), $0.bytes.map(ReportCell.bytes) ?? .missing]
      })
    let document: [JSONValue.Member] =
      [.init("dry_run", .bool(isDryRun))]
      + rows.flatMap { row in
        [JSONValue.Member(row.name, .integer(row.count))]
          + (row.bytes.map { [.init(singular(row.name) + "_bytes", .integer($0))] } ?? [])
      }
      + [
        .init("returned_bytes", JSONValue(returnedBytes)),
        .init(
          "removed_runs",
          .array(
            result.runs.map { ["run_id": .string($0.id), "reason": .string($0.reason)] })),
      ]
    return Report(
      sections: [
        Report.Section(
          table: table, notes: notes(result, isDryRun: isDryRun, returnedBytes: returnedBytes))
      ],
      data: table, document: .object(document))
  }

  private static func singular(_ name: String) -> String { String(name.dropLast()) }

  private static func notes(
    _ result: CleaningResult, isDryRun: Bool, returnedBytes: Int?
  ) -> [String] {
    let runs = result.runs.map { "run \($0.id.prefix(8))  \($0.reason)" }
    if isDryRun { return runs + ["Nothing was removed; leave out --dry-run to remove it"] }
    if let returnedBytes {
      return runs + ["The file is \(ReportCell.bytesText(returnedBytes)) smaller"]
    }
    let isFileEmptier = result.weightFiles + result.runs.count > 0
    return runs
      + (isFileEmptier
        ? ["The file keeps its size and uses the space again; --vacuum gives it back"] : [])
  }
}
