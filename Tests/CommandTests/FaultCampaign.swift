import Foundation
import Store
import TestSupport
import Testing

/// Launches a small sweep again and again, each time with another fault of the system, and then
/// without one. Which kind comes next and which call it strikes follow the seed.
struct FaultCampaign {
  private static let sweep = Practice.sweep.replacing("[1.2, 1.4]", with: "[1.2]")
    .replacing("seeds: 2", with: "seeds: 1")
  private static let jobs = 2
  /// Whatever goes wrong, a launch ends, and much sooner than this.
  private static let longest = Duration.seconds(60)

  /// What a message says is to be done; one of them must be in it.
  private static let advice = [
    "see df and dmesg", "see dmesg", "Free some space", "Raise the limit on open files (ulimit -n)",
    "Make its folder writable", "Mend that and retry",
  ]

  private struct Hung: Error, CustomStringConvertible {
    let description: String
  }

  private let practice: Practice
  private let bits: [String: RunBits]
  private let runFolders: [String]
  private let start = ContinuousClock.now
  private var generator: SplitMix
  private var struck: [Fault.Kind: Int] = [:]
  private var launches = 0
  private var statuses: [Int32: Int] = [:]

  private var template: String { practice.folder.file("template.sqlite") }
  private var trace: String { practice.folder.file("trace") }

  init(seed: UInt64) throws {
    generator = SplitMix(seed: seed)
    practice = try Practice()
    try practice.write(Self.sweep)
    let whole = try practice.launch()
    #expect(whole.status == 0, "\(whole.errors)")
    bits = try practice.bits()
    #expect(bits.count == Self.jobs && Set(bits.values).count == Self.jobs)
    try Self.removeStore(of: practice)
    runFolders = try Self.makeTemplate(practice)
  }

  /// A store whose launch was killed before its jobs had done anything.
  private static func makeTemplate(_ practice: Practice) throws -> [String] {
    let launcher = try practice.startLaunch()
    #expect(launcher.waitForErrors(containing: "practice: 2 jobs"), "\(launcher.errors)")
    launcher.send(SIGKILL)
    _ = try launcher.wait()
    for job in try JobProcess.all(of: practice) { job.waitUntilGone() }
    let store = try ExperimentStore(path: practice.storePath, access: .read)
    let folders = try store.runs().map { store.location.runFolder(of: $0.id) }
    try store.close()
    try FileManager.default.copyItem(
      atPath: practice.storePath, toPath: practice.folder.file("template.sqlite"))
    #expect(folders.count == jobs)
    return folders
  }

  private static func removeStore(of practice: Practice) throws {
    let files = FileManager.default
    for name in try files.contentsOfDirectory(atPath: practice.folder.path)
    where name.hasPrefix("store.") {
      try files.removeItem(atPath: practice.folder.file(name))
    }
  }

  /// Provokes so many faults.
  mutating func run(faults wanted: Int) throws {
    var kinds: [Fault.Kind] = []
    for _ in 0..<wanted {
      if kinds.isEmpty { kinds = Fault.kinds.shuffled(using: &generator) }
      try provoke(kinds.removeLast())
    }
    report(wanted)
  }

  private mutating func provoke(_ kind: Fault.Kind) throws {
    let isColdStart = !kind.isOfRunFolders && Bool.random(using: &generator)
    var place = Int.random(in: 1...kind.latest, using: &generator)
    while true {
      let fault = Fault(kind: kind, place: place, isColdStart: isColdStart)
      if try launch(fault) {
        struck[kind, default: 0] += 1
        return
      }
      guard place > 1 else {
        Issue.record("\(fault) does not happen in a launch")
        return
      }
      place /= 2
    }
  }

