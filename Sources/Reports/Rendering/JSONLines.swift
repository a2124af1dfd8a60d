/// One JSON object on each line.
enum JSONLines {
  static func text(of report: Report) -> String {
    report.records.map { $0.compactText + "\n" }.joined()
  }
}
