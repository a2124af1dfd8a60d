import Foundation
import Store
import TestSupport
import Testing

@Suite struct StoreBackupTests {
  @Test func `a backup holds everything and is one sound file`() throws {
    let care = try CareFixture()
    try care.complete([0, 1])
    let copy = care.fixture.folder.file("copy.sqlite")
    try care.store.backUp(to: copy, replacing: false)
    #expect(try StoreFile.dump(copy) == StoreFile.dump(care.path))
    let names = try FileManager.default.contentsOfDirectory(atPath: care.fixture.folder.path)
    #expect(names.filter { $0.hasPrefix("copy") } == ["copy.sqlite"])
    let opened = try ExperimentStore(path: copy, access: .read)
    #expect(try opened.check().problems == [])
    #expect(try opened.runs().count == 2)
  }

  @Test func `a backup is of one moment while somebody writes`() throws {
    let care = try CareFixture()
    let begun = try care.begin(Array(0..<40))
    let writer = Thread {
      for index in 0..<40 {
        do {
          try care.finish(index, of: begun)
        } catch {
          Issue.record("\(error)")
        }
      }
    }
    writer.start()
    var number = 0
    while !writer.isFinished || number == 0 {
      let copy = care.fixture.folder.file("copy\(number).sqlite")
      try care.store.backUp(to: copy, replacing: false)
      let opened = try ExperimentStore(path: copy, access: .inspect)
      #expect(try opened.check().damage == [])
      #expect(try opened.runs().count == 40)
      try opened.close()
      number += 1
    }
    withExtendedLifetime(begun.lock) {}
  }

  @Test func `nothing is overwritten unless that is wanted`() throws {
    let care = try CareFixture()
    try care.complete([0])
    let copy = try care.fixture.folder.write("notes", to: "notes.txt")
    #expect(
      storeErrorText { try care.store.backUp(to: copy, replacing: false) }
        == "\(copy) exists already. Name another file, or replace it with --force")
    #expect(try String(contentsOfFile: copy, encoding: .utf8) == "notes")
    try care.store.backUp(to: copy, replacing: true)
    #expect(try ExperimentStore(path: copy, access: .inspect).runs().count == 1)
  }

  @Test func `the store itself and a folder are no place for a backup`() throws {
    let care = try CareFixture()
    for replacing in [false, true] {
      #expect(
        storeErrorText {
          try care.store.backUp(to: care.fixture.folder.path, replacing: replacing)
        } == "\(care.fixture.folder.path) is a folder. Name the file that is to be written")
    }
    #expect(
      storeErrorText { try care.store.backUp(to: care.path, replacing: true) }
        == "\(care.path) is the store itself. Name another file")
    let nowhere = care.fixture.folder.file("none/copy.sqlite")
    #expect(
      storeErrorText { try care.store.backUp(to: nowhere, replacing: false) }
        == "the store \(nowhere).partial cannot be written: unable to open database file. "
        + "Name another place with --store or RLL_STORE")
  }

  @Test func `a damaged store is not copied over a good backup`() throws {
    let care = try CareFixture()
    try care.complete([0])
    let copy = care.fixture.folder.file("copy.sqlite")
    try care.store.backUp(to: copy, replacing: false)
    try StoreFile.run("UPDATE document SET text = 'x'", on: care.path)
    #expect(
      storeErrorText { try care.store.backUp(to: copy, replacing: true) }
        == "\(care.path) is damaged and was not copied to \(copy): the sweep file 48b362fe22f6… "
        + "has a text whose SHA-256 is another one. rll-report store check lists everything")
    #expect(try ExperimentStore(path: copy, access: .inspect).check().problems == [])
    let names = try FileManager.default.contentsOfDirectory(atPath: care.fixture.folder.path)
    #expect(!names.contains { $0.contains("partial") })
  }
}
