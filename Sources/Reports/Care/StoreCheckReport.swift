package import Store

/// What a check of a store found.
package enum StoreCheckReport {
  package static func report(_ condition: StoreCondition, path: String) -> Report {
    let damage = condition.damage.count
    let remarks = condition.problems.count - damage
    let verdict =
      damage > 0
      ? "damaged: \(Counted(damage, "problem"))"
      : remarks > 0 ? "sound, with \(Counted(remarks, "remark"))" : "sound"
    let rows: [(String, ReportCell)] = [
      ("store", .text(path)), ("schema", .integer(condition.schemaVersion)),
      ("runs", .integer(condition.runs)), ("weights", .integer(condition.weightFiles)),
      ("bytes of weights", .bytes(condition.weightBytes)), ("verdict", .text(verdict)),
    ]
    let overview = ReportTable(
      columns: [.init("name"), .init("value")], rows: rows.map { [.text($0.0), $0.1] })
    return Report(
      sections: [
        Report.Section(
          table: overview, hasHeader: false,
          notes: condition.problems.map { "\($0.severity.rawValue): \($0.text). \($0.advice)." })
      ],
      data: data(condition.problems), document: document(condition, path: path))
  }

  private static func data(_ problems: [StoreProblem]) -> ReportTable {
    ReportTable(
      columns: ["severity", "kind", "problem", "advice"].map { ReportTable.Column($0) },
      rows: problems.map {
        [.text($0.severity.rawValue), .text($0.kind.rawValue), .text($0.text), .text($0.advice)]
      })
  }

  private static func document(_ condition: StoreCondition, path: String) -> JSONValue {
    [
      "store": .string(path), "sound": .bool(condition.damage.isEmpty),
      "store_schema": .integer(condition.schemaVersion), "runs": .integer(condition.runs),
      "weights": .integer(condition.weightFiles),
      "weight_bytes": .integer(condition.weightBytes),
      "problems": .array(data(condition.problems).records),
    ]
  }
}
