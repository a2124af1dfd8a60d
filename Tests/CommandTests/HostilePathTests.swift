import Foundation
import Store
import Sweeps
import TestSupport
import Testing

/// Names that other programs stumble over, for every file that a user names.
struct HostilePathTests {
  private static let names = [
    "a b's \"c\" per%20cent %s #d ?e=f", "new\nline\ttab \\back", "-dash -- ünï λ 日本 🦊 e\u{301}",
    ";$HOME `x` * {y} [z] & :memory:",
  ]

  @Test(arguments: names)
  func `a sweep runs and is compared whatever its files are called`(name: String) throws {
    let practice = try Practice()
    let folder = practice.folder.file(name)
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: false)
    let (features, sweep, store) = ("\(name).h5", "\(name).yaml", "\(name).sqlite")
    try FileManager.default.moveItem(
      atPath: practice.folder.file("features.h5"), toPath: "\(folder)/\(features)")
    let text = """
      name: practice
      base: {dataset: {path: \(SettingValue.quoted(features))}, embedding: 8, batch: 8x3, steps: 5}
      sweep: {m: [0.2, 0.4]}
      """
    try practice.write(text, to: "\(name)/\(sweep)")

    let launched = try BuiltProgram.sweep.run(
      ["launch", "--json", "--store=\(store)", "--", sweep], in: folder)
    #expect(launched.status == 0, "\(launched.errors)")
    #expect(launched.output.contains("\"completed\": 2"), "\(launched.output)")
    let again = try BuiltProgram.sweep.run(
      ["launch", "--json", "--store", "\(folder)/\(store)", "\(folder)/\(sweep)"],
      in: practice.folder.path)
    #expect(again.output.contains("\"skipped\": 2"), "\(again.errors)")
    let compared = try BuiltProgram.report.run(
      ["compare", "--sweep", "latest", "--by", "margin", "--json", "--store=\(store)"], in: folder)
    #expect(compared.status == 0 && compared.output.contains("\"n\": 1"), "\(compared.errors)")
    let described = try BuiltProgram.sweep.run(
      ["data", "describe", "--json", "--", features], in: folder)
    #expect(described.status == 0, "\(described.errors)")
    #expect(described.output.contains("\"layout\": \"grouped\""))
    #expect(
      try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
        == [features, sweep, store].sorted())
    #expect(
      try FileManager.default.contentsOfDirectory(atPath: practice.folder.path) == [name])
  }

  @Test func `a store, a log and a folder may have names of one letter`() throws {
    let practice = try Practice()
    try practice.write(Nightly.sweep)
    let night = try practice.sweep(
      "nightly", "practice.yaml", "--store", "s", "--log", "l", "--heartbeat", "h", "--reports",
      "r")
    #expect(night.status == 3, "\(night.errors)")
    let files = FileManager.default
    for name in ["s", "s.nightly", "l", "h", "r/practice/latest.md"] {
      #expect(files.fileExists(atPath: practice.folder.file(name)), "\(name)")
    }
  }

  /// The store of a practice sweep of one job in a folder three levels deep, which an id of
  /// `../../../victims` leads out of.
  private static func storeBelow(_ practice: Practice) throws -> String {
    let path = practice.folder.file("a/b/store.sqlite")
    try FileManager.default.createDirectory(
      atPath: practice.folder.file("a/b/store.runs"), withIntermediateDirectories: true)
    try practice.write(
      "name: practice\nbase: {dataset: features.h5, embedding: 8, batch: 8x3, steps: 5}\n")
    let ending = try BuiltProgram.sweep.run(
      ["launch", "practice.yaml", "--store", path], in: practice.folder.path)
    #expect(ending.status == 0, "\(ending.errors)")
    return path
  }

  @Test func `a run of a store made by others cannot lead out of the folder of runs`() throws {
    let practice = try Practice()
    let path = try Self.storeBelow(practice)
    try StoreFile.run(
      """
      UPDATE run SET id = '../../../victims', state = 'interrupted', finishedAt = NULL
      """, on: path)
    let victims = practice.folder.file("victims")
    try FileManager.default.createDirectory(atPath: victims, withIntermediateDirectories: false)
    try practice.write("mine", to: "victims/keep")
    let ending = try BuiltProgram.sweep.run(
      ["launch", "practice.yaml", "--store", path, "--json"], in: practice.folder.path)
    #expect(ending.status == 0 && ending.output.contains("\"completed\": 1"), "\(ending.errors)")
    #expect(try FileManager.default.contentsOfDirectory(atPath: victims) == ["keep"])
  }

  @Test func `a launch of a store made by others cannot remove a file elsewhere`() throws {
    let practice = try Practice()
    let path = try Self.storeBelow(practice)
    try StoreFile.run(
      """
      PRAGMA foreign_keys = OFF;
      UPDATE launch SET id = '../../../victims', endedAt = NULL;
      UPDATE attempt SET state = 'running', finishedAt = NULL;
      UPDATE run SET launchId = '../../../victims', state = 'running', finishedAt = NULL
      """, on: path)
    try practice.write("mine", to: "victims.lock")
    let ending = try BuiltProgram.report.run(
      ["runs", "--store", path, "--json"], in: practice.folder.path)
    #expect(ending.status == 0 && ending.output.contains("interrupted"), "\(ending.errors)")
    #expect(FileManager.default.fileExists(atPath: practice.folder.file("victims.lock")))
  }
}
