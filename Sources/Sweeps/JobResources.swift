/// What each job of a launch may take. No part of a job's key, since no number depends on it.
package struct JobResources: Sendable, Hashable, Codable {
  /// The longest time that an attempt may take, in seconds; nil without a limit.
  package var timeoutSeconds: Double?
  /// How often a job is tried again after something around it failed.
  package var retries = 0
  /// The most memory of its own that a job may hold, mapped files not counted; nil without a
  /// limit.
  package var memoryBytes: Int?
  /// How jobs are handed to Slurm, where they are.
  package var slurm: SlurmOptions?

  package static let allowedRetries = 0...100

  package init() {}
}

extension JobResources: CustomStringConvertible {
  /// What is limited, on one line; empty where nothing is.
  package var description: String {
    var parts: [String] = []
    if let timeoutSeconds {
      parts.append("at most \(DurationText.text(ofSeconds: timeoutSeconds))")
    }
    if let memoryBytes { parts.append("at most \(ByteCountText.text(ofBytes: memoryBytes))") }
    if retries > 0 { parts.append("\(retries) \(retries == 1 ? "retry" : "retries")") }
    return parts.joined(separator: ", ")
  }
}

/// A limit as it is written in a sweep file or on the command line.
package enum ResourceLimit<Value: Sendable & Hashable>: Sendable, Hashable {
  /// Written as `none`.
  case unlimited
  case limit(Value)

  package var value: Value? {
    switch self {
    case .unlimited: nil
    case .limit(let value): value
    }
  }
}

extension ResourceLimit<Double> {
  package static var allowedText: String {
    "a duration with its unit, as 90s, 30min, 2h or 1d, or none"
  }

  /// Seconds; nil where the text is no duration, or none that can be waited for.
  package init?(duration text: String) {
    if text == "none" {
      self = .unlimited
      return
    }
    let longest = 10_000.0 * 86_400
    guard let seconds = DurationText.seconds(of: text), seconds > 0, seconds <= longest else {
      return nil
    }
    self = .limit(seconds)
  }
}

extension ResourceLimit<Int> {
  package static var allowedText: String {
    "a size with its unit from 1MiB, as 512MiB or 2GiB, or none"
  }

  /// Bytes; nil where the text is no size, or less than any job takes.
  package init?(size text: String) {
    if text == "none" {
      self = .unlimited
      return
    }
    guard let bytes = ByteCountText.bytes(of: text), bytes >= 1 << 20 else { return nil }
    self = .limit(bytes)
  }
}
