/// One task of an array as Slurm names it: `123_4`.
package struct SlurmTaskID: Sendable, Hashable, CustomStringConvertible {
  package var job: Int
  package var task: Int

  package init(job: Int, task: Int) {
    self.job = job
    self.task = task
  }

  package var description: String { "\(job)_\(task)" }

  /// The tasks of one line of a listing: `123_4`, `123_[0-7,9%2]` or `123_[0-10:5]`; none where it
  /// is no array.
  ///
  /// - Parameter text: The job and its tasks.
  static func all(_ text: some StringProtocol) -> [SlurmTaskID] {
    let parts = text.split(separator: "_", maxSplits: 1)
    guard parts.count == 2, let job = Int(parts[0]) else { return [] }
    return tasks(parts[1]).map { SlurmTaskID(job: job, task: $0) }
  }

  /// The numbers of `4` or `[0-7,9%2]`, as far as they can be read: a listing may be cut short.
  static func tasks(_ text: some StringProtocol) -> [Int] {
    let inside = text.drop { $0 == "[" }.prefix { $0 != "]" && $0 != "%" }
    return inside.split(separator: ",").flatMap { part -> [Int] in
      let bounds = part.split(separator: ":", maxSplits: 1)
      let ends = (bounds.first ?? "").split(
        separator: "-", maxSplits: 1, omittingEmptySubsequences: false
      ).map { Int($0) }
      let step = bounds.count == 2 ? Int(bounds[1]) : 1
      guard let first = ends.first ?? nil, let last = ends.last ?? nil, let step, step > 0,
        first <= last, first >= 0, last <= largestTask
      else { return [] }
      return Array(stride(from: first, through: last, by: step))
    }
  }

  /// Slurm's own limit.
  private static let largestTask = 4_000_000
}
