package import Store

/// What people have written to runs.
package enum AnnotationReport {
  package static func tags(of runs: [RunSummary]) -> Report {
    report(runs, "tags") { run in
      run.tags.isEmpty ? .missing : .text(run.tags.joined(separator: ", "))
    } record: { run in
      .array(run.tags.map(JSONValue.string))
    }
  }

  package static func notes(of runs: [RunSummary]) -> Report {
    report(runs, "note") { run in
      run.note.map(ReportCell.text) ?? .missing
    } record: { run in
      JSONValue(run.note)
    }
  }

  private static func report(
    _ runs: [RunSummary], _ name: String, cell: (RunSummary) -> ReportCell,
    record: (RunSummary) -> JSONValue
  ) -> Report {
    Report(
      table: ReportTable(
        columns: [.init("run_id"), .init(name)], rows: runs.map { [.text($0.id), cell($0)] }),
      records: runs.map { .object([.init("run_id", .string($0.id)), .init(name, record($0))]) })
  }
}
