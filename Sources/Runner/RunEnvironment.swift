import Foundation
package import Store

/// What a run was computed on, as names and values for its record.
package enum RunEnvironment {
  /// Host, processor and operating system of this process.
  package static func current() -> [String: String] {
    var values: [String: String] = [
      "host": host,
      "processors": String(ProcessInfo.processInfo.processorCount),
      "memory_bytes": String(ProcessInfo.processInfo.physicalMemory),
      "compiler": compiler,
    ]
    values["processor"] = field("model name", of: "/proc/cpuinfo", separator: ":")
    values["operating_system"] = field("PRETTY_NAME", of: "/etc/os-release", separator: "=")
    values["kernel"] = kernel
    values["c_library"] = cLibrary
    return values
  }

  package static var host: String { ProcessInfo.processInfo.hostName }

  /// Memory that can still be had without swapping, in bytes; nil where the system does not say.
  package static var availableMemoryBytes: Int? {
    field("MemAvailable", of: "/proc/meminfo", separator: ":")
      .flatMap { $0.split(separator: " ").first.flatMap { Int($0) } }.map { $0 * 1_024 }
  }

  private static var kernel: String? {
    guard let text = FileManager.default.contents(atPath: "/proc/sys/kernel/osrelease") else {
      return nil
    }
    return String(decoding: text, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines)
  }

  /// Such as `glibc 2.36`, whose mathematics some measures go through.
  private static var cLibrary: String? {
    var text = [CChar](repeating: 0, count: 64)
    let length = confstr(Int32(_CS_GNU_LIBC_VERSION), &text, text.count)
    guard length > 1, length <= text.count else { return nil }
    return String(decoding: text.prefix(length - 1).map(UInt8.init(bitPattern:)), as: UTF8.self)
  }

  private static func field(_ name: String, of file: String, separator: Character) -> String? {
    guard let content = FileManager.default.contents(atPath: file) else { return nil }
    for line in String(decoding: content, as: UTF8.self).split(separator: "\n") {
      let parts = line.split(separator: separator, maxSplits: 1)
      if parts.count == 2, parts[0].trimmingCharacters(in: .whitespaces) == name {
        return parts[1].trimmingCharacters(in: CharacterSet(charactersIn: " \t\""))
      }
    }
    return nil
  }

  private static var compiler: String {
    #if compiler(>=6.4)
    "Swift 6.4 or later"
    #elseif compiler(>=6.3)
    "Swift 6.3"
    #else
    "Swift 6.2"
    #endif
  }

  /// What this process has cost so far, `wallSeconds` after its start.
  package static func cost(wallSeconds: Double) -> RunCost {
    var usage = rusage()
    getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
    let seconds = Double(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec)
    let microseconds = Double(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec)
    return RunCost(
      wallSeconds: wallSeconds, processorSeconds: seconds + microseconds / 1e6,
      peakMemoryBytes: ProcessMemory.ownPeakBytes ?? usage.ru_maxrss * 1_024)
  }
}
