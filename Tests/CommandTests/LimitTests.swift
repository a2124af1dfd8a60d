import Foundation
import Store
import TestSupport
import Testing

/// Limits on what jobs take, from the command line and the sweep file to the store.
struct LimitTests {
  /// One job that no test waits for.
  static let endless = """
    name: practice
    base:
      dataset: features.h5
      embedding: 8
      batch: 8x3
      steps: 100000000
      evaluation: {every: 1000}
    resources: {timeout: 5s}
    """

  @Test func `a job that takes too long fails, and retry goes on where it was`() throws {
    let practice = try Practice()
    try practice.write(Self.endless)
    let plan = try practice.sweep("plan", "practice.yaml", "--store", practice.storePath)
    #expect(plan.output.contains("\nEach job: at most 5 s.\n"), "\(plan.output)")
    let ending = try practice.launch("--retries", "3")
    #expect(ending.status == 1, "\(ending.errors)")
    let failure = try #require(try practice.failures().first)
    #expect(
      failure.contains(
        /^timed out after 5 s(?: at step \d+ of 100000000)?\. To go on with more time/),
      "\(failure)")
    #expect(failure.hasSuffix(": rll-sweep retry practice --timeout DURATION"), "\(failure)")
    #expect(try practice.attempts().map { $0.map(\.reason) } == [["time_limit"]])
    #expect(practice.runFolders.count == 1, "its checkpoint is kept")

    let again = try practice.launch()
    #expect(again.status == 1)
    #expect(again.errors.contains("0 to run"))
    #expect(practice.runFolders.count == 1)

    let retried = try practice.retry("--timeout", "4s", "--json")
    #expect(retried.status == 1, "\(retried.errors)")
    let attempt = try #require(try practice.attempts().first?.last)
    #expect(
      attempt.message?.contains(/resumed at step \d+; timed out after 4 s/) == true,
      "\(attempt.message ?? "")")
  }

  @Test func `a job over its memory is ended, and runs where it may have more`() throws {
    let practice = try Practice()
    try practice.write(Self.endless.replacing("100000000", with: "8000"))
    let ending = try practice.launch("--memory-limit", "1MiB", "--timeout", "none")
    #expect(ending.status == 1, "\(ending.errors)")
    let failure = try #require(try practice.failures().first)
    #expect(
      failure.contains(
        /ended for its memory(?: at step \d+ of 8000)?: it held [\d.]+ MiB of its own, over the limit/
      ),
      "\(failure)")
    #expect(
      failure.hasSuffix(
        " of 1 MiB. To go on with more: rll-sweep retry practice --memory-limit SIZE"))
    #expect(try practice.attempts().map { $0.map(\.reason) } == [["memory_limit"]])
    #expect(try practice.retry().status == 1, "the limit of the launch still holds")
    let retried = try practice.retry("--memory-limit", "none")
    #expect(retried.status == 0, "\(retried.errors)")
    #expect(try practice.states() == [.completed: 1])
  }

  @Test(arguments: [
    (
      ["--timeout", "2"],
      "--timeout cannot be '2'; give a duration with its unit, as 90s, 30min, 2h or 1d, or none"
    ),
    (
      ["--memory-limit", "2000"],
      "--memory-limit cannot be '2000'; give a size with its unit from 1MiB, as 512MiB or 2GiB, "
        + "or none"
    ),
    (["--retries", "101"], "--retries cannot be 101; give a whole number from 0 to 100"),
  ])
  func `a wrong limit is refused`(arguments: [String], message: String) throws {
    let practice = try Practice()
    try practice.write()
    for command in [
      ["launch", "practice.yaml"], ["plan", "practice.yaml"], ["retry", "practice"],
    ] {
      let ending = try BuiltProgram.sweep.run(command + arguments, in: practice.folder.path)
      #expect(ending.status == 64)
      #expect(ending.errors.hasPrefix("error: \(message)\n"), "\(command): \(ending.errors)")
    }
  }

  @Test func `with fail-fast the first failure stops the launch`() throws {
    let practice = try Practice()
    try practice.write(
      Practice.sweep.replacing("m: [0.2, 0.4]", with: "learning_rate: [1e30, 0.1]"))
    let ending = try practice.launch("--fail-fast", "--workers", "1")
    #expect(ending.status == 1)
    #expect(
      ending.errors.contains(
        "Stopping after the first failure: running jobs are asked to end. "
          + "Ctrl-C ends them at once.\n"), "\(ending.errors)")
    #expect(ending.errors.contains("0 completed, 0 skipped, 1 failed, 7 not started"))
    #expect(try practice.states() == [.failed: 1, .pending: 7])
    let both = try practice.launch("--fail-fast", "--keep-going")
    #expect(both.status == 64)
  }

  @Test func `reasons of attempts are told by show`() throws {
    let practice = try Practice()
    try practice.write(
      Self.endless.replacing("100000000", with: "20\n  learning_rate: 1e30"))
    #expect(try practice.launch("--retries", "5").status == 1)
    #expect(try practice.attempts().map { $0.map(\.reason) } == [["diverged"]])
    let shown = try BuiltProgram.report.run(
      ["show", "latest", "--json", "--store", practice.storePath], in: practice.folder.path)
    #expect(shown.output.contains("\"reason\": \"diverged\""), "\(shown.output)")
  }
}
