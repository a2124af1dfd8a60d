package import Foundation
package import Store

/// The folder of one run: every path and file format that passes between a job and the
/// scheduler. A job writes nothing else.
package struct RunFolder: Sendable {
  package let path: String

  package init(path: String) {
    self.path = path
  }

  private var requestPath: String { path + "/job.json" }
  private var reportPath: String { path + "/result.json" }
  private var initialPath: String { path + "/initial.safetensors" }
  private var historyPath: String { path + "/metrics.jsonl" }
  package var logPath: String { path + "/log.txt" }
  package var lockPath: String { path + "/lock" }

  /// Makes the folder and writes what the job is to do. What an earlier attempt left is removed.
  package func create(_ request: JobRequest) throws(RunnerError) {
    let parent = (path as NSString).deletingLastPathComponent
    for folder in [parent, path] where mkdir(folder, 0o700) != 0 && errno != EEXIST {
      throw RunnerError.refused(folder, "created", errno: errno)
    }
    for old in [reportPath, historyPath, logPath] where unlink(old) != 0 && errno != ENOENT {
      throw RunnerError.refused(old, "removed", errno: errno)
    }
    try DurableFile.write(encode(request), to: requestPath)
  }

  package func request() throws(RunnerError) -> JobRequest {
    try read(JobRequest.self, at: requestPath)
  }

  /// The job's report; nil where it has not written one, or one for another job.
  package func report(for jobKey: String) throws(RunnerError) -> JobReport? {
    guard FileManager.default.fileExists(atPath: reportPath) else { return nil }
    let report = try read(JobReport.self, at: reportPath)
    return report.jobKey == jobKey ? report : nil
  }

  /// Writes the job's report, the last file that a job writes.
  package func write(_ report: JobReport) throws(RunnerError) {
    try DurableFile.write(encode(report), to: reportPath)
  }

  package func write(history: [MetricPoint]) throws(RunnerError) {
    var lines = Data()
    for point in history { lines += encode(point) + Data("\n".utf8) }
    try DurableFile.write(lines, to: historyPath)
  }

  package func history() throws(RunnerError) -> [MetricPoint] {
    guard let content = FileManager.default.contents(atPath: historyPath) else { return [] }
    var points: [MetricPoint] = []
    for line in content.split(separator: UInt8(ascii: "\n")) {
      points.append(try decode(MetricPoint.self, from: Data(line), path: historyPath))
    }
    return points
  }

  /// The weights that the job starts from; nil where it starts from its seed.
  package var initialWeights: Data? { FileManager.default.contents(atPath: initialPath) }

  package func write(initialWeights content: Data) throws(RunnerError) {
    try DurableFile.write(content, to: initialPath)
  }

  package func write(checkpoint content: Data, file: String) throws(RunnerError) {
    try DurableFile.write(content, to: path + "/" + file)
  }

  package func checkpoint(file: String) throws(RunnerError) -> Data {
    guard !file.contains("/"), let content = FileManager.default.contents(atPath: path + "/" + file)
    else { throw RunnerError(.file, "\(path)/\(file) cannot be read") }
    return content
  }

  /// The last `limit` bytes of what the job printed.
  package func logTail(limit: Int = 8_192) -> String {
    guard let content = FileManager.default.contents(atPath: logPath) else { return "" }
    return String(decoding: content.suffix(limit), as: UTF8.self)
  }

  package func remove() throws {
    if FileManager.default.fileExists(atPath: path) {
      try FileManager.default.removeItem(atPath: path)
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

  private func read<Value: Decodable>(
    _ type: Value.Type, at file: String
  ) throws(RunnerError) -> Value {
    guard let content = FileManager.default.contents(atPath: file) else {
      throw RunnerError(.file, "\(file) cannot be read")
    }
    return try decode(type, from: content, path: file)
  }

  private func decode<Value: Decodable>(
    _ type: Value.Type, from content: Data, path: String
  ) throws(RunnerError) -> Value {
    let decoder = JSONDecoder()
    decoder.nonConformingFloatDecodingStrategy = .convertFromString(
      positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
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
      throw RunnerError(.format, "\(path) is not what a run folder holds: \(error)")
    }
  }
}

/// The one field that all files of a run folder share.
private struct FileVersion: Decodable {
  var schema: Int?
}
