import Sweeps
import Testing

@Suite struct ExclusionTests {
  /// Understands `NAME = VALUE` and `NAME > NAME`, as far as these tests need.
  static let evaluator: ExclusionEvaluator = { expressions, columns, rows in
    try expressions.enumerated().map { index, expression in
      let words = expression.split(separator: " ").map(String.init)
      guard words.count == 3, let left = columns.firstIndex(of: words[0]) else {
        throw ExclusionError(
          expressionIndex: index, message: "no such column: \(words[0])",
          suggestion: NearestSpelling.suggestion(for: words[0], among: columns))
      }
      return rows.map { row in
        if words[1] == ">", let right = columns.firstIndex(of: words[2]) {
          guard let a = row[left].number, let b = row[right].number else { return nil }
          return a > b
        }
        return row[left] == .null ? nil : row[left].display == words[2]
      }
    }
  }

  private static let axes = "sweep: {m: [0.2, 1.1], alpha: [1.0, 1.2], K: [2, 3]}\n"

  @Test(arguments: ["margin > alpha", "m > α", "loss.margin > loss.alpha"])
  func `excluded combinations are no jobs`(expression: String) throws {
    let sweep = try SweepFixture.expand(
      SweepFixture.sweep(Self.axes + "exclude: [\(expression)]\n"), exclusion: Self.evaluator)
    #expect(
      SweepFixture.values(of: "loss.margin", in: sweep) == [
        "0.2", "0.2", "0.2", "0.2", "1.1", "1.1",
      ])
    #expect(SweepFixture.values(of: "loss.alpha", in: sweep).suffix(2) == ["1.2", "1.2"])
    #expect(sweep.jobs.map(\.index) == Array(0..<6))
    #expect(sweep.warnings == [])
  }

  @Test func `an expression that is NULL excludes nothing`() throws {
    let sweep = try SweepFixture.expand(
      SweepFixture.sweep("sweep: {T: [1, 2]}\nexclude: [levels = high]\n"),
      exclusion: Self.evaluator)
    #expect(sweep.jobs.count == 2)
    #expect(sweep.warnings == ["sweeps/demo.yaml:4:11: exclude 'levels = high' matches no job"])
  }

  @Test func `parts of the batch and seeds are columns`() throws {
    let sweep = try SweepFixture.expand(
      SweepFixture.sweep("sweep: {batch: [60x3, 30x6]}\nseeds: 2\nexclude: [K = 6, seed = 1]\n"),
      exclusion: Self.evaluator)
    #expect(SweepFixture.values(of: "batch", in: sweep) == ["60x3"])
    #expect(SweepFixture.values(of: "seed", in: sweep) == ["0"])
  }

  @Test func `column names differ in more than case`() {
    let names = SettingsCatalog.spellings.flatMap(\.names).map { $0.lowercased() }
    #expect(Set(names).count == names.count)
  }

  @Test func `all expressions that fail are reported, and the others still hold`() {
    let message = SweepFixture.message(
      SweepFixture.sweep(
        """
        sweep: {T: [1, 2]}
        exclude:
          - margn > alpha
          - T = 1
          - foo = 1
        """), exclusion: Self.evaluator)
    #expect(
      message == """
        sweeps/demo.yaml:5:5: exclude 'margn > alpha' cannot be evaluated: no such column: margn
          5 |   - margn > alpha
            |     ^
          did you mean 'margin'?
          allowed: SQL over the names of settings, as margin > alpha or batch = '30x6'
        sweeps/demo.yaml:7:5: exclude 'foo = 1' cannot be evaluated: no such column: foo
          7 |   - foo = 1
            |     ^
          allowed: SQL over the names of settings, as margin > alpha or batch = '30x6'
        """)
  }

  @Test func `wrong expressions are reported together with what else is wrong in the file`() {
    let message = SweepFixture.message(
      SweepFixture.sweep(
        """
        sweep: {T: [1, -2]}
        exclude: [margn > alpha, T = 1]
        seeds: none
        """), exclusion: Self.evaluator)
    #expect(
      message == """
        sweeps/demo.yaml:3:16: loss.temperature cannot be '-2'
          3 | sweep: {T: [1, -2]}
            |                ^
          allowed: a number from 0, or inf
        sweeps/demo.yaml:4:11: exclude 'margn > alpha' cannot be evaluated: no such column: margn
          4 | exclude: [margn > alpha, T = 1]
            |           ^
          did you mean 'margin'?
          allowed: SQL over the names of settings, as margin > alpha or batch = '30x6'
        sweeps/demo.yaml:5:8: seeds cannot be 'none'
          5 | seeds: none
            |        ^
          allowed: a count from 1 (3 is 0, 1, 2), or a list of whole numbers from 0
        """)
  }

  @Test func `excluding everything is an error at the expression that excludes most`() {
    let message = SweepFixture.message(
      SweepFixture.sweep("sweep: {T: [1, 2]}\nexclude:\n  - T = 1\n  - m = 0.4\n"),
      exclusion: Self.evaluator)
    #expect(
      message == """
        sweeps/demo.yaml:6:5: exclude leaves none of 2 jobs
          6 |   - m = 0.4
            |     ^
          allowed: expressions that leave at least one job
        """)
  }

  @Test func `the number of jobs is limited after exclusion, in many calls of the evaluator`()
    throws
  {
    let axes = "sweep: {T: {range: [0, 100, 1]}, m: {range: [0, 1, 0.01]}, steps: [1, 2]}\n"
    let sweep = try SweepFixture.expand(
      SweepFixture.sweep(axes + "exclude: [steps = 1]\nmax_jobs: 10201\n"),
      exclusion: Self.evaluator)
    #expect(sweep.jobs.count == 10_201)
  }
}
