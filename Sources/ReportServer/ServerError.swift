/// Why the server does not start or go on.
package struct ServerError: Error, CustomStringConvertible, Sendable {
  package let description: String

  init(_ description: String) { self.description = description }
}
