import Foundation
import Store
import TestSupport
import Testing

/// Many processes with one store.
struct ConcurrentLaunchTests {
  private let practice: Practice

  init() throws {
    practice = try Practice()
    try practice.write()
  }

  private func start(_ arguments: [String]) throws -> BuiltProgram.Running {
    try BuiltProgram.sweep.start(
      ["launch"] + arguments + ["--store", practice.storePath, "--workers", "1"],
      in: practice.folder.path)
  }

  private func checkStore(sourceLocation: SourceLocation = #_sourceLocation) throws {
    let check = try practice.check()
    #expect(check.status == 0, "\(check.output)\(check.errors)", sourceLocation: sourceLocation)
    #expect(!FileManager.default.fileExists(atPath: practice.runsFolder))
  }

  @Test func `launchers of one sweep at once run each of its jobs once`() throws {
    let alone = try Practice()
    try alone.write()
    #expect(try alone.launch().status == 0)
    let launchers = try (0..<6).map { _ in try start(["practice.yaml"]) }
    for launcher in launchers {
      let ending = try launcher.wait()
      #expect(ending.status == 0, "\(ending.errors)")
    }
    #expect(
      try practice.attempts().map { $0.map(\.state) } == Array(repeating: ["completed"], count: 8))
    #expect(try practice.bits() == alone.bits())
    try checkStore()
  }

  @Test func `a job that two sweeps of one launch have in common runs once`() throws {
    try practice.write(
      Practice.sweep.replacing("name: practice", with: "name: other"), to: "other.yaml")
    let ending = try start(["practice.yaml", "other.yaml", "--json"]).wait()
    #expect(ending.status == 0, "\(ending.errors)")
    #expect(ending.output.contains("\"completed\": 0"), "\(ending.output)")
    #expect(try practice.states() == [.completed: 8])
  }

  @Test func `sixteen launches at once make one store and lose nothing`() throws {
    try practice.write(
      Practice.sweep.replacing("[1.2, 1.4]", with: "[1.2]").replacing("[0.2, 0.4]", with: "[0.2]")
        .replacing("seeds: 2", with: "").replacing("steps: 40", with: "steps: 10"))
    let launchers = try (0..<16).map { try start(["practice.yaml", "--set", "seed=\($0)"]) }
    for launcher in launchers {
      let ending = try launcher.wait()
      #expect(ending.status == 0, "\(ending.errors)")
    }
    #expect(try practice.states() == [.completed: 16])
    let bits = try practice.bits()
    #expect(bits.count == 16 && Set(bits.values).count == 16)
    #expect(bits.values.allSatisfy { $0.weights.count == 2 && !$0.metrics.isEmpty })
    try checkStore()
  }

  @Test func `whoever reads while a sweep writes meets no error`() throws {
    // Something to compare from the first look on.
    #expect(try practice.launch("--set", "steps=10").status == 0)
    let looks: [(BuiltProgram, [String])] = [
      (.report, ["runs", "--json"]), (.report, ["compare", "--sweep", "latest"]),
      (.report, ["store", "check"]), (.sweep, ["status"]),
    ]
    let launcher = try start(["practice.yaml"])
    var count = 0
    while launcher.isRunning {
      for (program, arguments) in looks {
        let ending = try program.run(
          arguments + ["--store", practice.storePath], in: practice.folder.path)
        #expect(ending.status == 0, "\(arguments): \(ending.errors)")
        count += 1
      }
    }
    let ending = try launcher.wait()
    #expect(ending.status == 0, "\(ending.errors)")
    #expect(count >= looks.count)
    print("\(count) reports while a sweep of 8 jobs was written")
    try checkStore()
  }
}
