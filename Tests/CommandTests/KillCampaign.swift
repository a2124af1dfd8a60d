import Foundation
import Store
import Sweeps
import TestSupport
import Testing

/// Launches a sweep, kills its launcher or its jobs at random instants, and launches it again,
/// until so many kills have hit a living process. A sweep that is done meanwhile is compared with
/// an undisturbed one, and a new one begins.
///
/// Draws follow the seed; what they hit depends on the machine.
struct KillCampaign {
  /// Four losses by two optimisers, with everything that a job may remember.
  static let sweep = """
    name: practice
    base:
      dataset: features.h5
      model: {embedding: 8, hidden: [12], dropout: 0.1, batch_normalization: true}
      batch: 8x3
      steps: 2400
      optimizer: {learning_rate: 0.003}
      schedule: {cosine: {floor: 0.1}, warmup: 50}
      evaluation: {every: 80}
    sweep:
      loss: [ranked_list, margin, proxy_nca, triplet]
      optimizer.name: [sgd, adamw]
    """
  private static let jobs = 8
  private static let linesEvery = 25

  private enum Target: CaseIterable {
    case launcher, job, both, interrupt
  }

  private let wanted: Int
  private var generator: SplitMix
  private let start = ContinuousClock.now
  private var kills: [Target: Int] = [:]
  private var sweepsDone = 0
  private var launches = 0
  private var resumed = 0

  private var killCount: Int {
    kills.reduce(0) { $0 + ($1.key == .interrupt ? 0 : $1.value) }
  }

  init(kills wanted: Int, seed: UInt64) {
    self.wanted = wanted
    generator = SplitMix(seed: seed)
    print("kill test: \(wanted) kills, RLL_KILL_SEED=\(seed)")
  }

  /// Returns how many kills hit a living process.
  mutating func run() throws -> Int {
    let undisturbed = try Self.practice()
    let clock = ContinuousClock()
    var first: BuiltProgram.Ending?
    let whole = try clock.measure { first = try undisturbed.launch() }
    #expect(first?.status == 0, "\(first?.errors ?? "")")
    let bits = try undisturbed.bits()
    #expect(bits.count == Self.jobs && Set(bits.values).count == Self.jobs)
    // A sweep takes dozens of kills, on a fast machine and on a slow one.
    let longest = min(max(whole / 12, .milliseconds(100)), .seconds(2))
    while killCount < wanted {
      let practice = try Self.practice()
      while try !launch(practice, longest: longest) {}
      try check(practice, against: bits)
      sweepsDone += 1
    }
    report()
    return killCount
  }

  /// Features with so much noise that no job is ever done learning.
  private static func practice() throws -> Practice {
    let practice = try Practice { values, _ in
      for index in values.indices {
        values[index] += 1.5 * sin(Float(index % 997) * Float(index % 991) * 0.37)
      }
    }
    try practice.write(sweep)
    return practice
  }

  // MARK: One launch

  /// One launch with what befalls it; true where it was the one that completed the sweep.
  private mutating func launch(_ practice: Practice, longest: Duration) throws -> Bool {
    let expected = try remainders(practice)
    let launcher = try practice.startLaunch()
    launches += 1
    while launcher.isRunning, killCount < wanted {
      wait(longest, for: launcher)
      let target = drawTarget()
      let before = killCount
      if try strike(target, launcher, practice) { kills[target, default: 0] += 1 }
      if killCount > before && killCount % Self.linesEvery == 0 { report() }
    }
    let ending = try launcher.wait()
    let known: Set<Int32> = [0, 1, 128 + SIGKILL, 128 + SIGINT, 128 + SIGTERM]
    #expect(known.contains(ending.status), "\(ending.status): \(ending.errors)")
    check(ending.errors, expecting: expected)
    let states = try practice.states()
    #expect(states[.running] == nil && states[.failed] == nil && states[.cancelled] == nil)
    return states == [.completed: Self.jobs]
  }

