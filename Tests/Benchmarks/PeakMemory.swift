import Glibc

/// The most memory that the process has had resident.
enum PeakMemory {
  static var bytes: Int {
    var usage = rusage()
    getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
    return usage.ru_maxrss * 1_024
  }

  static var megabytes: Int { bytes / 1_000_000 }
}
