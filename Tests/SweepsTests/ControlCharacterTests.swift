import Sweeps
import Testing

/// Control characters in what messages repeat.
struct ControlCharacterTests {
  @Test(arguments: [
    ("plain é 中", "plain é 中"), ("\u{1B}[2Jname", "\\u{1B}[2Jname"), ("a\nb\tc", "a\\nb\\tc"),
    ("\u{7F}\u{9B}\0", "\\u{7F}\\u{009B}\\0"), ("e\u{301}\r\n", "e\u{301}\\r\\n"),
  ])
  func `they are shown as they are written in source text`(text: String, shown: String) {
    #expect(text.showingControls == shown)
  }

  @Test func `a text of several lines keeps them`() {
    #expect("a\u{1B}\nb\r\n".showingControlsButLineBreaks == "a\\u{1B}\nb\\r\n")
  }
}
