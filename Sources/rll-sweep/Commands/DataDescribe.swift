import ArgumentParser
import CommandSupport
import Datasets
import Reports

struct DataDescribe: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "describe",
    abstract: "Shows what a feature file holds, and what is wrong with it.",
    discussion: """
      Example:
        rll-sweep data describe features.h5
      """)

  @Argument(help: "An HDF5 file with features and labels.")
  var file: String

  @OptionGroup var output: OutputOptions

  func run() throws {
    let description = try FeatureFileDescription(of: FeatureFile(path: file))
    try output.print(description.report)
  }
}

extension FeatureFileDescription {
  fileprivate var report: Report {
    Report(
      sections: [
        Report.Section(
          title: "\(file): \(layout), digest \(digest.prefix(16))…", table: levelTable),
        Report.Section(
          table: splitTable,
          notes: ["protocol: \(protocolText)"]
            + (problems.isEmpty ? ["No problems found."] : problems.map { "problem: \($0)" })),
      ],
      data: levelTable, document: document)
  }

  private var protocolText: String {
    guard let queryRows, let galleryRows else { return retrievalProtocol.rawValue }
    return "\(retrievalProtocol.rawValue), \(Counted(queryRows, "query row")) and "
      + "\(Counted(galleryRows, "gallery row"))"
  }

  private var levelTable: ReportTable {
    ReportTable(
      columns: ["level", "dimension", "type", "mapped", "digest"].map { ReportTable.Column($0) },
      rows: levels.map { level in
        [
          .text(level.level), .integer(level.dimension), .text(level.type),
          .text(level.mapped ? "yes" : "no"), .text(level.digest),
        ]
      })
  }

  private var splitTable: ReportTable {
    let columns = ["split", "rows", "classes", "smallest_class", "largest_class"]
    return ReportTable(
      columns: columns.map { ReportTable.Column($0, title: $0.replacing("_", with: " ")) },
      rows: splits.map { split in
        [
          .text(split.split), .integer(split.rows), .integer(split.classes),
          .integer(split.smallestClass), .integer(split.largestClass),
        ]
      })
  }

  private var document: JSONValue {
    .document([
      .init("file", .string(file)), .init("digest", .string(digest)),
      .init("layout", .string(layout)),
      .init(
        "levels",
        .array(
          levels.map { level in
            [
              "level": .string(level.level), "dimension": .integer(level.dimension),
              "type": .string(level.type), "mapped": .bool(level.mapped),
              "digest": .string(level.digest),
            ]
          })),
      .init("splits", .array(splitTable.records)),
      .init("protocol", .string(retrievalProtocol.rawValue)),
      .init("query_rows", queryRows.map(JSONValue.integer) ?? .null),
      .init("gallery_rows", galleryRows.map(JSONValue.integer) ?? .null),
      .init("problems", .array(problems.map(JSONValue.string))),
    ])
  }
}
