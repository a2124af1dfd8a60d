/// Why a job could not be prepared, started or read.
package struct RunnerError: Error, CustomStringConvertible, Sendable {
  package enum Code: Sendable, Hashable {
    /// A file or folder cannot be written or read.
    case file
    /// A run folder's file is of a newer program or not what it should be.
    case format
  }

  package let code: Code
  package let description: String

  package init(_ code: Code, _ description: String) {
    self.code = code
    self.description = description
  }
}
