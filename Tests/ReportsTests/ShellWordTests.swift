import Reports
import Testing

struct ShellWordTests {
  @Test(arguments: [
    ["plain", "/a/b-c_d.e", "50%"], ["two words", "it's", "a \"b\" \\ $c"], ["", "'", "\\'"],
    ["new\nline", "\ttab", "é 中"], ["a'\u{301}; touch b; '\u{301}", "\"\u{301}"],
  ])
  func `a line of quoted words is taken apart into them`(words: [String]) {
    let line = words.map { ShellWord($0).text }.joined(separator: " ")
    #expect(ShellWord.words(of: line) == words)
  }

  @Test func `a quote is one whatever mark follows it`() {
    #expect(ShellWord("a'\u{301};b").text.utf8.elementsEqual("'a'\\''\u{301};b'".utf8))
  }

  @Test func `words that somebody else has quoted are read as a shell does`() {
    #expect(
      ShellWord.words(of: #"  A=b  /x/"y z"'w' \ a\'b "#) == ["A=b", "/x/y zw", " a'b"])
  }
}
