import Foundation

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

  /// What programs that were started and have ended took.
  static var childrensProcessorSeconds: Double { seconds(usage(of: RUSAGE_CHILDREN)) }

  /// What one program used, from its start to its end.
  struct Program {
    let status: Int32
    let processorSeconds: Double
    let peakMegabytes: Int
  }

  /// Runs a program to its end, which says nothing of other children.
  ///
  /// - Parameter path: Where it finds other programs.
  static func ofProgram(
    _ program: String, _ arguments: [String], path: String
  ) throws -> Program {
    var words: [UnsafeMutablePointer<CChar>?] = ([program] + arguments).map { strdup($0) } + [nil]
    var variables: [UnsafeMutablePointer<CChar>?] = [strdup("PATH=" + path), nil]
    defer { for word in words + variables { free(word) } }
    var process: pid_t = 0
    guard posix_spawn(&process, program, nil, nil, &words, &variables) == 0 else {
      throw CocoaError(.executableNotLoadable)
    }
    var status: Int32 = 0
    var usage = rusage()
    wait4(process, &status, 0, &usage)
    return Program(
      status: status, processorSeconds: seconds(usage),
      peakMegabytes: usage.ru_maxrss * 1_024 / 1_000_000)
  }

  private static func seconds(_ usage: rusage) -> Double {
    Double(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec)
      + Double(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) * 1e-6
  }

  private static func usage(of whom: __rusage_who) -> rusage {
    var usage = rusage()
    getrusage(__rusage_who_t(whom.rawValue), &usage)
    return usage
  }
}
