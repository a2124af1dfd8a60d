import Foundation
import Store
import Sweeps
import TestSupport
import Testing

/// `verify` on stored runs that nobody touched.
struct VerifyTests {
  @Test func `runs that nobody touched are identical, and the store stays as it is`() throws {
    let practice = try Practice.launched()
    let before = try practice.bits()
    let runs = try practice.runs()
    #expect(runs.count == 2)
    let ending = try practice.verify("--all", "practice", "--workers", "2")
    #expect(ending.status == 0, "\(ending.errors)")
    #expect(
      ending.output == """
        run id            identical  openblas core  first difference
        \(runs[0])  yes        Haswell        –
        \(runs[1])  yes        Haswell        –

        2 of 2 runs identical, bit for bit.

        """)
    let lines = ending.errors.split(separator: "\n")
    #expect(lines.first == "practice: 2 of 2 completed runs")
    #expect(
      Set(lines.dropFirst().map { $0.prefix(19) }) == Set(runs.map { "\($0.prefix(8))  identical" })
    )
    #expect(try practice.bits() == before)
    let counts = try practice.withStore {
      try $0.query("SELECT (SELECT count(*) FROM launch), (SELECT count(*) FROM attempt)").rows
    }
    #expect(counts == [[.number(1), .number(2)]])
    #expect(!FileManager.default.fileExists(atPath: practice.folder.file("store.runs")))
  }

  @Test func `JSON has an object for each run, each run once`() throws {
    let practice = try Practice.launched()
    let run = try practice.runs()[1]
    let ending = try practice.verify(
      run, String(run.prefix(5)), "--json", "--quiet", "--workers", "1")
    #expect(ending.status == 0)
    #expect(ending.errors.isEmpty, "\(ending.errors)")
    #expect(
      ending.output == """
        [
          {
            "schema": 1,
            "run_id": "\(run)",
            "identical": true,
            "first_difference": null,
            "environment_difference": [],
            "openblas_core": "Haswell"
          }
        ]

        """)
  }

  @Test func `a setting that is younger than the run has its default`() throws {
    let practice = try Practice.launched()
    try practice.sqlite(
      "UPDATE run SET settings = json_remove(settings, '$.\"evaluation.map\"', '$.sampler')")
    let ending = try practice.verify(try practice.runs()[0])
    #expect(ending.status == 0, "\(ending.output)\(ending.errors)")
  }

  @Test func `a run with the processor's own core type is done again with it`() throws {
    let practice = try Practice.launched(options: ["--native-blas", "--set", "steps=10"])
    let runs = try practice.runs()
    let core = try practice.withStore {
      try $0.detail(of: runs[0]).environment["openblas_core"] ?? ""
    }
    #expect(!core.isEmpty)
    let ending = try practice.verify(runs[0], "--json")
    #expect(ending.status == 0, "\(ending.output)")
    #expect(try Practice.objects(ending).first?["openblas_core"] as? String == core)
  }

  @Test func `with --native-blas it says which core type computed what differs`() throws {
    let practice = try Practice.launched()
    let run = try practice.runs()[0]
    let ending = try practice.verify(run, "--native-blas", "--json")
    let object = try #require(try Practice.objects(ending).first)
    let core = try #require(object["openblas_core"] as? String)
    let changes = try #require(object["environment_difference"] as? [[String: Any]])
    if core == "Haswell" {
      #expect(ending.status == 0 && changes.isEmpty, "\(ending.output)")
    } else {
      #expect(ending.status == (object["identical"] as? Bool == true ? 0 : 2), "\(ending.output)")
      #expect(changes.map { $0["name"] as? String } == ["numerics_identity", "openblas_core"])
      #expect(changes.last?["stored"] as? String == "Haswell")
      #expect(changes.last?["computed"] as? String == core)
    }
  }

  @Test func `a run that starts from another's weights is done again from them`() throws {
    let practice = try Practice.launched()
    let first = try practice.runs()[0]
    try practice.write(
      Practice.shortSweep.replacing("name: practice", with: "name: further")
        .replacing("  steps: 30", with: "  initial: \(first)\n  steps: 30"), to: "further.yaml")
    let launch = try practice.sweep("launch", "further.yaml", "--store", practice.storePath)
    #expect(launch.status == 0, "\(launch.errors)")
    let ending = try practice.verify("--all", "further", "--quiet")
    #expect(ending.status == 0, "\(ending.output)\(ending.errors)")
    let run = try practice.withStore { try $0.runs(.sweep("further"))[0] }
    let digest = try practice.withStore {
      try $0.detail(of: first).checkpoints.first { $0.kind == "best" }?.sha256 ?? ""
    }
    try practice.sqlite("UPDATE blobChunk SET content = x'00' WHERE blobDigest = '\(digest)'")
    let damaged = try practice.verify(run.id)
    #expect(damaged.status == 74)
    #expect(
      damaged.errors == """
        error: the weights \(digest.prefix(12))… that job \(run.jobKey.prefix(12))… starts from \
        are not what they were when it ran

        """)
  }

  @Test func `a sample is drawn by its seed, and says so`() throws {
    let practice = try Practice.launched(
      Practice.sweep.replacing("steps: 40", with: "steps: 2").replacing(
        "every: 10", with: "every: 2"))
    let runs = try practice.runs()
    func sample(_ seed: String) throws -> [String] {
      let ending = try practice.verify(
        "--all", "practice", "--sample", "2", "--seed", seed, "--json")
      #expect(ending.status == 0, "\(ending.errors)")
      #expect(
        ending.errors.hasPrefix("practice: 2 of 8 completed runs, drawn with --seed \(seed)\n"))
      return try Practice.objects(ending).compactMap { $0["run_id"] as? String }
    }
    let drawn = try (0..<4).map { try sample(String($0)) }
    #expect(drawn.allSatisfy { $0.count == 2 && Set($0).isSubset(of: runs) })
    #expect(Set(drawn).count > 1)
    #expect(try sample("3") == drawn[3])
  }
}
