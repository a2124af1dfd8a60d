import Foundation
import Store
import Synchronization
import TestSupport
import Testing

@Suite struct OpeningTests {
  @Test func `the schema in the repository is the one that is written`() throws {
    let fixture = try StoreFixture()
    let text = try fixture.store.schemaText()
    #expect(try RecordedFile("store/schema.sql").content(recording: text) == text)
  }

  /// Changes a number in the header of an SQLite file, whose bytes are big-endian.
  private func patch(_ path: String, at offset: Int, to value: UInt32) throws {
    var content = try Data(contentsOf: URL(fileURLWithPath: path))
    withUnsafeBytes(of: value.bigEndian) { bytes in
      content.replaceSubrange(offset..<offset + 4, with: bytes)
    }
    try content.write(to: URL(fileURLWithPath: path))
  }

  private static let userVersionOffset = 60
  private static let applicationIDOffset = 68

  @Test(arguments: [ExperimentStore.Access.read, .write])
  func `a store of a newer version is refused`(access: ExperimentStore.Access) throws {
    let fixture = try StoreFixture()
    try fixture.store.close()
    try patch(fixture.path, at: Self.userVersionOffset, to: 99)
    let before = try Data(contentsOf: URL(fileURLWithPath: fixture.path))
    let text = storeErrorText { _ = try ExperimentStore(path: fixture.path, access: access) }
    #expect(
      text == """
        \(fixture.path) was written by a newer rll-sweep (schema 99, this program knows \
        \(Schema.current.version)). Use that version, or name another store with --store
        """)
    #expect(try Data(contentsOf: URL(fileURLWithPath: fixture.path)) == before)
  }

  @Test(arguments: [ExperimentStore.Access.read, .write])
  func `a database of another program is refused and left as it is`(
    access: ExperimentStore.Access
  ) throws {
    let fixture = try StoreFixture()
    try fixture.store.close()
    try patch(fixture.path, at: Self.applicationIDOffset, to: 0)
    let before = try Data(contentsOf: URL(fileURLWithPath: fixture.path))
    let text = storeErrorText { _ = try ExperimentStore(path: fixture.path, access: access) }
    #expect(
      text == """
        \(fixture.path) is an SQLite database, but not a store of rll-sweep. \
        Name another file with --store
        """)
    #expect(try Data(contentsOf: URL(fileURLWithPath: fixture.path)) == before)
  }

  @Test func `an empty database that belongs to another program is not taken over`() throws {
    let fixture = try StoreFixture()
    let path = fixture.folder.file("other.sqlite")
    let header = try ExperimentStore(path: path, access: .write)
    try header.close()
    try patch(path, at: Self.applicationIDOffset, to: 99)
    try patch(path, at: Self.userVersionOffset, to: UInt32(bitPattern: -1))
    for access in [ExperimentStore.Access.read, .write] {
      let text = storeErrorText { _ = try ExperimentStore(path: path, access: access) }
      #expect(text?.contains("not a store of rll-sweep") == true, "\(text ?? "no error")")
    }
  }

  @Test func `a version below zero is no version`() throws {
    let fixture = try StoreFixture()
    try fixture.store.close()
    try patch(fixture.path, at: Self.userVersionOffset, to: UInt32(bitPattern: -1))
    let text = storeErrorText { _ = try ExperimentStore(path: fixture.path, access: .read) }
    #expect(text?.contains("not a store of rll-sweep") == true, "\(text ?? "no error")")
  }

  @Test(arguments: [":memory:", "file:store.sqlite", "FILE:x?mode=memory", "-store.sqlite"])
  func `names that have another meaning for SQLite or a command are names of files`(name: String) {
    #expect(StoreLocation(path: name).path == "./" + name)
    #expect(StoreLocation(path: "a/" + name).path == "a/" + name)
  }

  @Test func `a store that is removed while in use is missed when it is closed`() throws {
    let fixture = try StoreFixture()
    try FileManager.default.removeItem(atPath: fixture.path)
    #expect(
      storeErrorText { try fixture.store.close() }
        == "\(fixture.path) was removed or replaced while it was in use: what was written to it is "
        + "gone. Launch again")
  }

  @Test(arguments: [true, false])
  func `a store that is replaced while in use leaves no log beside the new one`(
    isClosed: Bool
  ) throws {
    let folder = try TemporaryFolder()
    let path = folder.file("s.sqlite")
    var store: ExperimentStore? = try ExperimentStore(path: path, access: .write)
    try store?.close()
    let sound = try Data(contentsOf: URL(fileURLWithPath: path))
    store = try ExperimentStore(path: path, access: .write)
    _ = try store?.begin(StoreFixture.launch(), jobs: [StoreFixture.job(0)])
    #expect(FileManager.default.fileExists(atPath: path + "-wal"))
    try folder.write("", to: "new")
    try sound.write(to: URL(fileURLWithPath: folder.file("new")))
    #expect(rename(folder.file("new"), path) == 0)
    if isClosed { #expect(throws: StoreError.self) { try store?.close() } }
    store = nil
    #expect(!FileManager.default.fileExists(atPath: path + "-wal"))
    #expect(!FileManager.default.fileExists(atPath: path + "-shm"))
    let next = try ExperimentStore(path: path, access: .read)
    #expect(try next.check().problems.isEmpty)
    #expect(try next.runs().isEmpty)
  }

  @Test(arguments: [ExperimentStore.Access.read, .write])
  func `a text file is refused`(access: ExperimentStore.Access) throws {
    let folder = try TemporaryFolder()
    let path = try folder.write(String(repeating: "no database ", count: 100), to: "notes.txt")
    let text = storeErrorText { _ = try ExperimentStore(path: path, access: access) }
    #expect(text == "\(path) is not an SQLite database. Name another file with --store")
  }

  @Test func `a damaged store is refused`() throws {
    let fixture = try StoreFixture()
    try fixture.store.close()
    var content = try Data(contentsOf: URL(fileURLWithPath: fixture.path))
    content.replaceSubrange(100..<2000, with: Data(repeating: 0xA5, count: 1900))
    try content.write(to: URL(fileURLWithPath: fixture.path))
    let text = storeErrorText { _ = try ExperimentStore(path: fixture.path, access: .write) }
    #expect(text?.hasPrefix("\(fixture.path) is damaged: ") == true, "\(text ?? "no error")")
    #expect(text?.hasSuffix(". Restore a backup") == true, "\(text ?? "no error")")
  }

  @Test func `a store that is not there cannot be read`() throws {
    let folder = try TemporaryFolder()
    let path = folder.file("none.sqlite")
    let text = storeErrorText { _ = try ExperimentStore(path: path, access: .read) }
    #expect(
      text == """
        there is no store at \(path). Run rll-sweep launch first, or name one with --store
        """)
  }

  @Test func `a place below a file cannot hold a store`() throws {
    let folder = try TemporaryFolder()
    let file = try folder.write("", to: "file")
    let path = file + "/experiments.sqlite"
    let text = storeErrorText { _ = try ExperimentStore(path: path, access: .write) }
    #expect(
      text == """
        the store \(path) cannot be written: its folder cannot be created. \
        Name another place with --store or RLL_STORE
        """)
  }

  @Test(arguments: [ExperimentStore.Access.read, .write])
  func `a folder is no store`(access: ExperimentStore.Access) throws {
    let folder = try TemporaryFolder()
    let text = storeErrorText { _ = try ExperimentStore(path: folder.path, access: access) }
    let reason = access == .write ? "it is a folder" : "unable to open database file"
    #expect(
      text == """
        the store \(folder.path) cannot be written: \(reason). \
        Name another place with --store or RLL_STORE
        """)
  }

  @Test(.enabled(if: getuid() != 0, "root may write everywhere"))
  func `a store in a folder without write permission is read, not written`() throws {
    let fixture = try StoreFixture()
    _ = try fixture.begin()
    try fixture.store.close()
    let files = FileManager.default
    try files.setAttributes([.posixPermissions: 0o555], ofItemAtPath: fixture.folder.path)
    defer {
      #expect(throws: Never.self) {
        try files.setAttributes([.posixPermissions: 0o755], ofItemAtPath: fixture.folder.path)
      }
    }
    let reader = try ExperimentStore(path: fixture.path, access: .read)
    #expect(try reader.runs().count == 1)
    #expect(
      storeErrorText { try reader.end(launch: "x", at: StoreFixture.start) }
        == "the store \(fixture.path) cannot be written. Copy it to a folder of yours")
  }

  @Test func `ten openings at once make one store`() throws {
    let folder = try TemporaryFolder()
    let path = folder.file("new/experiments.sqlite")
    let errors = LockedList<String>()
    let gate = DispatchSemaphore(value: 0)
    let group = DispatchGroup()
    for _ in 0..<10 {
      group.enter()
      Thread.detachNewThread {
        gate.wait()
        defer { group.leave() }
        do {
          let store = try ExperimentStore(path: path, access: .write)
          _ = try store.runs()
          try store.close()
        } catch {
          errors.append("\(error)")
        }
      }
    }
    for _ in 0..<10 { gate.signal() }
    group.wait()
    #expect(errors.all == [])
    #expect(try ExperimentStore(path: path, access: .read).runs().isEmpty)
  }

  @Test func `a closed store is one file`() throws {
    let fixture = try StoreFixture()
    _ = try fixture.begin()
    try fixture.store.close()
    let log = URL(fileURLWithPath: fixture.path + "-wal")
    let size = (try? Data(contentsOf: log).count) ?? 0
    #expect(size == 0)
  }
}

/// A list that several threads add to.
private final class LockedList<Element: Sendable>: Sendable {
  private let elements = Mutex<[Element]>([])

  func append(_ element: Element) { elements.withLock { $0.append(element) } }

  var all: [Element] { elements.withLock { $0 } }
}
