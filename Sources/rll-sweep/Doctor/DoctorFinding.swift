import Reports

/// One thing that was looked at.
struct DoctorFinding {
  enum State: String {
    case ok, warning
    /// It would keep a launch from working.
    case problem
  }

  /// What programs call it.
  let name: String
  let title: String
  let value: String
  var state = State.ok
  /// What to do, where all is not well.
  var advice: String?

  static func report(_ findings: [DoctorFinding]) -> Report {
    let table = ReportTable(
      columns: [
        .init("name", title: ""), .init("value", title: ""), .init("state", title: ""),
      ],
      rows: findings.map { [.text($0.title), .text($0.value), .text($0.state.rawValue)] })
    let data = ReportTable(
      columns: ["name", "value", "state", "advice"].map { ReportTable.Column($0) },
      rows: findings.map {
        [
          .text($0.name), .text($0.value), .text($0.state.rawValue),
          $0.advice.map(ReportCell.text) ?? .missing,
        ]
      })
    let notes = findings.filter { $0.state != .ok }.map { finding in
      "\(finding.state.rawValue): \(finding.title): \(finding.value)"
        + (finding.advice.map { ". \($0)" } ?? "") + "."
    }
    return Report(
      sections: [Report.Section(table: table, hasHeader: false, notes: notes)], data: data,
      document: [
        "ok": .bool(!findings.contains { $0.state == .problem }),
        "checks": .array(data.records),
      ])
  }
}
