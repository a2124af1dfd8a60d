package import Store
import Sweeps

/// Runs that agree in some columns as one line each: how many there are, and their means.
///
/// Whatever else the runs of a group differ in is averaged over, so this counts and looks round;
/// it is no comparison of settings.
package struct RunGroups: Sendable {
  private struct Group: Sendable {
    var values: [SettingValue]
    var runs: [RunSummary]

    /// Numbers of a column, those that are there.
    func numbers(of column: RunColumn) -> [Double] {
      runs.compactMap { column.value(of: $0).number }
    }

    func statistics(of column: RunColumn) -> CellStatistics? {
      CellStatistics(numbers(of: column))
    }
  }

  private static let shownMeasures = ["validation/map@r", "test/recall@1", "test/map@r"]

  private let keys: [RunColumn]
  private let means: [RunColumn]
  private var groups: [Group]
  private var sortedBy: String?

  /// Groups in the order of their first runs. Without `columnNames`, the means are those of the
  /// usual measures.
  package init(
    _ runs: [RunSummary], by names: [String], columns: RunColumns, columnNames: [String] = []
  ) throws {
    keys = try names.map(columns.column(named:))
    means =
      try columnNames.isEmpty
      ? Self.shownMeasures.filter { name in runs.contains { $0.metrics[name] != nil } }
        .map(RunColumn.measure)
      : columnNames.map(columns.column(named:))
    groups = []
    var places: [[SettingValue]: Int] = [:]
    for run in runs {
      let values = keys.map { $0.value(of: run) }
      if let place = places[values] {
        groups[place].runs.append(run)
      } else {
        places[values] = groups.count
        groups.append(Group(values: values, runs: [run]))
      }
    }
  }

  /// By a column that they are grouped by, or the mean of any other; missing ones last.
  package func sorted(by column: RunColumn, isDescending: Bool) -> RunGroups {
    func value(_ group: Group) -> SettingValue {
      if let place = keys.firstIndex(of: column) { return group.values[place] }
      return group.statistics(of: column).map { .number($0.mean) } ?? .null
    }
    func isBefore(_ first: SettingValue, _ second: SettingValue) -> Bool {
      switch (first, second) {
      case (.null, _): false
      case (_, .null): true
      case (.number(let first), .number(let second)):
        isDescending ? first > second : first < second
      default: isDescending ? first.display > second.display : first.display < second.display
      }
    }
    let numbered = groups.enumerated().map { (place: $0, value: value($1), group: $1) }
    var sorted = self
    sorted.sortedBy = column.name
    sorted.groups = numbered.sorted {
      isBefore($0.value, $1.value) || (!isBefore($1.value, $0.value) && $0.place < $1.place)
    }.map(\.group)
    return sorted
  }

  package func limited(to limit: Int?) -> RunGroups {
    var limited = self
    limited.groups = limit.map { Array(groups.prefix($0)) } ?? groups
    return limited
  }

  package var report: Report {
    Report(
      table: ReportTable(
        columns: keys.map { .init($0.name, title: $0.title) } + [.init("runs"), .init("completed")]
          + means.map { column in
            if case .measure(let name) = column { return .measure(name) }
            return .init(column.name, title: column.title)
          },
        rows: groups.map(row)),
      data: data, records: groups.map(record),
      notes: groups.isEmpty
        ? ["No runs."]
        : ["Means ± sd over all runs of a group. rll-report compare --sweep compares settings."]
          + mixtureNotes + RunListing.sortNotes(sortedBy), hasColumnChoice: true)
  }

  /// What no mean should be taken over, where a group does.
  private var mixtureNotes: [String] {
    guard groups.contains(where: { DataSetPartition.sets(of: $0.runs).count > 1 }) else {
      return []
    }
    return ["Some groups hold runs of several sets of data, whose figures do not add up."]
  }

  private func row(of group: Group) -> [ReportCell] {
    group.values.map(Self.cell) + Self.counts(of: group)
      + means.map { column in
        guard let statistics = group.statistics(of: column) else { return .missing }
        return .spread(
          mean: statistics.mean, deviation: statistics.deviation, isRatio: Self.isRatio(column))
      }
  }

  private var data: ReportTable {
    ReportTable(
      columns: (keys.map(\.name) + ["runs", "completed"]
        + means.flatMap { column in ["n", "mean", "sd"].map { "\(column.name)_\($0)" } })
        .map { .init($0) },
      rows: groups.map { group in
        group.values.map(Self.cell) + Self.counts(of: group)
          + means.flatMap { column -> [ReportCell] in
            let statistics = group.statistics(of: column)
            return [.integer(group.numbers(of: column).count)]
              + [statistics?.mean, statistics?.deviation].map {
                $0.map { .number($0, decimals: 4) } ?? .missing
              }
          }
      })
  }

  private func record(of group: Group) -> JSONValue {
    let figures = means.map { column in
      let statistics = group.statistics(of: column)
      return JSONValue.Member(
        column.name,
        [
          "n": .integer(group.numbers(of: column).count), "mean": JSONValue(statistics?.mean),
          "sd": JSONValue(statistics?.deviation),
        ])
    }
    return .object([
      .init(
        "group", .object(zip(keys, group.values).map { .init($0.name, JSONValue($1)) })),
      .init("runs", .integer(group.runs.count)),
      .init("completed", .integer(group.runs.count { $0.state == .completed })),
      .init("metrics", .object(figures)),
    ])
  }

  private static func counts(of group: Group) -> [ReportCell] {
    [.integer(group.runs.count), .integer(group.runs.count { $0.state == .completed })]
  }

  private static func cell(_ value: SettingValue) -> ReportCell {
    value == .null ? .missing : .setting(value)
  }

  private static func isRatio(_ column: RunColumn) -> Bool {
    if case .measure(let name) = column { Measure(name).isRatio } else { false }
  }
}
