import Foundation
import TestSupport
import Testing

/// A gate by what no job can measure is refused before anything runs, whoever would run it.
struct GatePlanTests {
  private static let commands = [["plan"], ["launch"], ["nightly"], ["nightly", "install"]]

  private func refusals(_ gate: String, base: String = "") throws -> [String] {
    let practice = try Practice()
    try practice.write(
      Practice.sweep.replacing("base:\n", with: "base:\n" + base)
        + "\ngate: {\(gate): {margin: 0.01}}\n"
    )
    let crontab = try FakeCrontab()
    return try Self.commands.map { command in
      let ending = try BuiltProgram.sweep.run(
        command + ["practice.yaml", "--store", practice.storePath], in: practice.folder.path,
        environment: crontab.environment)
      #expect(ending.status == 64, "\(command): \(ending.output)")
      #expect(!FileManager.default.fileExists(atPath: practice.runsFolder))
      return ending.errors.replacing(practice.folder.path + "/", with: "")
    }
  }

  @Test func `a level of a file that has one level`() throws {
    for text in try refusals("test/high/map@r") {
      #expect(
        text == """
          error: practice.yaml:12:8: the gate judges by test/high/map@r, which not every job \
          measures: it is of the level high among several, and dataset.levels is not given (8 of 8 \
          jobs)
            12 | gate: {test/high/map@r: {margin: 0.01}}
               |        ^
            allowed: measures that every job takes, as test/map@r, or settings under evaluation and \
          dataset.levels that take it

          """)
    }
  }

  @Test func `episodes of more classes than the data has`() throws {
    let base = "  evaluation.few_shot: {ways: [20], shots: [1]}\n"
    for text in try refusals("test/few_shot_20w1s", base: base) {
      #expect(
        text == """
          error: practice.yaml:13:8: the gate judges by test/few_shot_20w1s, which no job measures: \
          its episodes draw 20 test classes of 2 rows or more, and features.h5 has 10
            13 | gate: {test/few_shot_20w1s: {margin: 0.01}}
               |        ^
            allowed: episodes for which there are classes enough

          """)
    }
  }
}