  /// One launch with a fault, and what must be true afterwards; whether the fault happened.
  private mutating func launch(_ fault: Fault) throws -> Bool {
    try Self.removeStore(of: practice)
    if !fault.isColdStart {
      try FileManager.default.copyItem(atPath: template, toPath: practice.storePath)
    }
    let launcher = try practice.startLaunch(
      under: fault.command(runFolders: runFolders, trace: trace))
    launches += 1
    let ending = try end(launcher, fault)
    for job in try JobProcess.all(of: practice) { job.waitUntilGone() }
    guard try Fault.hasStruck(trace) else { return false }
    statuses[ending.status, default: 0] += 1
    check(ending, after: fault)
    try checkStore(ending, after: fault)
    try checkRecovery(after: fault, errors: ending.errors)
    return true
  }

  private func end(
    _ launcher: BuiltProgram.Running, _ fault: Fault
  ) throws -> BuiltProgram.Ending {
    let deadline = ContinuousClock.now + Self.longest
    while launcher.isRunning {
      if ContinuousClock.now > deadline {
        launcher.send(SIGTERM)
        throw Hung(description: "the launch did not end after \(fault): \(launcher.errors)")
      }
      usleep(5_000)
    }
    return try launcher.wait()
  }

  // MARK: What must be

  /// The launch ends as it may, and says what is to be done.
  private func check(_ ending: BuiltProgram.Ending, after fault: Fault) {
    func isAdvised(_ line: Substring) -> Bool {
      line.contains(practice.folder.path) && Self.advice.contains { line.contains($0) }
    }
    let lines = ending.errors.split(separator: "\n")
    switch ending.status {
    case 0: break
    case 1:
      let failed = lines.filter { $0.contains("] failed ") }
      #expect(failed.allSatisfy(isAdvised), "\(fault): \(ending.errors)")
      #expect(!failed.isEmpty || fault.kind.effect == .kill, "\(fault): \(ending.errors)")
    case 74:
      let errors = lines.filter { $0.hasPrefix("error: ") }
      #expect(errors.count == 1 && errors.allSatisfy(isAdvised), "\(fault): \(ending.errors)")
    case 128 + SIGKILL: #expect(fault.kind.effect == .kill, "\(fault): \(ending.errors)")
    default: Issue.record("\(fault): \(ending.status), \(ending.errors)")
    }
  }

  /// Nothing is damaged, and what was said to be done is there.
  private func checkStore(_ ending: BuiltProgram.Ending, after fault: Fault) throws {
    let done = ending.errors.matches(of: #/\] completed ([0-9a-f]{8})/#).map { String($0.output.1) }
    guard FileManager.default.fileExists(atPath: practice.storePath) else {
      #expect(done.isEmpty, "\(fault): \(ending.errors)")
      return
    }
    let check = try practice.check()
    #expect(check.status == 0, "\(fault): \(check.output)\(check.errors)\(ending.errors)")
    guard !done.isEmpty else { return }
    let store = try ExperimentStore(path: practice.storePath, access: .read)
    let completed = try store.runs().filter { $0.state == .completed }
    try store.close()
    for id in done {
      let run = completed.first { $0.id.hasPrefix(id) }
      #expect(run != nil, "\(fault): \(id) was done")
      if let run { #expect(try practice.bits()[run.jobKey] == bits[run.jobKey], "\(fault)") }
    }
  }

  /// A launch without faults completes the sweep with the bits of an undisturbed one.
  private func checkRecovery(after fault: Fault, errors: String) throws {
    let ending = try practice.launch("--retry-failed")
    #expect(ending.status == 0, "\(fault): \(ending.errors), after \(errors)")
    #expect(try practice.states() == [.completed: Self.jobs], "\(fault)")
    #expect(try practice.bits() == bits, "\(fault)")
    #expect(!FileManager.default.fileExists(atPath: practice.runsFolder), "\(fault)")
  }

  private func report(_ wanted: Int) {
    let time = (ContinuousClock.now - start).formatted(.units(allowed: [.seconds]))
    print(
      "fault test: \(wanted) faults in \(launches) launches, \(time); exit codes "
        + statuses.sorted { $0.key < $1.key }.map { "\($0.key): \($0.value)" }
        .joined(separator: ", "))
    for (kind, count) in struck.sorted(by: { "\($0.key)" < "\($1.key)" }) {
      print("fault test: \(count) × \(kind)")
    }
  }
}
