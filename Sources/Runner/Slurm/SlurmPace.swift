/// When Slurm is asked next: soon after something has happened, then less and less often.
package struct SlurmPace: Sendable {
  package static let shortest = Duration.seconds(1)
  package static let longest = Duration.seconds(60)
  private static let growth = 1.5
  /// So many tasks are asked about in a second at most.
  private static let tasksPerSecond = 2_000

  private var next = shortest

  package init() {}

  /// The pause after a look.
  ///
  /// - Parameters:
  ///   - tasks: How many tasks the look was for: a long listing is work for the controller.
  ///   - isNews: Whether the look found something to take in.
  package mutating func pause(after tasks: Int, isNews: Bool) -> Duration {
    let least = min(max(Self.shortest, .seconds(tasks) / Self.tasksPerSecond), Self.longest)
    if isNews { next = least }
    let pause = max(next, least)
    next = min(pause * Self.growth, Self.longest)
    return pause
  }
}
