package import Store
import Sweeps

/// Two runs side by side on each test class: where they differ.
package struct RunClasses: Sendable {
  /// One test class.
  package struct Line: Sendable, Hashable {
    package let name: String
    package let queries: Int
    /// Recall@1 and MAP@R of each run; nil where there is nothing to find.
    package let recall: [Double?]
    package let precision: [Double?]

    /// First minus second run, by MAP@R.
    package var difference: Double? {
      guard let first = precision[0], let second = precision[1] else { return nil }
      return first - second
    }
  }

  package let runs: [RunSummary]
  /// The greatest differences first.
  package let lines: [Line]
  /// Of the difference of MAP@R, over the classes.
  package let interval: ClassBootstrap.Interval?
  private let mean: Double

  private static let measures = ["test/recall@1", "test/map@r"]
  private static let shownLines = 20

  /// Throws where these are not two runs with outcomes of the same queries.
  package init(_ runs: [RunSummary], outcomes: [String: QueryOutcomes]) throws {
    guard runs.count == 2 else {
      throw ReportError(
        .tooFewRuns, "--per-class compares two runs, not \(runs.count); name two of them")
    }
    let figures = try runs.map { run in
      guard let figures = outcomes[run.id].flatMap({ ClassFigures([$0]) }) else {
        throw ReportError(
          .nothingThere,
          "the store has no outcomes of queries of run \(run.id.prefix(8))"
            + (run.state == .completed
              ? ", which was computed before they were kept. Run its job again with rll-sweep "
                + "launch --fresh" : ", which is \(run.state.rawValue)"))
      }
      return figures
    }
    guard figures[0].classes.hasSameQueries(as: figures[1].classes),
      let difference = figures[0].series(of: Self.measures[1], minus: figures[1])
    else {
      throw ReportError(
        .otherData, "the two runs were tested on other queries; their classes do not compare")
    }
    self.runs = runs
    interval = ClassBootstrap.intervals(of: [difference])[0]
    mean = difference.numerators.reduce(0, +) / difference.denominators.reduce(0, +)
    lines = Self.lines(figures).enumerated().sorted { first, second in
      let sizes = [first, second].map { abs($0.element.difference ?? 0) }
      return sizes[0] == sizes[1] ? first.offset < second.offset : sizes[0] > sizes[1]
    }.map(\.element)
  }

  private static func lines(_ figures: [ClassFigures]) -> [Line] {
    let classes = figures[0].classes
    let series = measures.map { measure in figures.map { $0.series(of: measure) } }
    let sizes = Dictionary(grouping: classes.placeNumbers) { $0 }.mapValues(\.count)
    return classes.names.indices.filter { sizes[$0] != nil }.map { place in
      func values(_ measure: Int) -> [Double?] {
        series[measure].map { series in
          guard let series, series.denominators[place] > 0 else { return nil }
          return series.numerators[place] / series.denominators[place]
        }
      }
      return Line(
        name: classes.names[place], queries: sizes[place] ?? 0, recall: values(0),
        precision: values(1))
    }
  }

  // MARK: As people and programs see it

  package var report: Report {
    let ids = runs.map { String($0.id.prefix(8)) }
    let names = ids[0] == ids[1] ? ["first", "second"] : ids
    return Report(
      sections: [
        Report.Section(table: table(Array(lines.prefix(Self.shownLines)), names), notes: notes)
      ], data: table(lines, names), document: document)
  }

  private func table(_ lines: [Line], _ names: [String]) -> ReportTable {
    let measures = [("recall@1", "R@1"), ("map@r", "MAP@R")].flatMap { name, title in
      names.map { ReportTable.Column("\(name) \($0)", title: "\(title) \($0)") }
    }
    return ReportTable(
      columns: [.init("class"), .init("queries")] + measures + [.init("difference")],
      rows: lines.map { line in
        [.text(line.name), .integer(line.queries)]
          + (line.recall + line.precision + [line.difference]).map {
            $0.map(ReportCell.ratio) ?? .missing
          }
      })
  }

  private var notes: [String] {
    let differences = lines.compactMap(\.difference)
    let better = differences.count { $0 > 0 }
    let worse = differences.count { $0 < 0 }
    var text =
      "By MAP@R \(runs[0].id.prefix(8)) is better on \(better) of \(Counted(lines.count, "class", plural: "classes")), "
      + "\(runs[1].id.prefix(8)) on \(worse); the mean difference is "
      + ReportCell.ratio(mean).shownText
    if let interval {
      text +=
        ", over the test classes \(ReportCell.ratio(interval.low).shownText) to "
        + "\(ReportCell.ratio(interval.high).shownText) (95 %, bootstrap of classes)"
    }
    let hidden = lines.count - Self.shownLines
    return [text + "."]
      + (hidden > 0
        ? ["\(Counted(hidden, "class", plural: "classes")) more in --format csv."] : [])
  }

  private var document: JSONValue {
    .object([
      .init("runs", .array(runs.map { .string($0.id) })),
      .init(
        "difference",
        [
          "measure": "test/map@r", "mean": .number(mean), "low": JSONValue(interval?.low),
          "high": JSONValue(interval?.high),
        ]),
      .init(
        "classes",
        .array(
          lines.map { line in
            [
              "class": .string(line.name), "queries": .integer(line.queries),
              "recall@1": .array(line.recall.map { JSONValue($0) }),
              "map@r": .array(line.precision.map { JSONValue($0) }),
              "difference": JSONValue(line.difference),
            ]
          })),
      .init("notes", .array(notes.map(JSONValue.string))),
    ])
  }
}
