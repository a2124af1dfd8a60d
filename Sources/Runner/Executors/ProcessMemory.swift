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
      let words = line.split(whereSeparator: \.isWhitespace)
      guard words.count == 3, words[2] == "kB", ownFields.contains(String(words[0])),
        let kibibytes = Int(words[1])
      else { continue }
      total = (total ?? 0) + kibibytes * 1_024
    }
    return total
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
