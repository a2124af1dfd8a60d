import Foundation
import TestSupport
import Testing

/// `runs` of a sweep that was really made.
struct ListingTests {
  private static let practice: Result<Practice, any Error> = Result {
    let practice = try Practice()
    try practice.write(
      """
      name: practice
      base: {dataset: features.h5, embedding: 8, batch: 8x3, steps: 10, evaluation: {every: 10}}
      sweep: {alpha: [1.2, 1.4]}
      seeds: 2
      """)
    #expect(try practice.launch().status == 0)
    return practice
  }

  private static func runs(_ arguments: String...) throws -> BuiltProgram.Ending {
    let practice = try practice.get()
    return try BuiltProgram.report.run(
      ["runs", "--store", practice.storePath] + arguments, in: practice.folder.path)
  }

  @Test func `groups are sorted and limited as groups`() throws {
    let ending = try Self.runs(
      "--group-by", "alpha,state", "--sort", "alpha:desc", "--limit", "1", "--format", "csv",
      "--columns", "seed")
    #expect(ending.status == 0, "\(ending.errors)")
    #expect(
      ending.output == """
        loss.alpha,state,runs,completed,seed_n,seed_mean,seed_sd
        1.4,completed,2,2,2,0.5,0.7071067811865476

        """)
    #expect(
      ending.errors == """
        note: Means ± sd over all runs of a group. rll-report compare --sweep compares settings.

        """)
    let unknown = try Self.runs("--group-by", "alhpa")
    #expect(unknown.status == 64)
    #expect(unknown.errors.hasPrefix("error: 'alhpa' is no column; did you mean 'alpha'? "))
  }

  @Test
  func `the best run comes first whatever the condition, and nothing is bold in a file`()
    throws
  {
    let sorted = try Self.runs(
      "--where", "seed < 2 AND \"test/map@r\" > 0", "--sort", "test/map@r", "--columns",
      "test/map@r", "--format", "csv")
    let values = sorted.output.split(separator: "\n").dropFirst().compactMap { Double($0) }
    #expect(values.count == 4 && values == values.sorted(by: >))
    #expect(try !Self.runs().output.contains("\u{1B}"))
    let latex = try Self.runs("--format", "latex")
    #expect(latex.output.hasPrefix("% needs \\usepackage{booktabs}\n\\begin{tabular}{"))
  }

  @Test func `a condition that is wrong is said with the names that there are`() throws {
    let ending = try Self.runs("--where", "marign > 1")
    #expect(ending.status == 64 && ending.output.isEmpty)
    #expect(
      ending.errors.hasPrefix(
        "error: 'marign' is no known name; did you mean 'margin'? (Text needs 'single quotes'.) "
          + "Names are "))
    #expect(ending.errors.contains("test/map@r"))
  }
}
