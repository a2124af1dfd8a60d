import Foundation
import Runner
import Store
import Synchronization
import TestSupport
import Testing

/// Two processes that were both told to run the job of one folder.
struct FolderOwnerTests {
  private static let here = HostIdentity(name: "n1", bootID: "boot-1")
  private static let there = HostIdentity(name: "n2", bootID: "boot-2")

  private static func folders() throws -> (TemporaryFolder, RunFolder) {
    let folder = try TemporaryFolder()
    return (folder, RunFolder(path: folder.path))
  }

  private static func claim(
    _ folder: RunFolder, as host: HostIdentity, expiry: Duration = .seconds(60),
    isStopped: () -> Bool = { false }
  ) throws -> FolderOwner? {
    try FolderOwner.claim(folder, host: host, expiry: expiry, isStopped: isStopped)
  }

  private static func ownerFile(_ folder: TemporaryFolder) -> String? {
    try? String(contentsOfFile: folder.file("owner"), encoding: .utf8)
  }

  @Test func `an owner leaves its name and takes it away at the end`() throws {
    let (folder, place) = try Self.folders()
    let owner = try #require(try Self.claim(place, as: Self.here))
    #expect(Self.ownerFile(folder)?.hasPrefix("boot-1 ") == true)
    #expect(Self.ownerFile(folder)?.hasSuffix(" n1\n") == true)
    try owner.check()
    owner.release()
    #expect(Self.ownerFile(folder) == nil)
  }

  @Test func `on one host the second waits until the first is gone, and asks no clock`() throws {
    let (folder, place) = try Self.folders()
    var first = try Self.claim(place, as: Self.here)
    var looks = 0
    let second = try Self.claim(place, as: Self.here) {
      looks += 1
      // The first dies without a word: its lock goes, its name stays.
      if looks == 3 { first = nil }
      return looks > 1_000
    }
    #expect(first == nil)
    #expect(second != nil)
    try second?.check()
    #expect(Self.ownerFile(folder)?.hasPrefix("boot-1 ") == true)
  }

  @Test func `who waits can be told to stop`() throws {
    let (folder, place) = try Self.folders()
    defer { withExtendedLifetime(folder) {} }
    let first = try Self.claim(place, as: Self.here)
    var looks = 0
    let second = try Self.claim(place, as: Self.here) {
      looks += 1
      return looks >= 3
    }
    #expect(second == nil)
    try first?.check()
  }

  @Test func `the name of another host that stands still is taken over, and its owner withdraws`()
    throws
  {
    let (folder, place) = try Self.folders()
    let old = try #require(try Self.claim(place, as: Self.there))
    let name = try #require(Self.ownerFile(folder))
    // Its lock does not show here.
    try FileManager.default.removeItem(atPath: folder.file("lock"))
    let new = try #require(try Self.claim(place, as: Self.here, expiry: .milliseconds(100)))
    #expect(Self.ownerFile(folder) != name)
    try new.check()
    #expect(!old.isLost)
    let job = RunFolder(path: folder.path, owner: old)
    #expect(throws: RunnerError.self) {
      try job.write(JobReport(jobKey: "key", ending: .completed))
    }
    #expect(old.isLost)
    let error = #expect(throws: RunnerError.self) { try old.check() }
    #expect(error?.code == .withdrawn)
    #expect(
      error?.description == """
        \(folder.path) is no longer this process's: another one works there, or its run was taken \
        in. It ends without a word there
        """)
    #expect(try place.report(for: "key") == nil)
    old.release()
    try new.check()
    let successor = RunFolder(path: folder.path, owner: new)
    try successor.write(JobReport(jobKey: "key", ending: .completed))
    #expect(try place.report(for: "key")?.ending == .completed)
  }

  @Test func `the name of another host that moves is left alone`() throws {
    let (folder, place) = try Self.folders()
    let old = try #require(try Self.claim(place, as: Self.there))
    try FileManager.default.removeItem(atPath: folder.file("lock"))
    let clock = ContinuousClock()
    let start = clock.now
    var beats = 0
    let second = try Self.claim(place, as: Self.here, expiry: .milliseconds(300)) {
      // The owner touches its file, as it does all the time.
      beats += 1
      utimensat(AT_FDCWD, folder.file("owner"), nil, 0)
      return clock.now - start > .milliseconds(900)
    }
    #expect(second == nil)
    #expect(beats > 5)
    try old.check()
  }

  @Test func `a folder that was taken in meanwhile is no place to write`() throws {
    let (folder, place) = try Self.folders()
    let owner = try #require(try Self.claim(place, as: Self.here))
    try FileManager.default.removeItem(atPath: folder.path)
    let job = RunFolder(path: folder.path, owner: owner)
    #expect(throws: RunnerError.self) { try job.write(trainingState: Data("x".utf8)) }
    #expect(!FileManager.default.fileExists(atPath: folder.path))
    #expect(throws: RunnerError.self) { try Self.claim(place, as: Self.here) }
  }
}
