package import Foundation

/// A moment as the store writes it: RFC 3339, UTC, milliseconds, `Z`.
package struct Timestamp: Sendable, Hashable, CustomStringConvertible {
  package let description: String

  package init(_ date: Date) {
    description = date.formatted(
      Date.ISO8601FormatStyle(includingFractionalSeconds: true))
  }

  /// A moment that was written before.
  package init(storedText: String) {
    description = storedText
  }

  /// Throws where the text is not of this form.
  package var date: Date {
    get throws {
      try Date(
        description, strategy: Date.ISO8601FormatStyle(includingFractionalSeconds: true))
    }
  }
}
