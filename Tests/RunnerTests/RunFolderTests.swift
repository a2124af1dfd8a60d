import Foundation
import Runner
import Store
import Sweeps
import TestSupport
import Testing

struct RunFolderTests {
  private let temporary: TemporaryFolder
  private let folder: RunFolder

  init() throws {
    temporary = try TemporaryFolder()
    folder = RunFolder(path: temporary.file("runs/0123456789abcdef"))
    try folder.create(Self.request(attempt: 1))
  }

  private static func request(attempt: Int) -> JobRequest {
    JobRequest(
      runID: "0123456789abcdef", attempt: attempt, jobKey: "key",
      spec: JobSpec(index: 0, settings: [:], origins: [:]), objective: Objective(),
      dataDigests: [:], usesNativeBLAS: false)
  }

  private static let points = [
    MetricPoint(name: "a", step: 1, value: 0.1), MetricPoint(name: "b/ü", step: 1, value: -0.0),
    MetricPoint(name: "a", step: 2, value: .infinity),
    MetricPoint(name: "a", step: 3, value: .leastNonzeroMagnitude),
  ]

  private static func bits(_ points: [MetricPoint]) -> [String] {
    points.map { "\($0.name) \($0.step) \($0.value.bitPattern)" }
  }

  @Test func `a history is appended to, and its end is taken back`() throws {
    let first = try folder.append(Array(Self.points[..<2]))
    let second = try folder.append([Self.points[2]], after: first)
    #expect(second.bytes > first.bytes)
    #expect(Self.bits(try folder.history()) == Self.bits(Array(Self.points[..<3])))
    #expect(
      Self.bits(try folder.history(ofLength: first.bytes)) == Self.bits(Array(Self.points[..<2])))
    _ = try folder.append([Self.points[3]], after: first)
    #expect(Self.bits(try folder.history()) == Self.bits([0, 1, 3].map { Self.points[$0] }))
    #expect(try folder.append([]).bytes == 0)
    #expect(try folder.history().isEmpty)
  }

  @Test func `what was written half behind the known length is lost without a trace`() throws {
    let length = try folder.append([Self.points[0]])
    let file = try #require(FileHandle(forWritingAtPath: folder.path + "/metrics.jsonl"))
    try file.seekToEnd()
    try file.write(contentsOf: Data("{\"name\":\"a\",\"st".utf8))
    try file.close()
    #expect(throws: RunnerError.self) { try folder.history() }
    _ = try folder.append([Self.points[1]], after: length)
    #expect(Self.bits(try folder.history()) == Self.bits(Array(Self.points[..<2])))
  }

  @Test func `a file that cannot be read is said, not taken for an empty one`() throws {
    let history = folder.path + "/metrics.jsonl"
    try FileManager.default.createDirectory(atPath: history, withIntermediateDirectories: false)
    let error = try #require(throws: RunnerError.self) { try folder.history() }
    #expect(error.code == .foreign)
    #expect(
      error.description == "\(history) is a folder, not a file. Remove it, or name another place")
  }

  @Test func `outcomes of queries come back, and damaged ones are refused`() throws {
    let queries = QueryOutcomes(
      [.init(firstHit: 1, averagePrecision: 0.75), .init(firstHit: nil, averagePrecision: nil)],
      recallAt: [1, 2], classes: QueryClasses(names: ["a", "ü"], of: [1, 0]))
    let path = folder.path + "/queries.json"
    #expect(throws: RunnerError.self) { try folder.queries() }
    try folder.write(queries)
    #expect(try folder.queries() == queries)
    let text = try String(contentsOfFile: path, encoding: .utf8)
    try text.replacing("[1,2]", with: "[2,1]")
      .write(toFile: path, atomically: true, encoding: .utf8)
    do {
      _ = try folder.queries()
      Issue.record("no error was thrown")
    } catch {
      #expect("\(error)" == "\(path): [2, 1] are no ascending K of Recall@K")
    }
  }

  @Test func `a history shorter than it must be is refused, and so is a length below 0`() throws {
    let length = try folder.append([Self.points[0]]).bytes
    for wanted in [length + 1, -1] {
      let error = #expect(throws: RunnerError.self) { try folder.history(ofLength: wanted) }
      #expect(
        error?.description
          == "\(folder.path)/metrics.jsonl has \(length) bytes where \(wanted) were written")
    }
  }

  @Test func `another attempt finds the state, history and log of the one before, not its report`()
    throws
  {
    #expect(!folder.hasTrainingState)
    #expect(try folder.trainingState() == nil)
    try folder.write(trainingState: Data("state".utf8))
    _ = try folder.append(Self.points)
    try Data("step 1\n".utf8).write(to: URL(filePath: folder.logPath))
    try folder.write(JobReport(jobKey: "key", ending: .interrupted))

    try folder.create(Self.request(attempt: 2))
    #expect(try folder.request().attempt == 2)
    #expect(try folder.report(for: "key") == nil)
    #expect(folder.hasTrainingState)
    #expect(try folder.trainingState() == Data("state".utf8))
    #expect(try folder.history().count == 4)
    #expect(folder.logTail() == "step 1\n")
  }
}
