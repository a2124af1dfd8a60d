import Foundation

/// What the kernel knows of the memory of processes.
package enum ProcessMemory {
  /// Fields of `/proc/PID/status` that count what a process holds for itself, swapped out or not.
  /// Pages of mapped files are not among them: those the kernel can drop and read again.
  private static let ownFields = ["RssAnon:", "RssShmem:", "VmSwap:"]

  /// Nil where there is no such process any more.
  package static func ownBytes(of process: Int32) -> Int? {
    guard
      let content = try? String(contentsOfFile: "/proc/\(process)/status", encoding: .utf8)
    else { return nil }
    return ownBytes(inStatus: content)
  }

  /// Nil for a process that has ended, which has no such fields.
  package static func ownBytes(inStatus text: String) -> Int? {
    var total: Int?
    for line in text.split(separator: "\n") {
      guard ownFields.contains(where: line.hasPrefix), let kibibytes = kibibytes(ofLine: line)
      else { continue }
      total = (total ?? 0) + kibibytes * 1_024
    }
    return total
  }

  private static func kibibytes(ofLine line: Substring) -> Int? {
    let words = line.split(whereSeparator: \.isWhitespace)
    return words.count == 3 && words[2] == "kB" ? Int(words[1]) : nil
  }

  /// The most that this process had in memory since its program began, mapped files included; nil
  /// where the kernel does not tell.
  ///
  /// What `getrusage` gives begins with the peak of the process that it was forked from.
  package static var ownPeakBytes: Int? {
    guard let content = try? String(contentsOfFile: "/proc/self/status", encoding: .utf8) else {
      return nil
    }
    return content.split(separator: "\n").first { $0.hasPrefix("VmHWM:") }
      .flatMap { kibibytes(ofLine: $0) }.map { $0 * 1_024 }
  }

  /// How many processes of this host the kernel has killed for want of memory since its boot; nil
  /// where it does not tell.
  package static func kernelKills() -> Int? {
    guard let content = try? String(contentsOfFile: "/proc/vmstat", encoding: .utf8) else {
      return nil
    }
    let line = content.split(separator: "\n").first { $0.hasPrefix("oom_kill ") }
    return line?.split(separator: " ").last.flatMap { Int($0) }
  }
}
