import Runner
import Store

/// For a launch on this host that waits for jobs which Slurm has: looks now and then.
actor SlurmWatch {
  private let collector: SlurmCollector
  private let warn: @Sendable ([String]) -> Void
  private var pace = SlurmPace()
  private var next = ContinuousClock.now
  private var isLooking = false
  private var hasWarned = false

  init(store: ExperimentStore, warn: @escaping @Sendable ([String]) -> Void) {
    collector = SlurmAccess.collector(of: store)
    self.warn = warn
  }

  func look() async {
    guard !isLooking, ContinuousClock.now >= next else { return }
    isLooking = true
    defer { isLooking = false }
    do {
      let look = try await collector.look()
      if look.left == 0 {
        next = .now + pace.pause(after: look.open, isNews: !look.endings.isEmpty)
      }
      if let failure = look.failure { warnOnce("\(failure). It is asked again") }
    } catch {
      next = .now + SlurmPace.longest
      warnOnce("what Slurm has run could not be taken in: \(error)")
    }
  }

  private func warnOnce(_ text: String) {
    if !hasWarned { warn([text]) }
    hasWarned = true
  }
}
