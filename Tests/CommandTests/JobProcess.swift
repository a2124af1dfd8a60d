import Foundation
import TestSupport

/// The process of one job of a launch, found by the run folder that it was given.
struct JobProcess: Hashable {
  let processID: Int32
  let runFolder: String

  /// Those at work on the runs of a store, whether or not their launcher lives.
  static func all(of practice: Practice) throws -> [JobProcess] {
    try FileManager.default.contentsOfDirectory(atPath: "/proc").compactMap { name in
      guard let id = Int32(name),
        // A process that ended meanwhile has no such file, a zombie an empty one.
        let line = FileManager.default.contents(atPath: "/proc/\(id)/cmdline")
      else { return nil }
      let words = line.split(separator: 0).map { String(decoding: $0, as: UTF8.self) }
      guard words.count == 3, words[1] == "train", words[2].hasPrefix(practice.runsFolder) else {
        return nil
      }
      return JobProcess(processID: id, runFolder: words[2])
    }
  }

  /// Waits until a job has written a checkpoint; nil where the launcher ends before.
  static func withCheckpoint(
    of practice: Practice, launcher: BuiltProgram.Running
  ) throws -> JobProcess? {
    while launcher.isRunning {
      for folder in practice.runFolders
      where FileManager.default.fileExists(atPath: folder + "/training.state") {
        return try all(of: practice).first { $0.runFolder == folder }
      }
      usleep(2_000)
    }
    return nil
  }

  /// Whether it runs or could; a zombie does not.
  var isAlive: Bool { !["Z", "X", nil].contains(state) }

  /// As the system names it: R, S, D, T (stopped), Z (zombie); nil where there is none.
  private var state: Character? { words?.first?.first }

  /// Processor time that it has used, in the system's ticks.
  var ticks: Int? {
    guard let words, words.count > 12, let user = Int(words[11]), let system = Int(words[12])
    else { return nil }
    return user + system
  }

  /// What the system tells of it after its name, which may itself hold spaces.
  private var words: [Substring]? {
    guard let status = FileManager.default.contents(atPath: "/proc/\(processID)/stat") else {
      return nil
    }
    return String(decoding: status, as: UTF8.self).split(separator: ")").last?
      .split(separator: " ")
  }

  func waitUntilGone() {
    while isAlive { usleep(2_000) }
  }

  /// Kills it where it stands. False where it was no longer alive: it is stopped first, and what
  /// has stopped was alive.
  func killAlive() -> Bool {
    guard kill(processID, SIGSTOP) == 0 else { return false }
    while let state, state != "T" {
      if state == "Z" || state == "X" { return false }
      usleep(100)
    }
    guard state == "T" else { return false }
    return kill(processID, SIGKILL) == 0
  }
}
