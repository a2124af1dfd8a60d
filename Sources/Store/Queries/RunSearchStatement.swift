import GRDB
import Sweeps

/// A search as SQL over the store's own tables, so that SQLite reads no more than it must: along
/// an index where there is one, until there are enough runs.
struct RunSearchStatement: Sendable {
  /// What the rows are taken from, in the order in which they come.
  enum Source: Sendable {
    case everything
    /// Runs that have a measure, by its value.
    case measured(Int64, isDescending: Bool)
    /// Runs that lack a measure.
    case unmeasured(Int64)
    /// These numbers, as JSON.
    case listed
  }

  let search: RunSearch
  /// The numbers of the measures.
  let measures: [String: Int64]
  private let tables: NamedTables

  init(_ search: RunSearch, measures: [String: Int64]) {
    self.search = search
    self.measures = measures
    tables = NamedTables(search.names.map(\.name))
  }

  /// A statement that gives the numbers of runs, at most `limit`. `.listed` takes one argument.
  func sql(from source: Source, limit: Int) -> String {
    var conditions: [String] = []
    if let condition = search.condition {
      conditions.append("(\(Self.withRowInTagCalls(condition))\n)")
    }
    let from: String
    let order: String
    switch source {
    case .everything:
      from = item
      order = sorting + "item.itemCreatedAt DESC, item.itemNumber DESC"
    case .measured(let measure, let isDescending):
      from =
        "(SELECT runNumber, value AS itemSortedBy FROM finalMetric WHERE measureNumber = \(measure)"
        + " AND value IS NOT NULL) AS sorted CROSS JOIN \(item)"
      conditions.append("item.itemNumber = sorted.runNumber")
      order = "itemSortedBy \(isDescending ? "DESC" : "ASC"), sorted.runNumber DESC"
    case .unmeasured(let measure):
      from = item
      conditions.append(
        "NOT EXISTS (SELECT 1 FROM finalMetric WHERE runNumber = item.itemNumber"
          + " AND measureNumber = \(measure) AND value IS NOT NULL)")
      order = "item.itemCreatedAt DESC, item.itemNumber DESC"
    case .listed:
      from =
        "(SELECT key AS itemPlace, value AS itemWanted FROM json_each(?)) AS wanted "
        + "CROSS JOIN \(item)"
      conditions.append("item.itemNumber = itemWanted")
      order = sorting + "itemPlace"
    }
    let chosen = conditions.isEmpty ? "" : " WHERE " + conditions.joined(separator: " AND ")
    return "SELECT item.itemNumber FROM " + from + joins + chosen + " ORDER BY " + order
      + " LIMIT \(limit)"
  }

  func explained(_ error: DatabaseError) -> StoreError { tables.explained(error) }

  private var sorting: String {
    search.order.map { "item.itemSort \($0.isDescending ? "DESC" : "ASC") NULLS LAST, " } ?? ""
  }

  /// The run itself: its number, its names without a prefix, and what orders it.
  private var item: String {
    var columns = ["run.number AS itemNumber", "run.createdAt AS itemCreatedAt"]
    if let order = search.order { columns.append("\(expression(order.value)) AS itemSort") }
    // A table of its own for the constant would keep SQLite from going along an index.
    if !tables.namesInfinity { columns.append("9e999 AS \(NamedTables.infinity)") }
    return
      "(SELECT \((columns + named(tables.tables[0]) + quoted).joined(separator: ", ")) FROM run)"
      + " AS item"
  }

  /// Dotted names that the condition has in double quotes, as measures have to be.
  private var quoted: [String] {
    guard let condition = search.condition?.lowercased() else { return [] }
    return tables.tables.dropFirst().flatMap(\.columns).map { search.names[$0.source] }
      .filter { condition.contains(NamedTables.quoted($0.name.lowercased())) }
      .map { "\(expression($0.value)) AS \(NamedTables.quoted($0.name))" }
  }

  /// The names with a prefix.
  private var joins: String {
    tables.tables.dropFirst().map { table in
      let columns = named(table)
      guard !columns.isEmpty else { return "" }
      let name = NamedTables.quoted(table.name)
      return " CROSS JOIN (SELECT run.number AS itemNumber, \(columns.joined(separator: ", ")) "
        + "FROM run) AS \(name) ON \(name).itemNumber = item.itemNumber"
    }.joined()
  }

  /// Columns that the condition may mean: those whose name is somewhere in it.
  private func named(_ table: NamedTables.Table) -> [String] {
    guard let condition = search.condition?.lowercased() else { return [] }
    return table.columns.filter { condition.contains($0.name.lowercased()) }.map { column in
      "\(expression(search.names[column.source].value)) AS \(NamedTables.quoted(column.name))"
    }
  }

  private func expression(_ value: RunValue) -> String {
    switch value {
    case .field(let name): Self.fields[name] ?? "run." + NamedTables.quoted(name)
    case .setting(let name): Self.setting(name)
    case .batchClasses: "CAST(run.settings ->> '$.batch' AS INTEGER)"
    case .batchItems:
      "CAST(substr(run.settings ->> '$.batch', instr(run.settings ->> '$.batch', 'x') + 1) "
        + "AS INTEGER)"
    case .fold: "run.settings ->> '$.\"dataset.validation\".fold'"
    case .measure(let name):
      "(SELECT value FROM finalMetric WHERE runNumber = run.number AND measureNumber = "
        + "\(measures[name] ?? -1))"
    }
  }

  private static func setting(_ name: String) -> String {
    let path = "'$." + NamedTables.quoted(name).escaping(["'": "''"]) + "'"
    let value = "run.settings ->> \(path)"
    return "CASE \(value) WHEN 'inf' THEN 9e999 WHEN '-inf' THEN -9e999 ELSE \(value) END"
  }

  /// The columns of the view `runs` over a row of `run`.
  private static let fields = [
    "run_id": "run.id", "job_key": "run.jobKey", "created_at": "run.createdAt",
    "started_at": "run.startedAt", "finished_at": "run.finishedAt",
    "wall_seconds": "run.wallSeconds", "processor_seconds": "run.processorSeconds",
    "peak_memory_bytes": "run.peakMemoryBytes", "selected_step": "run.selectedStep",
    "sweep": """
    (SELECT sweep.name FROM launch JOIN sweep ON sweep.id = launch.sweepId
      WHERE launch.id = run.launchId)
    """,
    "host": "(SELECT host FROM launch WHERE launch.id = run.launchId)",
    "attempts": "(SELECT count(*) FROM attempt WHERE attempt.runNumber = run.number)",
  ]

  /// `tag('x')` as a question about the row that is looked at.
  ///
  /// What stands in quotes is text or a name and stays as it is.
  private static func withRowInTagCalls(_ condition: String) -> String {
    condition.replacing(/'[^']*'|"[^"]*"|\btag\s*\(/.ignoresCase()) { match in
      match.output.first == "'" || match.output.first == "\""
        ? String(match.output)
        : "EXISTS (SELECT 1 FROM tag WHERE tag.runNumber = item.itemNumber AND tag.name = "
    }
  }
}
