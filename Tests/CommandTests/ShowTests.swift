import Foundation
import Store
import TestSupport
import Testing

/// `show` of a run that was really made: nothing of how it came to be is missing.
struct ShowTests {
  @Test func `everything that a result depends on is recorded`() throws {
    let practice = try Practice()
    let text = """
      name: practice
      base: {dataset: features.h5, embedding: 8, batch: 8x3, steps: 10, evaluation: {every: 10}}

      """
    try practice.write(text)
    let launched = try practice.launch("--set", "alpha=1.4")
    #expect(launched.status == 0, "\(launched.errors)")
    let ending = try BuiltProgram.report.run(
      ["show", "latest", "--json", "--store", practice.storePath], in: practice.folder.path)
    let shown = try #require(
      try JSONSerialization.jsonObject(with: Data(ending.output.utf8)) as? [String: Any])

    let environment = try #require(shown["environment"] as? [String: String])
    for name in [
      "c_library", "compiler", "hdf5", "host", "kernel", "memory_bytes", "numerics_identity",
      "openblas", "openblas_core", "operating_system", "processor", "processors",
      "program_commit", "program_version", "sqlite",
    ] {
      #expect(environment[name]?.isEmpty == false, "\(name) is missing")
    }
    let launch = try #require(shown["launch"] as? [String: Any])
    #expect(launch["text"] as? String == text)
    #expect(launch["text_sha256"] as? String == CheckpointContent.digest(of: Data(text.utf8)))
    let command = try #require(launch["command_line"] as? [String])
    #expect(command.suffix(2) == ["--set", "alpha=1.4"] && command.contains("launch"))
    let origins = try #require(shown["origins"] as? [String: [String: Any]])
    let settings = try #require(shown["settings"] as? [String: Any])
    #expect(Set(origins.keys) == Set(settings.keys))
    #expect(origins["model.embedding"]?["line"] as? Int == 2)
    #expect(origins["loss.alpha"]?["source"] as? String == "command_line")
    #expect((shown["data_digests"] as? [String: String])?["high"]?.count == 64)
    for name in ["started_at", "finished_at"] { #expect(shown[name] is String, "\(name)") }
    for name in ["wall_seconds", "processor_seconds", "peak_memory_bytes"] {
      #expect((shown[name] as? Double ?? 0) > 0, "\(name)")
    }
    let attempts = try #require(shown["attempts"] as? [[String: Any]])
    #expect(attempts.map { $0["exit_status"] as? String } == ["exit 0"])

    let table = try BuiltProgram.report.run(
      ["show", "latest", "--store", practice.storePath], in: practice.folder.path
    ).output
    #expect(table.contains("\nSweep file\n1  name: practice\n2  base: {dataset: features.h5, "))
    #expect(table.contains(" --set alpha=1.4\n"))
  }

  @Test func `a comparison is a table for a paper`() throws {
    let practice = try Practice()
    try practice.write(
      """
      name: practice
      base: {dataset: features.h5, embedding: 8, batch: 8x3, steps: 10, evaluation: {every: 10}}
      sweep: {alpha: [1.2, 1.4]}
      seeds: 2
      """)
    #expect(try practice.launch().status == 0)
    func compare(_ more: String...) throws -> BuiltProgram.Ending {
      try BuiltProgram.report.run(
        ["compare", "--sweep", "practice", "--store", practice.storePath] + more,
        in: practice.folder.path)
    }
    let table = try compare("--latex")
    #expect(table.status == 0, "\(table.errors)")
    #expect(table.output.hasPrefix("% needs \\usepackage{booktabs}\n\\begin{tabular}{"))
    #expect(table.output.contains("validation/map@r (\\%)") && table.output.contains("$\\pm$"))
    #expect(table.output.contains("\\textbf{"))
    #expect(try compare("--format", "latex").output == table.output)
    let both = try compare("--latex", "--json")
    #expect(both.status == 64)
    #expect(
      both.errors.hasPrefix(
        "error: --latex and --format json contradict each other; give one of them\n"))
  }
}
