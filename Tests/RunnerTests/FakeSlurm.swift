import Foundation
import Runner
import Store
import Synchronization

/// A cluster in this process: with each look at its queue what was running has ended, and what
/// waited runs. A closure decides what a task leaves and how it ends; nil leaves it running.
final class FakeSlurm: SlurmControl {
  typealias Body = @Sendable (RunFolder, JobRequest) throws -> SlurmEnd?

  /// What sbatch does when it is called next.
  enum Answer: Sendable {
    case yes
    case no(SlurmFailure)
    /// The job is accepted, but the answer does not arrive.
    case lost
  }

  struct State {
    var name = "hal"
    var largestArray = 1_000
    var answers: [Answer] = []
    /// So many looks fail before one succeeds.
    var silentLooks = 0
    var isMissing = false
    /// Whether ended tasks are forgotten at once.
    var forgets = false
    var scripts: [SlurmScript] = []
    var names: [Int: String] = [:]
    var folders: [SlurmTaskID: RunFolder] = [:]
    var tasks: [SlurmTaskID: SlurmState] = [:]
    var ends: [SlurmTaskID: SlurmEnd] = [:]
    var cancelled: [String] = []
    var looks = 0
  }

  let state = Mutex(State())
  private let body: Body
  private let runsFolder: String

  init(_ store: ExperimentStore, _ body: @escaping Body = FakeSlurm.complete) {
    self.body = body
    runsFolder = store.location.runsFolder
  }

  static let silence = SlurmFailure(.silent, "squeue: Unable to contact slurm controller")

  static func complete(_ folder: RunFolder, _ request: JobRequest) throws -> SlurmEnd? {
    _ = try FakeExecutor.complete(folder, request)
    return SlurmEnd(.completed, exitCode: 0, node: "n1")
  }

  func change(_ body: (inout State) -> Void) { state.withLock { body(&$0) } }

  func cluster() async throws(SlurmFailure) -> SlurmCluster {
    try check()
    return state.withLock { SlurmCluster(name: $0.name, largestArray: $0.largestArray) }
  }

  func submit(_ script: SlurmScript) async throws(SlurmFailure) -> Int {
    try check()
    let answer = state.withLock { $0.answers.isEmpty ? .yes : $0.answers.removeFirst() }
    if case .no(let failure) = answer { throw failure }
    let list = (try? String(contentsOfFile: script.listPath, encoding: .utf8)) ?? ""
    let name = script.text.split(separator: "\n").first { $0.contains("--job-name=") }?
      .split(separator: "=").last
    let job = state.withLock { state in
      state.scripts.append(script)
      let job = 100 + state.scripts.count
      state.names[job] = name.map(String.init)
      for (position, run) in list.split(separator: "\n").enumerated() {
        let id = SlurmTaskID(job: job, task: position)
        state.tasks[id] = .waiting(reason: "Priority")
        state.folders[id] = RunFolder(path: runsFolder + "/" + run)
      }
      return job
    }
    if case .lost = answer { throw SlurmFailure(.silent, "sbatch: Socket timed out") }
    return job
  }

  func job(named name: String) async throws(SlurmFailure) -> Int? {
    try check()
    return state.withLock { state in state.names.first { $0.value == name }?.key }
  }

  func states(of jobs: [Int: String]) async throws(SlurmFailure) -> [SlurmTaskID: SlurmState] {
    try check()
    let isSilent = state.withLock { state in
      state.looks += 1
      state.silentLooks -= 1
      return state.silentLooks >= 0
    }
    if isSilent { throw Self.silence }
    tick()
    return state.withLock { state in
      state.tasks.filter { jobs[$0.key.job] != nil && jobs[$0.key.job] == state.names[$0.key.job] }
    }
  }

  func ends(of jobs: [Int: String]) async -> [SlurmTaskID: SlurmEnd] {
    state.withLock { state in state.ends.filter { jobs[$0.key.job] != nil } }
  }

  func cancel(_ targets: [String]) async throws(SlurmFailure) {
    try check()
    state.withLock { state in
      state.cancelled += targets
      for id in state.tasks.keys
      where targets.contains(id.description) || targets.contains("\(id.job)") {
        state.end(id, SlurmEnd(.cancelled, exitCode: 0, signal: 15))
      }
    }
  }

  private func check() throws(SlurmFailure) {
    if state.withLock(\.isMissing) {
      throw SlurmFailure(.missing, "there is no squeue on this host's PATH")
    }
  }

  private func tick() {
    let running = state.withLock { state in
      state.tasks.filter { $0.value == .running }.compactMap { task in
        state.folders[task.key].map { (task.key, $0) }
      }
    }
    for (id, folder) in running.sorted(by: { $0.0.task < $1.0.task }) {
      let end: SlurmEnd?
      do {
        end = try body(folder, folder.request())
      } catch {
        end = SlurmEnd(.failed, exitCode: 75)
      }
      guard let end else { continue }
      state.withLock { $0.end(id, end) }
    }
    state.withLock { state in
      for (id, now) in state.tasks {
        if case .waiting = now { state.tasks[id] = .running }
      }
    }
  }
}

extension FakeSlurm.State {
  fileprivate mutating func end(_ id: SlurmTaskID, _ end: SlurmEnd) {
    ends[id] = forgets ? nil : end
    tasks[id] = forgets ? nil : .ended(end.kind)
  }
}
