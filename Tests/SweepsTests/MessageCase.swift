import Testing

/// A sweep text that must not expand, and the whole message about it.
struct MessageCase: Sendable, CustomTestStringConvertible {
  let testDescription: String
  let text: String
  let message: String

  init(_ title: String, _ text: String, _ message: String) {
    testDescription = title
    self.text = text
    self.message = message
  }
}
