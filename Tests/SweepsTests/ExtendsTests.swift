import Sweeps
import Testing

/// `extends`: one sweep file over another.
@Suite struct ExtendsTests {
  private struct Missing: Error, CustomStringConvertible {
    let description: String
  }

  private static let files = [
    "shared/base.yaml": """
    name: shared
    description: shared
    base:
      dataset: ../data/d.h5
      loss: {alpha: 1.3}
      steps: 500
    sweep:
      m: [0.1, 0.2]
      T: [0, 10]
    seeds: 2
    """,
    "sweeps/middle.yaml": """
    name: middle
    extends: ../shared/base.yaml
    base: {α: 1.4}
    """,
    "sweeps/wrong.yaml": """
    name: wrong
    sweep:
      m: [x]
    """,
    "sweeps/unread.yaml": "a: [",
    "sweeps/circle.yaml": "extends: demo.yaml",
  ]

  private static let reader: SweepFileReader = { path in
    guard let text = files[path] else { throw Missing(description: "no file \(path)") }
    return text
  }

  private func expand(_ text: String) throws -> ExpandedSweep {
    try SweepFixture.expand(text, reader: Self.reader)
  }

  @Test func `settings, axes and keys of a file lie over those of the file it extends`() throws {
    let sweep = try expand(
      """
      name: demo
      extends: middle.yaml
      base: {steps: 700}
      sweep: {T: [1], lambda: [0.4, 0.6]}

      """)
    #expect(sweep.name == "demo")
    #expect(sweep.description == nil)
    #expect(sweep.seeds == [0, 1])
    #expect(sweep.axes.map(\.name) == ["loss.margin", "loss.temperature", "loss.lambda"])
    #expect(sweep.jobs.count == 8)
    let job = try #require(sweep.jobs.first)
    #expect(job.settings["loss.alpha"] == .number(1.4))
    #expect(job.settings["steps"] == .number(700))
    #expect(job.settings["loss.temperature"] == .number(1))
    #expect(job.settings["dataset.path"] == .text("data/d.h5"))
    #expect(sweep.extended.map(\.file) == ["sweeps/middle.yaml", "shared/base.yaml"])
    #expect(sweep.extended[1].text == Self.files["shared/base.yaml"])
  }

  @Test func `a setting in base fixes what the extended file sweeps`() throws {
    let sweep = try expand(
      "name: demo\nextends: ../shared/base.yaml\nbase: {m: 0.3}\nseeds: 1\n")
    #expect(sweep.axes.map(\.name) == ["loss.temperature"])
    #expect(SweepFixture.values(of: "loss.margin", in: sweep) == ["0.3", "0.3"])
  }

  @Test func `what is inherited comes from the line that extends`() throws {
    let sweep = try expand("name: demo\n\nextends: middle.yaml\nbase: {λ: 0.4}\n")
    let origins = try #require(sweep.jobs.first?.origins)
    #expect(origins["loss.alpha"] == .line(3))
    #expect(origins["steps"] == .line(3))
    #expect(origins["loss.lambda"] == .line(4))
  }

  @Test(arguments: cases) func `the whole message is as written here`(_ row: MessageCase) {
    #expect(SweepFixture.message(row.text, reader: Self.reader) == row.message)
  }

  private static let cases: [MessageCase] = [
    MessageCase(
      "a mistake in the extended file",
      """
      name: demo
      extends: wrong.yaml
      base: {dataset: d.h5, stps: 3}

      """,
      """
      sweeps/demo.yaml:3:23: unknown setting 'stps'
        3 | base: {dataset: d.h5, stps: 3}
          |                       ^
        did you mean 'steps'?
      sweeps/wrong.yaml:3:7: loss.margin cannot be 'x'
        3 |   m: [x]
          |       ^
        allowed: a number from 0 to alpha
      """),
    MessageCase(
      "an extended file that is no YAML",
      """
      name: demo
      extends: unread.yaml
      base: {dataset: d.h5}

      """,
      """
      sweeps/unread.yaml:2:1: this is no YAML: while parsing a flow node from line 2: did not find expected node content
        2 | 
          | ^
      """),
    MessageCase(
      "an extended file that is not there",
      """
      name: demo
      extends: gone.yaml
      base: {dataset: d.h5}

      """,
      """
      sweeps/demo.yaml:2:10: 'gone.yaml' cannot be read: no file sweeps/gone.yaml
        2 | extends: gone.yaml
          |          ^
        allowed: the path of another sweep file, relative to this one
      """),
    MessageCase(
      "files that extend each other",
      """
      name: demo
      extends: circle.yaml
      base: {dataset: d.h5}

      """,
      """
      sweeps/circle.yaml:1:10: 'demo.yaml' extends itself in the end
        1 | extends: demo.yaml
          |          ^
        allowed: the path of another sweep file, relative to this one
      """),
    MessageCase(
      "an extends that is no path",
      """
      name: demo
      extends: [a.yaml]
      base: {dataset: d.h5}

      """,
      """
      sweeps/demo.yaml:2:10: extends cannot be '[a.yaml]'
        2 | extends: [a.yaml]
          |          ^
        allowed: the path of another sweep file, relative to this one
      """),
  ]
}
