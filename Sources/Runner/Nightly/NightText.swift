import Foundation
import Store

/// A text that nights write to a file which somebody named. A file that holds anything else is not
/// theirs, and stays as it is.
enum NightText: String {
  case log
  case heartbeat

  /// Throws where what is there is no file, or holds something else. An empty one is as good as
  /// none.
  func requireOwn(_ path: String, followsLink: Bool = false) throws(RunnerError) {
    try PlainFile.check(path, followsLink: followsLink)
    guard
      let bytes = try PlainFile.beginning(of: path, limit: readBytes, followsLink: followsLink),
      !bytes.isEmpty, bytes.count > largestBytes || !isOwn(String(decoding: bytes, as: UTF8.self))
    else { return }
    throw RunnerError(
      .file,
      "\(path) is there and is no \(rawValue) of a nightly, \(form). It stays as it is; name another "
        + "file for the \(rawValue)")
  }

  private var form: String {
    switch self {
    case .log: "whose first line begins with a time as 2026-11-21T02:30:00.000Z"
    case .heartbeat: "each line of which is a time, a verdict and a sweep"
    }
  }

  /// How much tells what it is.
  private var readBytes: Int {
    switch self {
    case .log: "2026-11-21T02:30:00.000Z ".utf8.count
    case .heartbeat: largestBytes + 1
    }
  }

  private var largestBytes: Int {
    switch self {
    case .log: .max
    case .heartbeat: 1 << 20
    }
  }

  private func isOwn(_ text: String) -> Bool {
    switch self {
    case .log: text.last == " " && Self.isStamp(text.dropLast())
    case .heartbeat:
      text.last == "\n"
        && text.dropLast().split(separator: "\n", omittingEmptySubsequences: false)
          .allSatisfy(Self.isBeat)
    }
  }

  private static func isBeat(_ line: Substring) -> Bool {
    let words = line.split(separator: " ", omittingEmptySubsequences: false)
    return words.count == 3 && isStamp(words[0]) && GateVerdict(rawValue: String(words[1])) != nil
      && !words[2].isEmpty
  }

  /// Whether it has the form of `Timestamp`.
  private static func isStamp(_ text: Substring) -> Bool {
    text.wholeMatch(
      of: /[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\.[0-9]{3}Z/) != nil
  }
}
