import GRDB
import Sweeps

/// The tables and columns under which SQLite finds dotted names as they are written.
///
/// `loss.alpha` is the column `alpha` of a table `loss`, which is joined by row; names without a
/// dot, and measures, are columns of a table `item`. A name without a dot also finds the one
/// dotted name that ends in it.
struct NamedTables: Sendable {
  struct Table: Sendable {
    var name: String
    /// Each with the place of its name among all of them.
    var columns: [(name: String, source: Int)]
  }

  static let item = "item"
  static let rowNumber = "itemNumber"
  static let infinity = "inf"

  let names: [String]
  let tables: [Table]

  init(_ names: [String]) {
    self.names = names
    var tables = [Table(name: Self.item, columns: [])]
    var endings: [String: Int] = [:]
    for (source, name) in names.enumerated() {
      guard let (prefix, ending) = Self.parts(of: name) else { continue }
      endings[ending.lowercased(), default: 0] += 1
      if let position = tables.firstIndex(where: { $0.name == prefix }) {
        tables[position].columns.append((ending, source))
      } else {
        tables.append(Table(name: prefix, columns: [(ending, source)]))
      }
    }
    // An alias that ends a single dotted name needs no column.
    for (source, name) in names.enumerated()
    where Self.parts(of: name) == nil && endings[name.lowercased()] != 1 {
      tables[0].columns.append((name, source))
    }
    self.tables = tables
  }

  private static func parts(of name: String) -> (prefix: String, ending: String)? {
    guard let dot = name.firstIndex(of: "."), !name.contains("/") else { return nil }
    return (String(name[..<dot]), String(name[name.index(after: dot)...]))
  }

  /// Whether something else is called as infinity is.
  var namesInfinity: Bool { names.contains { $0.lowercased() == Self.infinity } }

  /// What is said of a failed statement over these names.
  func explained(_ error: DatabaseError) -> StoreError {
    // What GRDB says of a second statement is advice for programmers.
    if error.resultCode == .SQLITE_MISUSE {
      return StoreError(
        .wrongExpression, "more than one statement: write an expression without a semicolon")
    }
    let message = error.message ?? "wrong SQL"
    let prefix = "no such column: "
    if message.hasPrefix(prefix) { return unknown(String(message.dropFirst(prefix.count))) }
    if message.hasPrefix("misuse of aggregate") { return Self.aggregate }
    return StoreError(.wrongExpression, message)
  }

  static let aggregate = StoreError(
    .wrongExpression,
    "it has one value for all rows; functions such as count are no help here")

  private func unknown(_ name: String) -> StoreError {
    let known = names.sorted().joined(separator: ", ")
    let nearest = NearestSpelling.suggestion(for: name, among: names)
    return StoreError(
      .wrongExpression,
      "'\(name)' is no known name" + (nearest.map { "; did you mean '\($0)'?" } ?? "")
        + " (Text needs 'single quotes'.) Names are \(known)")
  }

  static func quoted(_ name: String) -> String {
    "\"" + name.escaping(["\"": "\"\""]) + "\""
  }
}
