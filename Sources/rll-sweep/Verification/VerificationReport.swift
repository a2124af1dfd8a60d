import Reports

/// What `verify` prints.
struct VerificationReport {
  let verifications: [Verification]

  var report: Report {
    let columns = ["run_id", "identical", "openblas_core", "first_difference"]
    let table = ReportTable(
      columns: columns.map { ReportTable.Column($0, title: $0.replacing("_", with: " ")) },
      rows: verifications.map { verification in
        [
          .text(verification.runID), .text(verification.difference == nil ? "yes" : "no"),
          verification.coreName.map { .text($0) } ?? .missing,
          verification.difference.map { .text($0.text) } ?? .missing,
        ]
      })
    return Report(table: table, records: verifications.map(Self.record), notes: notes)
  }

  private static func record(_ verification: Verification) -> JSONValue {
    .object([
      .init("run_id", .string(verification.runID)),
      .init("identical", .bool(verification.difference == nil)),
      .init("first_difference", verification.difference?.json ?? .null),
      .init(
        "environment_difference",
        .array(
          verification.changes.map { change in
            [
              "name": .string(change.name), "stored": JSONValue(change.stored),
              "computed": JSONValue(change.computed),
            ]
          })),
      .init("openblas_core", JSONValue(verification.coreName)),
    ])
  }

  /// Of each run that differs in anything, what differs in whole sentences; then the count.
  private var notes: [String] {
    let identical = verifications.count { $0.difference == nil }
    return verifications.flatMap(Self.notes) + [
      "\(identical) of \(Counted(verifications.count, "run")) identical, bit for bit."
    ]
  }

  private static func notes(on verification: Verification) -> [String] {
    let id = verification.runID.prefix(8)
    let changes = verification.changes.map { change in
      "\(id): \(change.name) was \(change.stored.map { "'\($0)'" } ?? "not recorded"), now it is "
        + "\(change.computed.map { "'\($0)'" } ?? "not there")."
    }
    guard let difference = verification.difference else { return changes }
    let same =
      changes.isEmpty ? ["\(id): numerics identity and environment are those of the run."] : []
    return ["\(id): \(difference.text)."] + changes + same
  }
}