  /// How many unfinished runs have a checkpoint; nil where jobs of a dead launcher may still be
  /// changing that, for which half of the launches do not wait.
  private mutating func remainders(_ practice: Practice) throws -> Int? {
    let left = try JobProcess.all(of: practice)
    guard left.isEmpty || Bool.random(using: &generator) else { return nil }
    for job in left { job.waitUntilGone() }
    let folders = practice.runFolders.filter {
      FileManager.default.fileExists(atPath: $0 + "/training.state")
    }
    guard !folders.isEmpty else { return 0 }
    let store = try ExperimentStore(path: practice.storePath, access: .read)
    defer { try? store.close() }
    let completed = Set(try store.runs().filter { $0.state == .completed }.map(\.id))
    return folders.count { !completed.contains(($0 as NSString).lastPathComponent) }
  }

  private mutating func wait(_ longest: Duration, for launcher: BuiltProgram.Running) {
    let end = ContinuousClock.now + longest * Double.random(in: 0..<1, using: &generator)
    while launcher.isRunning, ContinuousClock.now < end { usleep(500) }
  }

  private mutating func drawTarget() -> Target {
    switch Int.random(in: 0..<100, using: &generator) {
    case 0..<30: .launcher
    case 30..<65: .job
    case 65..<92: .both
    default: .interrupt
    }
  }

  /// Whether something that lived was hit.
  private mutating func strike(
    _ target: Target, _ launcher: BuiltProgram.Running, _ practice: Practice
  ) throws -> Bool {
    switch target {
    case .launcher:
      launcher.send(SIGKILL)
      return try launcher.wait().status == 128 + SIGKILL
    case .job:
      return try JobProcess.all(of: practice).randomElement(using: &generator)?.killAlive() ?? false
    case .both:
      let jobs = try JobProcess.all(of: practice)
      let isLauncherFirst = Bool.random(using: &generator)
      if isLauncherFirst { launcher.send(SIGKILL) }
      let killed = jobs.count { $0.killAlive() }
      if !isLauncherFirst { launcher.send(SIGKILL) }
      return try launcher.wait().status == 128 + SIGKILL && killed > 0
    case .interrupt:
      let signal = Bool.random(using: &generator) ? SIGINT : SIGTERM
      launcher.send(signal)
      return try launcher.wait().status == 128 + signal
    }
  }

  // MARK: What must be

  /// A launch that came to say what it does has said from how many checkpoints it goes on.
  private mutating func check(_ errors: String, expecting expected: Int?) {
    guard let expected,
      let line = errors.split(separator: "\n").first(where: {
        $0.hasPrefix("practice: ")
      })
    else { return }
    let said = expected > 0 ? ", \(expected) of them from a checkpoint" : " with 2 workers"
    #expect(line.hasSuffix(said), "\(line)")
    resumed += expected
  }

  /// Nothing is lost, nothing is there twice, and every bit is that of the undisturbed sweep.
  private func check(_ practice: Practice, against bits: [String: RunBits]) throws {
    for job in try JobProcess.all(of: practice) { job.waitUntilGone() }
    let again = try practice.launch()
    #expect(again.status == 0 && again.errors.contains("8 skipped, 0 to run"), "\(again.errors)")
    #expect(!FileManager.default.fileExists(atPath: practice.runsFolder))
    #expect(try practice.bits() == bits)
    let store = try ExperimentStore(path: practice.storePath, access: .read)
    defer { try? store.close() }
    #expect(try store.runs().map(\.jobKey).count == Self.jobs)
    for attempts in try practice.attempts() {
      #expect(attempts.map(\.position) == Array(1...attempts.count))
      #expect(
        attempts.map(\.state) == attempts.dropLast().map { _ in "interrupted" } + ["completed"])
      for message in attempts.compactMap(\.message) {
        #expect(!message.contains("cannot be used") && !message.contains("metrics"), "\(message)")
      }
    }
    #expect(
      try store.query("SELECT * FROM pragma_integrity_check").rows == [[.text("ok")]])
    #expect(try store.query("SELECT * FROM pragma_foreign_key_check").rows.isEmpty)
  }

  private func report() {
    func count(_ target: Target) -> String { "\(target) \(kills[target] ?? 0)" }
    let time = (ContinuousClock.now - start).formatted(.units(allowed: [.seconds]))
    print(
      "kill test: \(killCount) of \(wanted) kills "
        + "(\([Target.launcher, .job, .both].map(count).joined(separator: ", "))), "
        + "\(count(.interrupt)), \(launches) launches, \(resumed) checkpoints gone on from, "
        + "\(sweepsDone) sweeps compared, \(time)")
  }
}
