import Foundation
import TestSupport
import Testing

/// `rll-sweep nightly install` finds out what nights would end with, and leaves no trace of that.
struct NightlyTrialTests {
  private let nightly: Nightly

  init() throws {
    nightly = try Nightly()
    #expect(mkfifo(nightly.file("pipe"), 0o600) == 0)
    for (link, target) in [("link", "features.h5"), ("loop", "loop")] {
      #expect(symlink(nightly.file(target), nightly.file(link)) == 0)
    }
  }

  /// Units are printed, so that no crontab is needed.
  private func install(
    _ arguments: [String], store: String = "store.sqlite", under runner: [String] = []
  ) throws -> BuiltProgram.Ending {
    try BuiltProgram.sweep.start(
      ["nightly", "install", "practice.yaml", "--systemd", "--store", store] + arguments,
      in: nightly.practice.folder.path, under: runner
    ).wait()
  }

  private var content: [String] {
    get throws {
      try FileManager.default.subpathsOfDirectory(atPath: nightly.practice.folder.path).sorted()
    }
  }

  @Test(arguments: [
    (["--log", "nowhere/log"], "nowhere/log cannot be opened: No such file or directory"),
    (["--log", "loop"], "loop cannot be opened: Too many levels of symbolic links"),
    (["--log", "."], ". is a folder, not a file. Remove it, or name another place"),
    (["--log", "pipe"], "pipe is a named pipe, not a file. Remove it, or name another place"),
    (
      ["--log", "/dev/null"],
      "/dev/null is a device, not a file. Remove it, or name another place"
    ),
    (
      ["--heartbeat", "nowhere/beat"],
      "nowhere/beat cannot be created: No such file or directory"
    ),
    (
      ["--heartbeat", "/dev/null"],
      "/dev/null is a device, not a file. Remove it, or name another place"
    ),
    (
      ["--heartbeat", "link"],
      "link is a symbolic link, not a file. Remove it, or name another place"
    ),
    (
      ["--reports", "features.h5"],
      "features.h5/practice cannot be created: Not a directory"
    ),
  ])
  func `a place that nights could not write is refused, in their own words`(
    arguments: [String], message: String
  ) throws {
    let before = try content
    let ending = try install(arguments)
    #expect(ending.status == 74)
    #expect(ending.errors == "error: \(message)\n")
    #expect(ending.output == "")
    #expect(try content == before)
  }

