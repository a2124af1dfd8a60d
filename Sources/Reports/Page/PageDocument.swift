package import Foundation

/// What a page is about, as JSON for its program.
package struct PageDocument: Sendable {
  /// Name and version of the program that wrote it.
  package var program: String
  package var writtenAt: Date
  /// Whether the page asks a server for changes.
  package var isLive = false
  /// Which state of the store it shows.
  package var version = 0
  /// Sweeps that the server could show instead.
  package var otherSweeps: [String] = []
  package var sources: [PageSource]

  package init(program: String, writtenAt: Date, sources: [PageSource]) {
    self.program = program
    self.writtenAt = writtenAt
    self.sources = sources
  }

  /// Quantiles of Student's t for more degrees of freedom than this hardly differ.
  private static let studentQuantiles = 200

  package var json: JSONValue {
    .document([
      .init("program", .string(program)),
      .init("written_at", .string(writtenAt.ISO8601Format())),
      .init("live", .bool(isLive)), .init("version", .integer(version)),
      .init("other_sweeps", .array(otherSweeps.map(JSONValue.string))),
      .init(
        "student",
        .array(
          (1...Self.studentQuantiles).map {
            let student = StudentDistribution(degreesOfFreedom: Double($0))
            return .number(student.halfWidth(containing: CellStatistics.confidence))
          })),
      .init("sweeps", .array(sources.map(\.record))),
    ])
  }

  /// The names of its sweeps, for the title of a window.
  package var title: String { sources.map(\.title).joined(separator: ", ") }
}
