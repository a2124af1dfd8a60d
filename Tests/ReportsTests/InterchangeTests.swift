import Foundation
import Reports
import Store
import Sweeps
import Testing

@Suite struct InterchangeTests {
  private static func run() -> InterchangeRun {
    var summary = SampleRuns.grid[3]
    summary.startedAt = "2026-01-02T03:04:05.000Z"
    summary.finishedAt = "2026-01-02T03:04:06.500Z"
    summary.selectedStep = 50
    summary.note = "the one: in table 3"
    summary.tags = ["paper", "α"]
    let launch = LaunchRecord(
      id: "aaaaaaaaaaaaaaaa", sweepName: "practice", sweepDescription: nil, file: "practice.yaml",
      text: "name: practice\n", textDigest: String(repeating: "0", count: 64),
      commandLine: ["rll-sweep", "launch", "practice.yaml"], axes: [], objective: Objective(),
      host: "here", processID: 42, startedAt: Timestamp(Date(timeIntervalSince1970: 1_700_000_000)))
    return InterchangeRun(
      detail: RunDetail(
        summary: summary, origins: [:], environment: ["program_commit": "abc", "openblas": "0.3"],
        attempts: [], checkpoints: [], launch: launch),
      history: [
        MetricPoint(name: "train/loss", step: 50, value: 0.5),
        MetricPoint(name: "train/loss", step: 100, value: .nan),
        MetricPoint(name: "validation/map@r", step: 50, value: 0.52),
      ])
  }

  private static func text(_ files: [InterchangeFile], _ path: String) throws -> String {
    let file = try #require(files.first { $0.path.hasSuffix(path) }, "\(files.map(\.path))")
    return String(decoding: file.content, as: UTF8.self)
  }

  @Test func `a run is laid out as MLflow reads it`() throws {
    let files = MLflowDirectory(root: "/data/it's here").files(
      of: Self.run(), sweepID: "8000000000000003", weights: [("best", Data([1, 2]))])
    let folder = "4611686018427387905/b100000000000000/"
    #expect(files.allSatisfy { $0.path.hasPrefix(folder) })
    #expect(Set(files.map(\.path)).count == files.count)
    #expect(
      try Self.text(files, folder + "meta.yaml") == """
        artifact_uri: 'file:///data/it%27s%20here/4611686018427387905/b100000000000000/artifacts'
        end_time: 1767323046500
        entry_point_name: ''
        experiment_id: '4611686018427387905'
        lifecycle_stage: active
        run_id: 'b100000000000000'
        run_name: "b1000000 seed 1"
        run_uuid: 'b100000000000000'
        source_name: ''
        source_type: 4
        source_version: ''
        start_time: 1767323045000
        status: 3
        tags: []
        user_id: rll-sweep

        """)
    #expect(try Self.text(files, "/params/loss.alpha") == "1.2")
    #expect(try Self.text(files, "/params/loss.temperature") == "inf")
    #expect(try Self.text(files, "/params/dataset.levels") == "[\"high\"]")
    #expect(
      try Self.text(files, "/metrics/train/loss") == "1767323046500 0.5 50\n1767323046500 nan 100\n"
    )
    #expect(try Self.text(files, "/metrics/validation/map_at_r") == "1767323046500 0.52 50\n")
    #expect(
      try Self.text(files, "/metrics/final/test/recall_at_1") == "1767323046500 0.87 50\n")
    #expect(try Self.text(files, "/tags/mlflow.source.git.commit") == "abc")
    #expect(try Self.text(files, "/tags/mlflow.note.content") == "the one: in table 3")
    #expect(try Self.text(files, "/tags/tags") == "paper, α")
    #expect(try Self.text(files, "/tags/environment.openblas") == "0.3")
    #expect(try Self.text(files, "/tags/command_line") == "rll-sweep launch practice.yaml")
    #expect(files.contains { $0.path == folder + "artifacts/best.safetensors" })
  }

  /// Values of RFC 3720, appendix B.4.
  private static let checksums: [(bytes: [UInt8], value: UInt32)] = [
    ([UInt8](repeating: 0, count: 32), 0x8A91_36AA),
    ([UInt8](repeating: 0xFF, count: 32), 0x62A8_AB43), ([UInt8](0..<32), 0x46DD_794E), ([], 0),
  ]

  @Test(arguments: checksums)
  func `checksums of event files are those of the standard`(bytes: [UInt8], value: UInt32) {
    #expect(CRC32C.value(of: Data(bytes)) == value)
  }

  @Test func `an event file has a record for its version and one for each point`() throws {
    let file = EventFile.file(of: Self.run(), in: "practice/b1")
    #expect(file.path == "practice/b1/events.out.tfevents.1767323046.b100000000000000")
    var rest = file.content
    var contents: [Data] = []
    while !rest.isEmpty {
      let length = rest.prefix(8).reversed().reduce(0) { $0 << 8 | Int($1) }
      try #require(rest.count >= 16 + length)
      contents.append(Data(rest.dropFirst(12).prefix(length)))
      rest = Data(rest.dropFirst(16 + length))
    }
    #expect(contents.count == 4)
    #expect(contents[0].suffix(15) == Data([0x1A, 13]) + Data("brain.Event:2".utf8))
    let value = withUnsafeBytes(of: Float(0.5).bitPattern.littleEndian) { Data($0) }
    #expect(
      contents[1].dropFirst(9)
        == Data([0x10, 50, 0x2A, 19, 0x0A, 17, 0x0A, 10]) + Data("train/loss".utf8) + Data([0x15])
        + value)
  }

  @Test func `points are one a row, and a later run adds no header`() {
    let points = [
      MetricPoint(name: "train/loss", step: 50, value: 0.1),
      MetricPoint(name: "train/loss", step: 100, value: .nan),
    ]
    let report = HistoryTable.report([("a", points)])
    #expect(
      report.text(as: .csv) == "run_id,name,step,value\na,train/loss,50,0.1\na,train/loss,100,\n")
    #expect(
      HistoryTable.continuation(report, as: .csv) == "a,train/loss,50,0.1\na,train/loss,100,\n")
    let lines = """
      {"schema":1,"run_id":"a","name":"train/loss","step":50,"value":0.1}
      {"schema":1,"run_id":"a","name":"train/loss","step":100,"value":null}

      """
    #expect(report.text(as: .jsonl) == lines)
    #expect(HistoryTable.continuation(report, as: .jsonl) == lines)
    #expect(HistoryTable.report([]).notes == ["No history."])
  }
}
