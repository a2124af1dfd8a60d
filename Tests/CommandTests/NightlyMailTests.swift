import Foundation
import TestSupport
import Testing

/// What mails of nights ask for, and what they keep to themselves.
struct NightlyMailTests {
  @Test func `a job that fails is a regression`() throws {
    let nightly = try Nightly()
    #expect(try nightly.night().status == 3)
    #expect(try nightly.setBaseline().status == 0)
    try nightly.write(
      Nightly.sweep.replacing("m: [0.2, 0.4]", with: "m: [0.2, 0.4], learning_rate: [1e30]"))
    let ending = try nightly.night()
    #expect(ending.status == 2)
    #expect(ending.errors == "")
    #expect(
      ending.output.hasPrefix("REGRESSION: practice on \(Nightly.host): the job of "),
      "\(ending.output)")
    let failed = try StoreFile.run(
      "SELECT substr(run_id, 1, 8) FROM runs WHERE state = 'failed'",
      on: nightly.practice.storePath
    ).split(separator: "\n")
    let retry = "rll-sweep retry practice --store \(nightly.practice.storePath)"
    #expect(
      failed.contains { ending.output.hasSuffix(nightly.ending("logs \($0)") + "  \(retry)\n") },
      "\(ending.output)")
  }

  @Test func `a first night of which a job failed has no baseline to set`() throws {
    let nightly = try Nightly(
      Nightly.sweep.replacing("m: [0.2, 0.4]", with: "m: [0.2], learning_rate: [1e30]"))
    let ending = try nightly.night()
    #expect(ending.status == 2)
    let store = "--store \(nightly.practice.storePath)"
    #expect(
      ending.output.contains(
        "\ncannot judge: the sweep has no baseline; it can have one when all jobs are completed: "
          + "rll-sweep retry practice \(store) && rll-report baseline set main practice \(store)\n"),
      "\(ending.output)")
    #expect(
      ending.output.contains(
        "\nrll-report runs --sweep practice --where \"state = 'failed'\" \(store) lists the jobs that "
          + "failed, rll-report logs ID \(store) says more, and rll-sweep retry practice \(store) runs "
          + "them again.\n"), "\(ending.output)")
    let last = ending.output.split(separator: "\n").suffix(2)
    #expect(last.first?.hasPrefix("  rll-report logs ") == true)
    #expect(last.last == "  rll-sweep retry practice \(store)")
    let failed = try BuiltProgram.report.run(
      [
        "runs", "--sweep", "practice", "--where", "state = 'failed'", "--store",
        nightly.practice.storePath, "--format", "csv",
      ], in: nightly.practice.folder.path)
    #expect(failed.output.split(separator: "\n").count == 5, "\(failed.output)")
  }

  @Test func `what a name would do to a terminal stays out of the mail`() throws {
    let text = Nightly.sweep.replacing("  dataset: features.h5\n", with: "")
    let both = text.replacing("{m:", with: "{dataset.path: [features.h5, \"a\\e[2J.h5\"], m:")
    let nightly = try Nightly(both.replacing("seeds: 4", with: "seeds: 2"))
    let other = try Practice(dimension: 12)
    try withExtendedLifetime(other) {
      try FileManager.default.copyItem(
        atPath: other.folder.file("features.h5"), toPath: nightly.file("a\u{1B}[2J.h5"))
    }
    #expect(try nightly.night().status == 3)
    #expect(try nightly.setBaseline().status == 0)
    try nightly.write(
      text.replacing("{m:", with: "{dataset.path: [features.h5], m:")
        .replacing("seeds: 4", with: "seeds: 2"))
    let ending = try nightly.night()
    #expect(ending.status == 3, "\(ending.errors)")
    #expect(ending.output.contains("a [2J.h5"), "\(ending.output)")
    #expect(!ending.output.contains("\u{1B}"))
  }
}
