import GRDB

extension ExperimentStore {
  /// The runs that a search finds, with their settings and final measures.
  package func runs(_ search: RunSearch) throws -> [RunSummary] {
    let numbers = try numbers(of: search)
    return try read { try Self.summaries(of: numbers, in: $0) }
  }

  /// A condition is a user's SQL: it is carried out by a connection that cannot write.
  private func numbers(of search: RunSearch) throws -> [Int64] {
    if search.limit == nil, search.condition == nil, search.order == nil {
      return try read { try Self.searched(search.selection, in: $0) }
    }
    let connection = try StoreConnection.reader(
      of: location.path, prepare: QueryLimits.prepare
    ).database
    let statement = RunSearchStatement(
      search, measures: try connection.read(Self.measureNumbers))
    do {
      return try QueryLimits.read(
        connection, allowed: search.allowed, hint: "Write a simpler expression"
      ) { database in
        try Self.numbers(of: search, by: statement, in: database)
      }
    } catch let error as DatabaseError {
      throw statement.explained(error)
    }
  }

  private static func numbers(
    of search: RunSearch, by statement: RunSearchStatement, in database: Database
  ) throws -> [Int64] {
    var sources = [RunSearchStatement.Source.everything]
    var arguments = StatementArguments()
    if search.selection != .all {
      sources = [.listed]
      arguments = [json(try numbers(search.selection, in: database))]
    } else if case .measure(let name) = search.order?.value {
      let measure = statement.measures[name] ?? -1
      let isDescending = search.order?.isDescending ?? false
      sources = [.measured(measure, isDescending: isDescending), .unmeasured(measure)]
    }
    let limit = search.limit ?? .max
    var found: [Int64] = []
    for source in sources where found.count < limit {
      found += try Int64.fetchAll(
        database, sql: statement.sql(from: source, limit: limit - found.count),
        arguments: arguments)
    }
    return found
  }

  private static func searched(
    _ selection: Selection, in database: Database
  ) throws -> [Int64] {
    let numbers = try numbers(selection, in: database)
    return selection == .all ? numbers.reversed() : numbers
  }

  /// The measures that some run has in the end, by name.
  package func measureNames() throws -> [String] {
    try read { database in
      try String.fetchAll(
        database,
        sql: """
          SELECT name FROM measure
          WHERE EXISTS (SELECT 1 FROM finalMetric WHERE measureNumber = measure.number)
          ORDER BY name
          """)
    }
  }

  private static func measureNumbers(in database: Database) throws -> [String: Int64] {
    let rows = try Row.fetchAll(database, sql: "SELECT name, number FROM measure")
    return Dictionary(uniqueKeysWithValues: rows.map { ($0[0] as String, $0[1] as Int64) })
  }
}
