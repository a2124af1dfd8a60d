import Foundation
import Store
import Sweeps
import TestSupport
import Testing

/// `verify` on stores in which somebody changed a value.
struct VerifyDifferenceTests {
  /// The text of a table in which one run differs, with the sentences below it.
  private static func table(_ run: String, _ sentence: String, rest: [String]) -> String {
    let header = "run id            identical  openblas core  first difference\n"
    let notes = ["\(run.prefix(8)): \(sentence)."] + rest + ["0 of 1 run identical, bit for bit."]
    return header + "\(run)  no         Haswell        \(sentence)\n\n"
      + notes.map { $0 + "\n" }.joined()
  }

  private static let sameEnvironment = "numerics identity and environment are those of the run."

  /// What somebody did to the store, and what the first difference then is.
  private struct Change: Sendable, CustomTestStringConvertible {
    let testDescription: String
    /// `RUN` stands for the number of the run.
    let statement: String
    /// `NOW` stands for the value that the store had.
    let sentence: String
    let kind: String
    let metric: String?
    let step: Int?
  }

  private static let changes = [
    Change(
      testDescription: "a point of the history",
      statement: """
        UPDATE metricPoint SET value = 0.125 WHERE runNumber = RUN AND step = 20
          AND measureNumber = (SELECT number FROM measure WHERE name = 'validation/map@r');
        UPDATE metricPoint SET value = 7 WHERE runNumber = RUN AND step = 30
          AND measureNumber = (SELECT number FROM measure WHERE name = 'train/loss')
        """,
      sentence: "at step 20, validation/map@r is 0.125 in the store and NOW now",
      kind: "history", metric: "validation/map@r", step: 20),
    Change(
      testDescription: "a point that was taken away",
      statement: """
        DELETE FROM metricPoint WHERE runNumber = RUN AND step = 10
          AND measureNumber = (SELECT number FROM measure WHERE name = 'train/loss')
        """,
      sentence: "at step 10, train/loss is missing in the store and NOW now",
      kind: "history", metric: "train/loss", step: 10),
    Change(
      testDescription: "a point that was put in",
      statement: """
        INSERT INTO metricPoint VALUES (RUN, (SELECT number FROM measure WHERE name = 'test/nmi'),
          11, 0.5)
        """,
      sentence: "at step 11, test/nmi is 0.5 in the store and missing now",
      kind: "history", metric: "test/nmi", step: 11),
    Change(
      testDescription: "a value that is no number any more",
      statement: """
        UPDATE metricPoint SET value = NULL WHERE runNumber = RUN AND step = 20
          AND measureNumber = (SELECT number FROM measure WHERE name = 'train/loss')
        """,
      sentence: "at step 20, train/loss is nan in the store and NOW now",
      kind: "history", metric: "train/loss", step: 20),
    Change(
      testDescription: "the selected step",
      statement: "UPDATE run SET selectedStep = 7 WHERE number = RUN",
      sentence: "the selected step is 7 in the store and NOW now", kind: "selected_step",
      metric: nil, step: nil),
    Change(
      testDescription: "a final measure",
      statement: """
        UPDATE finalMetric SET value = 0.25 WHERE runNumber = RUN
          AND measureNumber = (SELECT number FROM measure WHERE name = 'test/recall@1')
        """,
      sentence: "the final test/recall@1 (of step SELECTED) is 0.25 in the store and NOW now",
      kind: "final", metric: "test/recall@1", step: nil),
  ]

  @Test(arguments: changes)
  private func `what was changed in the store is found and named`(change: Change) throws {
    let practice = try Practice.launched()
    let run = try practice.runs()[0]
    let (number, selected, now) = try practice.withStore { store in
      let row = try store.query("SELECT number FROM run WHERE id = '\(run)'").rows[0][0]
      let selected = try store.detail(of: run).summary.selectedStep ?? 0
      let value = try store.history(of: run).first {
        $0.name == change.metric && $0.step == change.step ?? selected
      }?.value
      return (row.display, selected, SettingValue.shortest(value ?? Double(selected)))
    }
    try practice.sqlite(change.statement.replacing("RUN", with: number))
    let sentence = change.sentence.replacing("SELECTED", with: "\(selected)")
      .replacing("NOW", with: now)
    let ending = try practice.verify(run)
    #expect(ending.status == 2)
    #expect(
      ending.output
        == Self.table(run, sentence, rest: ["\(run.prefix(8)): \(Self.sameEnvironment)"]))
    #expect(ending.errors.hasPrefix("\(run.prefix(8))  different"))

