import ArgumentParser
import CommandSupport
import Datasets
import Reports

struct DataDescribe: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "describe",
    abstract: "Shows what a feature file holds, and what is wrong with it.",
    discussion: """
      Examples:
        rll-sweep data describe features.h5
        rll-sweep data describe train.h5 --test test.h5
        rll-sweep data describe --shards part1.h5 part2.h5
        rll-sweep data describe cub.h5 --set split='{classes: 0.5}'
      """)

  @OptionGroup var features: FeatureFileOptions
  @OptionGroup var output: OutputOptions

  func run() throws {
    let descriptions = try features.sources().map {
      try FeatureFileDescription(of: FeatureFile($0))
    }
    try output.print(features.report(descriptions.map { ($0.file, $0.report) }))
  }
}

extension FeatureFileDescription {
  fileprivate var report: Report {
    Report(
      sections: [
        Report.Section(
          title: "\(file): \(layout), digest \(digest.prefix(16))…", table: levelTable,
          notes: memoryNote.map { [$0] } ?? []),
        Report.Section(
          table: splitTable,
          notes: ["protocol: \(protocolText)"]
            + (problems.isEmpty ? ["No problems found."] : problems.map { "problem: \($0)" })),
      ],
      data: levelTable, document: document)
  }

  private var memoryNote: String? {
    let read = levels.filter { !$0.mapped }.map { level in
      "\(level.level) (\(ReportCell.bytes(level.memoryBytes).shownText))"
    }
    if read.isEmpty { return nil }
    return "Each worker reads \(read.joined(separator: ", ")) into memory; one contiguous float32 "
      + "dataset for each split would be mapped and shared."
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
      .init("file", .string(file)), .init("files", .array(files.map(JSONValue.string))),
      .init("digest", .string(digest)),
      .init("layout", .string(layout)),
      .init(
        "levels",
        .array(
          levels.map { level in
            [
              "level": .string(level.level), "dimension": .integer(level.dimension),
              "type": .string(level.type), "mapped": .bool(level.mapped),
              "memory_bytes": .integer(level.memoryBytes), "digest": .string(level.digest),
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
