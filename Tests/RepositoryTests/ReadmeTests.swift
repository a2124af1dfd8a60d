import TestSupport
import Testing

struct ReadmeTests {
  private static var commandLines: [String] { get throws { try lines(of: "README.md") } }

  private static func lines(of page: String) throws -> [String] {
    var isCode = false
    return try Repository.text(page).split(separator: "\n").compactMap { line in
      if line.hasPrefix("```") { isCode.toggle() }
      return isCode ? String(line) : nil
    }
  }

  @Test func `it is short and names the two commands`() throws {
    let text = try Repository.text("README.md")
    #expect(text.split(separator: "\n", omittingEmptySubsequences: false).count <= 200)
    for command in ["make demo", "make test"] { #expect(text.contains(command)) }
  }

  @Test func `every make target in it exists`() throws {
    let makefile = try Repository.text("Makefile")
    let targets = try Self.commandLines.compactMap { line -> String? in
      let words = line.split(separator: " ")
      return words.first == "make" && words.count > 1 ? String(words[1]) : nil
    }
    #expect(targets.count >= 3)
    for target in targets {
      #expect(makefile.contains("\n\(target):"), "README names make \(target)")
    }
  }

  @Test func `every command of the programs in it and the pages beside it exists`() throws {
    let folder = try TemporaryFolder()
    var checked: Set<[String]> = []
    let pages = ["README.md"] + (try Repository.files(in: "docs", ending: ".md"))
    for line in try pages.flatMap(Self.lines) {
      let words = line.split(separator: " ").map(String.init)
      // The map's arrows start with these names too.
      guard let name = words.first, name == "rll-sweep" || name == "rll-report",
        words.dropFirst().first?.allSatisfy(\.isLetter) == true
      else { continue }
      let depth = ["data", "export", "store"].contains(words[1]) ? 2 : 1
      let subcommand = Array(words.dropFirst().prefix(depth))
      guard checked.insert([name] + subcommand).inserted else { continue }
      let program = name == "rll-sweep" ? BuiltProgram.sweep : .report
      let ending = try program.run(subcommand + ["--help"], in: folder.path)
      #expect(ending.status == 0, "\(name) \(subcommand)")
      #expect(ending.output.contains("USAGE: " + ([name] + subcommand).joined(separator: " ")))
    }
    #expect(checked.count >= 8)
  }
}
