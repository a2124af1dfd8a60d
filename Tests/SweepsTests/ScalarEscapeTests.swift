import Sweeps
import Testing

struct ScalarEscapeTests {
  @Test func `a scalar is escaped whatever mark follows it, and what was put in is left alone`() {
    let text = "a'b'\u{301}c\"\u{338}\r\n".escaping(["'": "''", "\"": "'", "\n": "N"])
    #expect(text.utf8.elementsEqual("a''b''\u{301}c'\u{338}\rN".utf8))
  }
}
