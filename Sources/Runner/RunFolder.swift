package import Foundation
package import Store

/// The folder of one run: every path and file format that passes between a job and the
/// scheduler. A job writes nothing else.
package struct RunFolder: Sendable {
  package let path: String
  /// For a job: what it must hold to write anything here.
  private let owner: FolderOwner?

  package init(path: String, owner: FolderOwner? = nil) {
    self.path = path
    self.owner = owner
  }

  static let reportName = "result.json"

  private var requestPath: String { path + "/job.json" }
  private var reportPath: String { path + "/" + Self.reportName }
  private var initialPath: String { path + "/initial.safetensors" }
  private static let historyName = "metrics.jsonl"
  private var historyPath: String { path + "/" + Self.historyName }
  private var queriesPath: String { path + "/queries.json" }
  private var trainingStatePath: String { path + "/training.state" }
  package var logPath: String { path + "/" + StoreLocation.logName }
  var lockPath: String { path + "/" + StoreLocation.runLockName }
  var ownerPath: String { path + "/owner" }

  /// Makes the folder and writes what the job is to do. What an earlier attempt left to go on
  /// from stays: its state of training, the history of its measures and its log.
  package func create(_ request: JobRequest) throws(RunnerError) {
    let parent = path.parentFolder
    for folder in [parent, path] where mkdir(folder, 0o700) != 0 && errno != EEXIST {
      throw RunnerError.refused(folder, "created", errno: errno)
    }
    try removeReport()
    try DurableFile.write(encode(request), to: requestPath)
  }

  /// Removes the report of an earlier attempt.
  package func removeReport() throws(RunnerError) {
    try owner?.check()
    guard unlink(reportPath) == 0 || errno == ENOENT else {
      throw RunnerError.refused(reportPath, "removed", errno: errno)
    }
  }

  package func request() throws(RunnerError) -> JobRequest {
    try decode(JobRequest.self, from: existing(requestPath), path: requestPath)
  }

  /// The job's report; nil where it has not written one, or one for another job.
  package func report(for jobKey: String) throws(RunnerError) -> JobReport? {
    guard let content = try DurableFile.read(reportPath) else { return nil }
    let report = try decode(JobReport.self, from: content, path: reportPath)
    return report.jobKey == jobKey ? report : nil
  }

  /// Whether all files that a report speaks of are there.
  func hasFiles(of report: JobReport) -> Bool {
    let queries = report.hasQueries == true ? [queriesPath] : []
    return (report.checkpoints.map { path + "/" + $0.file } + queries)
      .allSatisfy(FileManager.default.fileExists)
  }

  /// Writes the job's report, the last file that a job writes.
  package func write(_ report: JobReport) throws(RunnerError) {
    try owner?.check()
    try DurableFile.write(encode(report), to: reportPath)
  }

  /// Writes points behind the end of a history, which loses what followed it, and synchronises
  /// it. Returns its new end.
  package func append(
    _ points: [MetricPoint], after end: HistoryEnd = HistoryEnd()
  ) throws(RunnerError) -> HistoryEnd {
    try owner?.check()
    var lines = Data()
    for point in points { lines += encode(point) + Data("\n".utf8) }
    try DurableFile.write(lines, after: end.bytes, of: historyPath)
    return end.adding(lines)
  }

  /// The points in the first `length` bytes of the history, or in all of it.
  ///
  /// - Parameter digest: What those bytes must have; nil where it is not known.
  package func history(
    ofLength length: Int? = nil, digest: String? = nil
  ) throws(RunnerError) -> [MetricPoint] {
    let content = try historyContent(ofLength: length, digest: digest)
    // As one list: to read each line by itself takes several times as long.
    let lines = content.split(separator: UInt8(ascii: "\n"))
    let list = Data("[".utf8) + lines.joined(separator: Data(",".utf8)) + Data("]".utf8)
    do {
      return try Self.decoder.decode([MetricPoint].self, from: list)
    } catch {
      let number = lines.firstIndex {
        (try? Self.decoder.decode(MetricPoint.self, from: $0)) == nil
      }
      throw Self.unreadable(historyPath, "line \((number ?? 0) + 1) is no point of a measure")
    }
  }

  /// Where another attempt goes on with the history: behind its first `length` bytes.
  package func historyEnd(
    ofLength length: Int, digest: String?
  ) throws(RunnerError) -> HistoryEnd {
    HistoryEnd().adding(try historyContent(ofLength: length, digest: digest))
  }

  private func historyContent(
    ofLength length: Int?, digest: String?
  ) throws(RunnerError) -> Data {
    let content = try DurableFile.read(historyPath) ?? Data()
    let wanted = length ?? content.count
    guard (0...content.count).contains(wanted) else {
      throw RunnerError(
        .foreign, "\(historyPath) has \(content.count) bytes where \(wanted) were written")
    }
    let start = content.prefix(wanted)
    if digest != nil {
      try check(HistoryEnd().adding(start).digest, is: digest, of: Self.historyName)
    }
    return start
  }

  /// Throws where a file does not have the digest that its job gave it; nil where it gave none.
  func check(_ found: String, is written: String?, of file: String) throws(RunnerError) {
    guard let written, found != written else { return }
    throw RunnerError(
      .foreign,
      "\(path)/\(file) is not what its job wrote: its SHA-256 is \(found.prefix(12))…, not "
        + "\(written.prefix(12))…")
  }

  /// What the job can go on from; nil where there is nothing.
  package func trainingState() throws(RunnerError) -> Data? {
    try DurableFile.read(trainingStatePath)
  }

  package var hasTrainingState: Bool {
    FileManager.default.fileExists(atPath: trainingStatePath)
  }

  package func write(trainingState content: Data) throws(RunnerError) {
    try owner?.check()
    try DurableFile.write(content, to: trainingStatePath)
  }

  /// The weights that the job starts from; nil where it starts from its seed.
  package func initialWeights() throws(RunnerError) -> Data? { try DurableFile.read(initialPath) }

  package func write(initialWeights content: Data) throws(RunnerError) {
    try DurableFile.write(content, to: initialPath)
  }

  package func write(checkpoint content: Data, file: String) throws(RunnerError) {
    try owner?.check()
    try DurableFile.write(content, to: path + "/" + file)
  }

  package func checkpoint(file: String) throws(RunnerError) -> Data {
    // Bytes, as one character may be a slash and an accent.
    guard !file.utf8.contains(UInt8(ascii: "/")) else {
      throw RunnerError(.foreign, "\(path)/\(file) cannot be read: it is not in the run folder")
    }
    return try existing(path + "/" + file)
  }

  package func write(_ queries: QueryOutcomes) throws(RunnerError) {
    try owner?.check()
    try DurableFile.write(encode(queries), to: queriesPath)
  }

  /// What became of the queries on the test classes.
  package func queries() throws(RunnerError) -> QueryOutcomes {
    let queries = try decode(
      QueryOutcomes.self, from: existing(queriesPath), path: queriesPath)
    if let fault = queries.fault { throw RunnerError(.format, "\(queriesPath): \(fault)") }
    return queries
  }

  /// The last `limit` bytes of what the job printed.
  package func logTail(limit: Int = 8_192) -> String {
    DurableFile.tail(of: logPath, limit: limit)
  }

  package func remove() throws(RunnerError) {
    guard FileManager.default.fileExists(atPath: path) else { return }
    do {
      try FileManager.default.removeItem(atPath: path)
    } catch {
      throw .refused(path, "removed", error)
    }
  }

  private func encode(_ value: some Encodable) -> Data {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    encoder.nonConformingFloatEncodingStrategy = .convertToString(
      positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
    do {
      return try encoder.encode(value)
    } catch {
      preconditionFailure("\(type(of: value)) has no JSON: \(error)")
    }
  }

  private func existing(_ file: String) throws(RunnerError) -> Data {
    guard let content = try DurableFile.read(file) else {
      throw .refused(file, "read", errno: ENOENT)
    }
    return content
  }

  private func decode<Value: Decodable>(
    _ type: Value.Type, from content: Data, path: String
  ) throws(RunnerError) -> Value {
    let decoder = Self.decoder
    do {
      let found = try decoder.decode(FileVersion.self, from: content).schema ?? JobRequest.schema
      guard found <= JobRequest.schema else {
        throw RunnerError(
          .format,
          "\(path) was written by a newer rll-sweep (schema \(found), this program knows "
            + "\(JobRequest.schema))")
      }
      return try decoder.decode(type, from: content)
    } catch let error as RunnerError {
      throw error
    } catch {
      throw Self.unreadable(path, (error as? DecodingError)?.fault ?? "\(error)")
    }
  }

  private static var decoder: JSONDecoder {
    let decoder = JSONDecoder()
    decoder.nonConformingFloatDecodingStrategy = .convertFromString(
      positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
    return decoder
  }

  private static func unreadable(_ path: String, _ fault: String) -> RunnerError {
    RunnerError(.foreign, "\(path) is not what a run folder holds: \(fault)")
  }
}

/// The one field that all files of a run folder share.
private struct FileVersion: Decodable {
  var schema: Int?
}
