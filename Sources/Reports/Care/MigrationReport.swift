/// From which schema to which a store was brought, and where it is as it was before.
package enum MigrationReport {
  package static func report(path: String, from: Int?, to: Int, backups: [String]) -> Report {
    let rows: [(String, ReportCell)] =
      [
        ("store", .text(path)), ("schema before", .integer(from ?? to)),
        ("schema now", .integer(to)),
      ] + backups.map { ("backup", .text($0)) }
    let table = ReportTable(
      columns: [.init("name"), .init("value")], rows: rows.map { [.text($0.0), $0.1] })
    return Report(
      sections: [
        Report.Section(
          table: table, hasHeader: false,
          notes: from == nil ? ["The schema was current; nothing was changed"] : [])
      ],
      data: table,
      document: [
        "store": .string(path), "from": .integer(from ?? to), "to": .integer(to),
        "backups": .array(backups.map(JSONValue.string)),
      ])
  }
}
