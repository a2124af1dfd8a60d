/// Why the store could not do what was asked.
package struct StoreError: Error, CustomStringConvertible, Sendable {
  package enum Code: Sendable, Hashable {
    case missing
    case unwritable
    case newer
    case notAStore
    case damaged
    case unknownName
    case ambiguousName
    case wrongExpression
    case refusedStatement
    /// A user's SQL takes too long, or gives too much.
    case exhausted
    /// Another process holds it.
    case busy
    /// A file would be overwritten.
    case exists
    /// SQLite failed in a way that has no code of its own here.
    case failed
  }

  package let code: Code
  package let description: String

  package init(_ code: Code, _ description: String) {
    self.code = code
    self.description = description
  }
}
