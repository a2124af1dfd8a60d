import Crypto
import Foundation

/// Everything that a job computed, as bits: what two executions of it must agree in.
package struct JobResult: Sendable, Hashable {
  package struct Point: Sendable, Hashable {
    package var step: Int
    /// NaN where the measure had no value.
    package var value: Double

    package init(step: Int, value: Double) {
      self.step = step
      self.value = value
    }
  }

  package struct Weights: Sendable, Hashable, Codable {
    package var step: Int
    package var sha256: String

    package init(step: Int, sha256: String) {
      self.step = step
      self.sha256 = sha256
    }
  }

  package var jobKey: String
  package var numericsIdentity: String
  /// Final values, by name.
  package var measures: [String: Double]
  /// By name, each ascending by step.
  package var histories: [String: [Point]]
  /// By kind: `best`, `last`.
  package var weights: [String: Weights]

  package init(
    jobKey: String, numericsIdentity: String, measures: [String: Double] = [:],
    histories: [String: [Point]] = [:], weights: [String: Weights] = [:]
  ) {
    self.jobKey = jobKey
    self.numericsIdentity = numericsIdentity
    self.measures = measures
    self.histories = histories
    self.weights = weights
  }

  /// SHA-256 of all of it, in hexadecimal.
  package var digest: String {
    var hasher = SHA256()
    func add(_ words: String...) { hasher.update(data: ContentDigest.line(words)) }
    add("job", jobKey)
    add("numerics", numericsIdentity)
    for (name, value) in measures.sorted(by: { $0.key < $1.key }) {
      add("measure", name, String(Self.bits(value)))
    }
    for (name, points) in histories.sorted(by: { $0.key < $1.key }) {
      add("history", name)
      hasher.update(data: Self.blob(points))
    }
    for (kind, own) in weights.sorted(by: { $0.key < $1.key }) {
      add("weights", kind, String(own.step), own.sha256)
    }
    return ContentDigest.text(of: hasher.finalize())
  }

  /// Equal for values that are equal, whichever sign a nought or which payload a NaN has, as a
  /// database keeps neither.
  private static func bits(_ value: Double) -> UInt64 {
    value.isNaN ? Double.nan.bitPattern : value == 0 ? 0 : value.bitPattern
  }

  private static let pointBytes = 16

  /// Steps and values as little-endian 64-bit words.
  static func blob(_ points: [Point]) -> Data {
    var bytes = Data(capacity: pointBytes * points.count)
    for point in points {
      for word in [UInt64(bitPattern: Int64(point.step)), bits(point.value)] {
        withUnsafeBytes(of: word.littleEndian) { bytes.append(contentsOf: $0) }
      }
    }
    return bytes
  }

  static func points(_ blob: Data) -> [Point] {
    let bytes = [UInt8](blob)
    func word(at place: Int) -> UInt64 {
      (0..<8).reduce(0) { $0 | UInt64(bytes[place + $1]) << UInt64(8 * $1) }
    }
    return stride(from: 0, to: bytes.count - pointBytes + 1, by: pointBytes).map {
      Point(
        step: Int(Int64(bitPattern: word(at: $0))), value: Double(bitPattern: word(at: $0 + 8)))
    }
  }
}

extension JobResult {
  /// Where another execution of the job differs first: the earliest step, there the first measure
  /// by name, then final values, then weights that both kept; nil where it does not.
  package func firstDifference(from other: JobResult) -> String? {
    historyDifference(from: other) ?? measureDifference(from: other)
      ?? weightDifference(from: other)
  }

  private func historyDifference(from other: JobResult) -> String? {
    var first: (step: Int, name: String, was: Double?, now: Double?)?
    for name in Set(histories.keys).union(other.histories.keys) {
      let (now, was) = (Self.byStep(histories[name]), Self.byStep(other.histories[name]))
      let steps = Set(now.keys).union(was.keys)
      let different = steps.filter { !Self.isSame(now[$0], was[$0]) }.min()
      guard let step = different else { continue }
      if let first, (first.step, first.name) < (step, name) { continue }
      first = (step, name, was[step], now[step])
    }
    return first.map {
      "\($0.name) at step \($0.step) was \(Self.text($0.was)) and is \(Self.text($0.now))"
    }
  }

  private func measureDifference(from other: JobResult) -> String? {
    let names = Set(measures.keys).union(other.measures.keys).sorted()
    return names.first { !Self.isSame(measures[$0], other.measures[$0]) }.map {
      "\($0) was \(Self.text(other.measures[$0])) and is \(Self.text(measures[$0]))"
    }
  }

  private func weightDifference(from other: JobResult) -> String? {
    let kinds = weights.keys.filter { other.weights[$0] != nil }.sorted()
    return kinds.first { weights[$0] != other.weights[$0] }.map {
      "every measure is the same, the weights '\($0)' are not"
    }
  }

  private static func byStep(_ points: [Point]?) -> [Int: Double] {
    Dictionary((points ?? []).map { ($0.step, $0.value) }) { first, _ in first }
  }

  private static func isSame(_ first: Double?, _ second: Double?) -> Bool {
    first.map(bits) == second.map(bits)
  }

  private static func text(_ value: Double?) -> String {
    guard let value else { return "missing" }
    return value.isNaN ? "not a number" : "\(value)"
  }
}
