import Foundation
import Store
import TestSupport
import Testing

/// `repeat` from the file to the comparison.
struct RepeatTests {
  private static let sweep = Practice.sweep
    .replacing("alpha: [1.2, 1.4]", with: "learning_rate: [0.001, 0.3]")
    .replacing("steps: 40", with: "steps: 20")
    .replacing("seeds: 2", with: "seeds: 2\nrepeat: {best: 2, seeds: 3, refit: true}")

  private func seeds(_ practice: Practice, _ role: JobRole) throws -> [Int] {
    let store = try ExperimentStore(path: practice.storePath, access: .read)
    let seeds = try store.runs(.sweep("practice", role: role)).map(\.seed)
    try store.close()
    return seeds
  }

  @Test func `a launch runs the search, then the repeats, and the next launch neither`() throws {
    let practice = try Practice()
    try practice.write(Self.sweep)
    let before = try practice.sweep("plan", "practice.yaml", "--store", practice.storePath)
    #expect(
      before.output.hasSuffix(
        "When these are completed or failed, the 2 best settings by validation/map@r are repeated "
          + "with seeds 2 to 4 on all training classes for all steps.\n"), "\(before.output)")
    let first = try practice.launch("--json")
    #expect(first.status == 0, "\(first.errors)")
    #expect(first.output.contains("\"total\": 14,\n  \"completed\": 14,"), "\(first.output)")
    let lines = first.errors.split(separator: "\n")
    #expect(lines.contains("practice (search): 8 jobs, 0 skipped, 8 to run with 2 workers"))
    #expect(lines.contains("practice (repeats): 6 jobs, 0 skipped, 6 to run with 2 workers"))
    #expect(lines.contains { $0.hasPrefix("[6/6] completed") })
    #expect(try seeds(practice, .search) == [0, 1, 0, 1, 0, 1, 0, 1])
    #expect(try seeds(practice, .repetition) == [2, 3, 4, 2, 3, 4])

    let plan = try practice.sweep("plan", "practice.yaml", "--store", practice.storePath)
    #expect(plan.output.contains("practice, repeats: 6 jobs, 0 to run\n"), "\(plan.output)")
    let second = try practice.launch("--json")
    #expect(second.output.contains("\"total\": 14,\n  \"completed\": 0,\n  \"skipped\": 14,"))
    #expect(try practice.states() == [.completed: 14])
  }

  @Test func `one worker and two choose and repeat alike, to the bit`() throws {
    var all: [[String: RunBits]] = []
    for workers in ["1", "2"] {
      let practice = try Practice()
      try practice.write(Self.sweep)
      let ending = try practice.launch("--workers", workers)
      #expect(ending.status == 0, "\(ending.errors)")
      all.append(try practice.bits())
    }
    #expect(all[0].count == 14 && Set(all[0].values).count == 14)
    #expect(all[0] == all[1])
  }

  @Test func `repeats and trials are compared apart`() throws {
    let practice = try Practice()
    try practice.write(Self.sweep)
    #expect(try practice.launch().status == 0)
    func compare(_ arguments: String...) throws -> BuiltProgram.Ending {
      try BuiltProgram.report.run(
        ["compare", "--store", practice.storePath] + arguments, in: practice.folder.path)
    }
    let repeats = try compare("--sweep", "practice", "--format", "csv").output
      .split(separator: "\n").filter { $0.hasPrefix("setting") }
    // Two settings of three runs each; four of two in the search.
    #expect(repeats.count == 2 && repeats.allSatisfy { $0.contains(",3,3,3,0,0,") }, "\(repeats)")
    let search = try compare("--sweep", "practice", "--search", "--format", "csv").output
      .split(separator: "\n").filter { $0.hasPrefix("setting") }
    #expect(search.count == 4 && search.allSatisfy { $0.contains(",2,2,2,0,0,") }, "\(search)")
    let wrong = try compare("a", "b", "--search")
    #expect(wrong.status == 64)
    #expect(wrong.errors.hasPrefix("error: --search needs a sweep; name it with --sweep\n"))
  }

  @Test func `a setting of which a job fails is not repeated, with a warning`() throws {
    let practice = try Practice()
    try practice.write(Self.sweep.replacing("[0.001, 0.3]", with: "[1e30, 0.3]"))
    let first = try practice.launch("--json")
    #expect(first.status == 1)
    #expect(first.output.contains("\"completed\": 10,\n  \"skipped\": 0,\n  \"failed\": 4,"))
    #expect(
      first.errors.contains(
        "warning: 2 of 4 settings cannot be chosen to be repeated: validation/map@r is missing in "
          + "jobs 0, 1, 2, 3\n"), "\(first.errors)")
    let second = try practice.launch("--json")
    #expect(second.status == 1, "the sweep is still not whole")
    #expect(second.output.contains("\"skipped\": 14,"), "\(second.output)")
  }

  @Test func `repeats of a search that was cut short wait for it`() throws {
    let practice = try Practice()
    try practice.write(Self.sweep)
    #expect(try practice.launch().status == 0)
    try practice.sqlite(
      "UPDATE run SET state = 'cancelled' WHERE number = 1; UPDATE attempt SET state = 'cancelled' "
        + "WHERE runNumber = 1")
    let ending = try practice.launch()
    #expect(ending.status == 1)
    #expect(
      ending.errors.contains(
        "warning: the repeats wait: 1 job of the search neither completed nor failed\n"),
      "\(ending.errors)")
  }

  @Test func `the plan as JSON has both rounds and what the second one will be`() throws {
    let practice = try Practice()
    try practice.write(Self.sweep)
    func plan() throws -> String {
      try practice.sweep("plan", "practice.yaml", "--json", "--store", practice.storePath).output
    }
    let before = try plan()
    #expect(before.contains("\"is_chosen\": false"), "\(before)")
    #expect(before.components(separatedBy: "\"role\": \"search\"").count == 9)
    #expect(!before.contains("\"role\": \"repeat\""))
    #expect(try practice.launch().status == 0)
    let after = try plan()
    #expect(after.contains("\"is_chosen\": true"))
    #expect(after.components(separatedBy: "\"role\": \"repeat\"").count == 7)
  }
}