  @Test(arguments: [
    (
      ["--log", "features.h5"],
      "features.h5 is there and is no log of a nightly, whose first line begins with a time as "
        + "2026-11-21T02:30:00.000Z. It stays as it is; name another file for the log"
    ),
    (
      ["--log", "log"],
      "log.2 is there and is no log of a nightly, whose first line begins with a time as "
        + "2026-11-21T02:30:00.000Z. It stays as it is; name another file for the log"
    ),
    (
      ["--heartbeat", "thesis.txt"],
      "thesis.txt is there and is no heartbeat of a nightly, each line of which is a time, a verdict "
        + "and a sweep. It stays as it is; name another file for the heartbeat"
    ),
  ])
  func `a file of somebody else's is refused before anything runs, and stays as it is`(
    arguments: [String], message: String
  ) throws {
    for name in ["thesis.txt", "log.2"] { try nightly.practice.write("precious\n", to: name) }
    let features = FileManager.default.contents(atPath: nightly.file("features.h5"))
    let before = try content
    for ending in [
      try install(arguments),
      try BuiltProgram.sweep.run(
        ["nightly", "practice.yaml", "--store", nightly.practice.storePath] + arguments,
        in: nightly.practice.folder.path),
    ] {
      #expect(ending.status == 74)
      #expect(ending.errors == "error: \(message)\n")
    }
    #expect(try content == before)
    #expect(FileManager.default.contents(atPath: nightly.file("features.h5")) == features)
    for name in ["thesis.txt", "log.2"] { #expect(try nightly.text(name) == "precious\n") }
  }

  @Test func `a baseline that is not there is refused`() throws {
    let before = try content
    let early = try install(["--baseline", "main"])
    #expect(early.status == 64)
    #expect(
      early.errors
        == "error: there is no baseline 'main': the store store.sqlite is not there yet. Run a "
        + "night of the sweep first, then rll-report baseline set main\n")
    #expect(try content == before)
    #expect(try nightly.night().status == 3)
    #expect(try nightly.setBaseline().status == 0)
    let misspelt = try install(["--baseline", "mian"])
    #expect(misspelt.status == 64)
    #expect(
      misspelt.errors
        == "error: there is no baseline 'mian'. The newest are main; a name is exact, 'latest', or "
        + "four letters or more of an id\n")
    let right = try install(["--baseline", "main", "--time-limit", "2h"])
    #expect(right.status == 0, "\(right.errors)")
    #expect(
      right.output.contains(
        " --store \(nightly.practice.storePath) --baseline main --time-limit 2h\n"))
  }

  @Test func `a store that nights could not write is refused`() throws {
    let noStore = try install([], store: "features.h5")
    #expect(noStore.status == 74)
    #expect(
      noStore.errors
        == (try nightly.practice.sweep("nightly", "practice.yaml", "--store", "features.h5")).errors
    )
    let folder = try install([], store: ".")
    #expect(folder.status == 74)
    #expect(folder.errors.contains("it is a folder"), "\(folder.errors)")
    let below = try install([], store: "features.h5/store.sqlite")
    #expect(below.status == 74)
    #expect(
      below.errors
        == "error: features.h5/store.nightly/practice cannot be created: Not a directory\n")
  }

  @Test(.enabled(if: OtherUser.isThere, "programs cannot be run as another user"))
  func `a folder that is another user's is refused`() throws {
    try FileManager.default.createDirectory(
      atPath: nightly.file("mine"), withIntermediateDirectories: false,
      attributes: [.posixPermissions: 0o755])
    try OtherUser.open(nightly.practice.folder, mayWrite: false)
    let store = try install([], store: "mine/store.sqlite", under: OtherUser.runner)
    #expect(store.status == 74)
    #expect(store.errors.contains("mine is not writable"), "\(store.errors)")
    let log = try install(["--log", "mine/log"], under: OtherUser.runner)
    #expect(
      log.errors
        == "error: mine/log cannot be opened: Permission denied. Make its folder writable, or name "
        + "another place\n")
  }

  @Test func `a lock that is no file is refused`() throws {
    try FileManager.default.createDirectory(
      atPath: nightly.reports, withIntermediateDirectories: true)
    let lock = nightly.reports + "/lock"
    #expect(symlink(nightly.file("features.h5"), lock) == 0)
    let message =
      "error: \(lock) is a symbolic link, not a file. Remove it, or name another place\n"
    let installed = try install([], store: nightly.practice.storePath)
    #expect(installed.status == 74)
    #expect(installed.errors == message)
    let night = try nightly.night()
    #expect(night.status == 74)
    #expect(night.errors == message)
    #expect(try nightly.practice.sweep("data", "describe", "features.h5").status == 0)
  }

  @Test func `what is tried out leaves nothing behind, and nothing changed`() throws {
    // The first night makes the folder of the heartbeat with that of the reports.
    let arguments = ["--log", "log", "--heartbeat", "a/beat", "--reports", "a/b"]
    let before = try content
    for store in ["store.sqlite", "c/d/store.sqlite"] {
      let ending = try install(arguments, store: store)
      #expect(ending.status == 0, "\(ending.errors)")
    }
    #expect(try content == before)
    #expect(
      try nightly.night("--log", "log", "--heartbeat", "a/beat", "--reports", "a/b").status == 3)
    let (after, log) = (try content, try nightly.text("log"))
    #expect(try install(["--heartbeat", "/dev/null"]).status == 74)
    let ending = try install(arguments)
    #expect(ending.status == 0, "\(ending.errors)")
    #expect(try content == after)
    #expect(try nightly.text("log") == log)
  }
}
