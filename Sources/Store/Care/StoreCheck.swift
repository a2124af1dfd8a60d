import GRDB

/// Looks at everything that a store holds.
struct StoreCheck {
  let database: Database
  let path: String
  private(set) var condition = StoreCondition()

  init(_ database: Database, path: String) {
    self.database = database
    self.path = path
  }

  static let restore = "Restore a backup"

  /// The file's structure only, which is fast.
  mutating func lookQuickly(schema: Schema) throws {
    try inspect("its structure") { try $0.checkIntegrity("quick_check") }
    try inspect("its schema") { try $0.checkSchema(schema) }
  }

  /// Everything, each value of it.
  mutating func lookThoroughly(schema: Schema) throws {
    try inspect("its structure") { try $0.checkIntegrity("integrity_check") }
    try inspect("its schema") { try $0.checkSchema(schema) }
    try inspect("its references") { try $0.checkForeignKeys() }
    try inspect("its jobs") { try $0.checkJobKeys() }
    try inspect("its sweep files") { try $0.checkDocuments() }
    try inspect("its weights") { try $0.checkWeights() }
    try inspect("its runs") { try $0.checkCompletedRuns() }
    try inspect("its query outcomes") { try $0.checkQueryOutcomes() }
    try inspect("its kept results") { try $0.checkKeptResults() }
    try inspect("the states of its runs") { try $0.checkStates() }
  }

  /// What cannot be read is one problem more, and no reason to look at nothing else.
  private mutating func inspect(
    _ part: String, _ body: (inout StoreCheck) throws -> Void
  ) throws {
    do {
      try body(&self)
    } catch let error as DatabaseError {
      report(
        .damage, .unreadable, "\(part) cannot be read: \(error.message ?? "\(error)")",
        Self.restore)
    } catch let error as RowDecodingError {
      report(.damage, .unreadable, "\(part) cannot be read: \(error)", Self.restore)
    }
  }

  mutating func report(
    _ severity: StoreProblem.Severity, _ kind: StoreProblem.Kind, _ text: String, _ advice: String
  ) {
    condition.problems.append(StoreProblem(severity, kind, text, advice: advice))
  }

  mutating func count(runs: Int) { condition.runs = runs }

  mutating func count(weightBytes: Int) {
    condition.weightFiles += 1
    condition.weightBytes += weightBytes
  }

  mutating func found(version: Int) { condition.schemaVersion = version }
}

extension ExperimentStore {
  package enum CheckDepth: Sendable {
    /// Structure and schema.
    case quick
    /// All content: digests, keys, what completed runs must have.
    case full
  }

  /// What is wrong with the store. Changes nothing.
  package func check(_ depth: CheckDepth = .full) throws -> StoreCondition {
    var found: StoreCondition?
    do {
      try read { database in
        var check = StoreCheck(database, path: location.path)
        switch depth {
        case .quick: try check.lookQuickly(schema: schema)
        case .full:
          try check.lookThoroughly(schema: schema)
          try check.checkFolders(location)
        }
        found = check.condition
      }
    } catch let error as StoreError {
      // After damaged pages were met, even the end of the reading transaction fails.
      guard let found, !found.damage.isEmpty else { throw error }
    }
    return found ?? StoreCondition()
  }
}
