import Store
import Sweeps

extension PageSource {
  private func count(_ state: RunState) -> Int { runs.count { $0.state == state } }

  /// How far it is, in words: `12 of 40 jobs done, 2 running, 3 failed.`
  var progress: String {
    var text = "\(count(.completed)) of \(Counted(runs.count, "job")) done"
    for state in RunState.allCases where state != .completed && count(state) > 0 {
      text += ", \(count(state)) \(state == .pending ? "waiting" : state.rawValue)"
    }
    return text + "."
  }

  /// Whether nothing has gone wrong so far.
  var isSound: Bool { count(.failed) == 0 }

  /// The answer in numbers, or why there is none.
  var answer: String {
    if !comparison.picks.isEmpty {
      return comparison.pickedNotes.map { note in
        let text = note.hasPrefix("* ") ? String(note.dropFirst(2)) : note
        return text.prefix(1).uppercased() + text.dropFirst()
      }.joined(separator: " ")
    }
    if count(.completed) > 0 {
      return comparison.pickedNotes.joined(separator: " ")
    }
    if count(.running) > 0 { return "Nothing yet: the first runs are under way." }
    if count(.failed) > 0 { return "No answer: no run has completed." }
    return "Nothing yet: no run has started."
  }

  /// Why runs failed, the commonest reason first.
  var failures: [String] {
    var runsOf: [String: [String]] = [:]
    for run in runs where run.state == .failed {
      runsOf[run.error ?? "for no known reason", default: []].append(String(run.id.prefix(8)))
    }
    let sorted = runsOf.sorted { ($1.value.count, $0.key) < ($0.value.count, $1.key) }
    return sorted.map { error, ids in
      "\(ids.count) failed: \(error) (\(ids.prefix(5).joined(separator: ", "))"
        + (ids.count > 5 ? " and \(ids.count - 5) more)" : ")")
    }
  }

  /// The small print: what was computed from what, when, where and by which program.
  var facts: [String] {
    let launch = sweep.launch
    var digests: Set<String> = []
    for run in runs {
      for (level, digest) in run.dataDigests { digests.insert("\(level) \(digest.prefix(12))") }
    }
    let programs = Set(environments.values.compactMap(Self.program)).sorted()
    return [
      detectable,
      "Objective \(comparison.objective.metric), \(comparison.objective.goal.rawValue)",
      "launched \(launch.startedAt) on \(launch.host)",
    ].compactMap(\.self)
      + (digests.isEmpty ? [] : ["data " + digests.sorted().joined(separator: ", ")]) + programs
  }

  /// What these seeds could have shown: the objective's smallest detectable differences.
  private var detectable: String? {
    let name = comparison.objective.metric
    let found = comparison.differences.filter { $0.measure == name }
      .flatMap { $0.differences.values.compactMap { $0.paired?.smallestDetectable } }
      .filter(\.isFinite)
    guard let least = found.min(), let greatest = found.max() else { return nil }
    let ends = [least, greatest].map { Measure(name).cell($0).shownText }
    return "smallest difference in \(name) that these seeds can show (power 80%): "
      + (ends[0] == ends[1] ? ends[0] : "\(ends[0]) to \(ends[1])")
  }

  private static func program(_ environment: [String: String]) -> String? {
    guard let version = environment["program_version"] else { return nil }
    let commit = environment["program_commit"].map { " (\($0.prefix(12)))" } ?? ""
    return "rll-sweep \(version)\(commit)"
  }

  /// What the comparison has to say besides its answer.
  var notes: [String] {
    let picks = Set(comparison.pickedNotes)
    return comparison.notes.filter { !picks.contains($0) }
  }
}
