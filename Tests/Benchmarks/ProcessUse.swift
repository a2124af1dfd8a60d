import Glibc

/// What the process has used so far.
enum ProcessUse {
  /// The most memory that was resident.
  static var peakMegabytes: Int { usage.ru_maxrss * 1_024 / 1_000_000 }

  /// Time on a processor: unlike that on the clock, it does not count what others take.
  static func processorSeconds(_ body: () -> Void) -> Double {
    let before = processorSeconds
    body()
    return processorSeconds - before
  }

  private static var processorSeconds: Double {
    let usage = usage
    return Double(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec)
      + Double(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) * 1e-6
  }

  private static var usage: rusage {
    var usage = rusage()
    getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
    return usage
  }
}
