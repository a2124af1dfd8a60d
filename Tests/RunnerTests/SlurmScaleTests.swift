import Foundation
import Runner
import TestSupport
import Testing

/// What a launch of very many jobs asks of a controller, by simulation: the figures of
/// docs/scaling.md.
struct SlurmScaleTests {
  private static let jobs = 100_000
  private static let arraySize = 1_001
  /// Bytes of a line of the listing that is asked for.
  private static let lineBytes = 44
  /// Seconds for which Slurm remembers what has ended.
  private static let memorySeconds = 300.0

  private struct Use {
    var looks = 0
    var largestListing = 0
    var bytes = 0
    var seconds = 0.0
    /// The longest time between the end of a job and its intake.
    var longestDelay = 0.0
  }

  /// Every slot runs jobs one after the other; the launcher looks, takes in what has ended at
  /// `intakeRate`, and pauses.
  private static func simulate(slots: Int, jobSeconds: Double, intakeRate: Double) -> Use {
    var generator = SplitMix(seed: 7)
    var ends: [Double] = []
    ends.reserveCapacity(jobs)
    var free = (0..<slots).map { _ in Double.random(in: 0..<jobSeconds, using: &generator) }
    for job in 0..<jobs {
      let slot = job % slots
      free[slot] += jobSeconds * Double.random(in: 0.8..<1.2, using: &generator)
      ends.append(free[slot])
    }
    ends.sort()
    var use = Use()
    var pace = SlurmPace()
    var (taken, forgotten) = (0, 0)
    while taken < jobs {
      var ended = taken
      while ended < jobs, ends[ended] <= use.seconds { ended += 1 }
      while forgotten < ended, ends[forgotten] <= use.seconds - memorySeconds { forgotten += 1 }
      let running = min(slots, jobs - ended)
      // What waits is one line for each array.
      let waiting = (max(jobs - ended - running, 0) + arraySize - 1) / arraySize
      let lines = running + waiting + ended - forgotten
      use.looks += 1
      use.bytes += lines * lineBytes
      use.largestListing = max(use.largestListing, lines * lineBytes)
      if ended > taken { use.longestDelay = max(use.longestDelay, use.seconds - ends[taken]) }
      let pause = pace.pause(after: jobs - ended, isNews: ended > taken)
      use.seconds += Double(ended - taken) / intakeRate + pause / .seconds(1)
      taken = ended
    }
    return use
  }

  @Test(arguments: [
    (slots: 1_000, jobSeconds: 600.0), (slots: 1_000, jobSeconds: 60),
    (slots: 4_000, jobSeconds: 60),
  ])
  func `a hundred thousand jobs are a small load for a controller, and none waits for long`(
    slots: Int, jobSeconds: Double
  ) {
    let use = Self.simulate(slots: slots, jobSeconds: jobSeconds, intakeRate: 200)
    print(
      "\(Self.jobs) jobs of \(Int(jobSeconds)) s in \(slots) slots: "
        + "\((Self.jobs + Self.arraySize - 1) / Self.arraySize) calls of sbatch, "
        + "\(use.looks) of squeue within \(Int(use.seconds)) s, the largest listing "
        + "\(use.largestListing / 1_000) kB, all \(use.bytes / 1_000_000) MB, a result waits "
        + "\(Int(use.longestDelay)) s at most")
    let ideal = Double(Self.jobs) / Double(slots) * jobSeconds
    #expect(Double(use.looks) < use.seconds / 2)
    #expect(use.largestListing < 1_500_000)
    #expect(use.longestDelay < 120)
    // Either the cluster or the intake is what the launch takes its time for.
    #expect(use.seconds < max(ideal * 1.2, Double(Self.jobs) / 200) + 300)
  }
}
