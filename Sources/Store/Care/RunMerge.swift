/// What becomes of the runs of another store, decided from what both know.
///
/// A run keeps its id in all stores. Of one that both have, the finished state wins over the
/// unfinished one and the completed over the failed. A job has one unfinished run at most, so an
/// unfinished run of the other store gives way to one that is there; one that was never started
/// gives way to a completed run, in both directions.
struct RunMerge {
  /// A run as its store has it.
  struct Known {
    let number: Int64
    let id: String
    let jobKey: String
    let state: RunState
    let attempts: Int

    var isUnfinished: Bool { rank == 0 }

    /// How much is known about how it ended.
    var rank: Int {
      switch state {
      case .completed: 2
      case .failed, .cancelled: 1
      case .pending, .running, .interrupted: 0
      }
    }
  }

  /// A run by its number in one of the stores.
  enum Place: Hashable {
    case ours(Int64)
    case theirs(Int64)
  }

  enum Verdict: Hashable {
    case add
    /// Written over our run of the same id.
    case update(Int64)
    /// Our run of the same id stays.
    case keep(Int64)
    /// Another run stands for it.
    case giveWay(to: Place)
  }

  /// By the numbers of the other store.
  private(set) var verdicts: [Int64: Verdict] = [:]
  /// Our runs that were never started and that a completed one of the other store replaces.
  private(set) var replaced: [Int64: Int64] = [:]

  private var unfinished: [String: Place] = [:]
  private var completed: [String: Place] = [:]

  init(ours: [Known], theirs: [Known]) {
    let own = Dictionary(ours.map { ($0.id, $0) }) { first, _ in first }
    let untouched = Set(ours.filter { $0.state == .pending && $0.attempts == 0 }.map(\.number))
    for run in ours {
      if run.isUnfinished { unfinished[run.jobKey] = .ours(run.number) }
      if run.state == .completed { completed[run.jobKey] = .ours(run.number) }
    }
    for run in theirs.filter({ $0.state == .completed }) + theirs.filter({ $0.state != .completed })
    {
      if let own = own[run.id] {
        meet(run, own: own)
      } else if run.isUnfinished {
        addUnfinished(run)
      } else {
        addFinished(run, untouched: untouched)
      }
    }
  }

  private mutating func meet(_ run: Known, own: Known) {
    // What a living launch is at is that launch's to end.
    guard run.rank > own.rank, own.state != .running else {
      verdicts[run.number] = .keep(own.number)
      return
    }
    verdicts[run.number] = .update(own.number)
    if unfinished[run.jobKey] == .ours(own.number) { unfinished[run.jobKey] = nil }
    if run.state == .completed, completed[run.jobKey] == nil {
      completed[run.jobKey] = .ours(own.number)
    }
  }

  private mutating func addUnfinished(_ run: Known) {
    if let place = unfinished[run.jobKey] {
      verdicts[run.number] = .giveWay(to: place)
    } else if run.attempts == 0, let place = completed[run.jobKey] {
      verdicts[run.number] = .giveWay(to: place)
    } else {
      verdicts[run.number] = .add
      unfinished[run.jobKey] = .theirs(run.number)
    }
  }

  private mutating func addFinished(_ run: Known, untouched: Set<Int64>) {
    verdicts[run.number] = .add
    guard run.state == .completed else { return }
    completed[run.jobKey] = completed[run.jobKey] ?? .theirs(run.number)
    if case .ours(let own) = unfinished[run.jobKey], untouched.contains(own) {
      replaced[own] = run.number
      unfinished[run.jobKey] = nil
    }
  }
}
