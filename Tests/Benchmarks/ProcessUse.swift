import Glibc

/// What the process has used so far.
enum ProcessUse {
  /// The most memory that was resident.
  static var peakMegabytes: Int { usage(of: RUSAGE_SELF).ru_maxrss * 1_024 / 1_000_000 }

  /// Time on a processor: unlike that on the clock, it does not count what others take.
  static func processorSeconds(_ body: () -> Void) -> Double {
    let before = processorSeconds
    body()
    return processorSeconds - before
  }

  private static var processorSeconds: Double { seconds(usage(of: RUSAGE_SELF)) }

  static func seconds(_ usage: rusage) -> Double {
    Double(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec)
      + Double(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) * 1e-6
  }

  private static func usage(of whom: __rusage_who) -> rusage {
    var usage = rusage()
    getrusage(__rusage_who_t(whom.rawValue), &usage)
    return usage
  }
}
