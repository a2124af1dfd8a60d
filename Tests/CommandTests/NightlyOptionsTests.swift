import Foundation
import TestSupport
import Testing

/// Options of nights that cannot be meant.
struct NightlyOptionsTests {
  @Test(arguments: [
    (
      ["--time-limit", "2"],
      "--time-limit cannot be '2'; give a duration with its unit, as 90s, 30min, 2h or 1d"
    ),
    (
      ["--every", "daily"],
      "--every cannot be 'daily'; give a duration with its unit, as 90s, 30min, 2h or 1d"
    ),
    (["--keep", "0"], "--keep is 0; give a whole number from 1"),
    (["--log", ""], "--log is empty; give a path, or leave it out"),
    (
      ["--log", "nightly.yaml"],
      "--log is nightly.yaml, which is a sweep file; give a file of its own"
    ),
    (
      ["--store", "s.sqlite", "--heartbeat", "./s.sqlite"],
      "--heartbeat is ./s.sqlite, which is the store; give a file of its own"
    ),
    (
      ["--heartbeat", "x", "--log", "x"],
      "--log is x, which is the file of --heartbeat; give a file of its own"
    ),
    (
      ["--store", "s.sqlite", "--log", "s.sqlite-wal"],
      "--log is s.sqlite-wal, which is a file of the store; give a file of its own"
    ),
    (
      ["--store", "s.sqlite", "--heartbeat", "./s.sqlite-shm"],
      "--heartbeat is ./s.sqlite-shm, which is a file of the store; give a file of its own"
    ),
    (
      ["--store", "s.sqlite", "--log", "s.nightly/practice/lock"],
      "--log is s.nightly/practice/lock, which is the place of a lock or a report of nights; give a "
        + "file of its own"
    ),
    (
      ["--reports", "r", "--heartbeat", "r/practice/latest.md"],
      "--heartbeat is r/practice/latest.md, which is the place of a lock or a report of nights; give "
        + "a file of its own"
    ),
    (
      ["--heartbeat", "x.3", "--log", "y/../x"],
      "--log is y/../x, old ones of which go to FOLDER/x.3, which is the file of --heartbeat; give a "
        + "file of its own"
    ),
  ])
  func `a wrong option is refused by run and install`(
    arguments: [String], message: String
  ) throws {
    let practice = try Practice()
    for command in [["install"], ["run"], []] {
      let ending = try BuiltProgram.sweep.run(
        ["nightly"] + command + ["nightly.yaml"] + arguments, in: practice.folder.path)
      #expect(ending.status == 64)
      let said = ending.errors.replacing(practice.folder.path, with: "FOLDER")
      #expect(said.hasPrefix("error: \(message)\n"), "\(command): \(ending.errors)")
    }
  }
}