    let json = try practice.verify(run, "--json")
    #expect(json.status == 2)
    let object = try #require(try Practice.objects(json).first)
    #expect(object["identical"] as? Bool == false)
    let difference = try #require(object["first_difference"] as? [String: Any])
    #expect(difference["text"] as? String == sentence)
    #expect(difference["kind"] as? String == change.kind)
    #expect(difference["metric"] as? String == change.metric)
    if let step = change.step { #expect(difference["step"] as? Int == step) }
  }

  @Test func `a byte of the weights that was changed is found and named`() throws {
    let practice = try Practice.launched()
    let run = try practice.runs()[0]
    let (best, last) = try practice.withStore { store in
      let content = try #require(try store.checkpoint(of: run, kind: .best))
      let last = content.suffix(4).reversed().reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
      return (
        try #require(try store.detail(of: run).checkpoints.first { $0.kind == "best" }),
        Double(Float(bitPattern: last))
      )
    }
    // The last value of the last tensor becomes 1.5.
    try practice.sqlite(
      """
      UPDATE blobChunk SET content = CAST(substr(content, 1, length(content) - 4)
        || x'0000c03f' AS BLOB) WHERE blobDigest = '\(best.sha256)'
      """)
    let ending = try practice.verify(run, "--json")
    #expect(ending.status == 2)
    let object = try #require(try Practice.objects(ending).first)
    let difference = try #require(object["first_difference"] as? [String: Any])
    let sentence =
      "value 127 of embedding.weight of the best weights (of step \(best.step)) is 1.5 in the store "
      + "and \(SettingValue.shortest(last)) now"
    #expect(difference["text"] as? String == sentence)
    #expect(difference["kind"] as? String == "weights")
    #expect(difference["checkpoint"] as? String == "best")
    #expect(difference["tensor"] as? String == "embedding.weight")
    #expect(difference["place"] as? Int == 127)
    #expect(difference["stored"] as? Double == 1.5)

    try practice.sqlite("UPDATE blobChunk SET content = x'00' WHERE blobDigest = '\(best.sha256)'")
    let damaged = try practice.verify(run)
    #expect(damaged.status == 2)
    #expect(
      damaged.output.contains(
        "\(run.prefix(8)): the best weights (of step \(best.step)) is no weights file (the weights "
          + "cannot be read: the file ends within its header) in the store and one now.\n"),
      "\(damaged.output)")
  }

  @Test func `a changed setting shows in the first measure that it moves`() throws {
    let practice = try Practice.launched()
    let run = try practice.runs()[0]
    try practice.sqlite(
      "UPDATE run SET settings = json_set(settings, '$.\"optimizer.learning_rate\"', 1e30)")
    let ending = try practice.verify(run)
    #expect(ending.status == 2)
    #expect(
      ending.output.contains(
        "\(run.prefix(8)): the ending is completed in the store and failed (training diverged: the "
          + "loss is not finite at step "), "\(ending.output)")
  }

  @Test func `what is not the same in the environment is named, and does not make a run differ`()
    throws
  {
    let practice = try Practice.launched()
    let run = try practice.runs()[0]
    let identity = try practice.withStore {
      try $0.detail(of: run).environment["numerics_identity"] ?? ""
    }
    try practice.sqlite(
      """
      UPDATE environment SET content = json_remove(json_set(content, '$.host', 'elsewhere',
        '$.numerics_identity', 'code 0'), '$.kernel')
      """)
    let ending = try practice.verify(run)
    #expect(ending.status == 0)
    let host = ProcessInfo.processInfo.hostName
    let kernel = try String(contentsOfFile: "/proc/sys/kernel/osrelease", encoding: .utf8)
      .trimmingCharacters(in: .whitespacesAndNewlines)
    let short = run.prefix(8)
    #expect(
      ending.output == """
        run id            identical  openblas core  first difference
        \(run)  yes        Haswell        –

        \(short): numerics_identity was 'code 0', now it is '\(identity)'.
        \(short): host was 'elsewhere', now it is '\(host)'.
        \(short): kernel was not recorded, now it is '\(kernel)'.
        1 of 1 run identical, bit for bit.

        """)
    let object = try #require(try Practice.objects(practice.verify(run, "--json")).first)
    let changes = try #require(object["environment_difference"] as? [[String: Any]])
    #expect(changes.map { $0["name"] as? String } == ["numerics_identity", "host", "kernel"])
    #expect(changes[1]["stored"] as? String == "elsewhere")
    #expect(changes[2]["stored"] is NSNull)
  }
}
