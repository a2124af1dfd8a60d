import Foundation
import Store
import Sweeps
import Synchronization
import TestSupport
import Testing

/// Whether a launch is alive, seen from its own host and from another one.
@Suite struct LaunchLeaseTests {
  private typealias Sighting = LaunchLease.Sighting

  private static func verdict(
    _ lock: LaunchLock.Sight, isOfThisHost: Bool = false, beat: Int = 5, at seconds: Double = 1_000,
    earlier: Sighting? = nil
  ) -> LaunchLease.Verdict {
    LaunchLease.verdict(
      lock: lock, isOfThisHost: isOfThisHost, now: Sighting(beat: beat, seconds: seconds),
      earlier: earlier)
  }

  @Test func `on its own host the lock alone decides, whatever the time`() {
    let old = Sighting(beat: 5, seconds: 0)
    for seconds in [0, 1e9] {
      let held = Self.verdict(.held, isOfThisHost: true, at: seconds, earlier: old)
      #expect(held == .alive)
      #expect(Self.verdict(.free, isOfThisHost: true, at: seconds, earlier: old) == .dead)
      #expect(Self.verdict(.missing, isOfThisHost: true, at: seconds, earlier: old) == .dead)
    }
  }

  @Test func `a lock that is seen to be held is held, on any host`() {
    #expect(Self.verdict(.held, at: 1e9, earlier: Sighting(beat: 5, seconds: 0)) == .alive)
  }

  @Test(arguments: [LaunchLock.Sight.elsewhere, .missing])
  func `on another host a launch is dead when its beat stood still under somebody's eyes`(
    lock: LaunchLock.Sight
  ) {
    let expiry = LaunchLease.expirySeconds
    #expect(expiry >= 20 * LaunchLease.renewalSeconds, "a slow machine has twenty chances")
    let first = Sighting(beat: 5, seconds: 1_000)
    #expect(Self.verdict(lock, at: 1_000) == .seen(first))
    #expect(Self.verdict(lock, at: 1_000 + expiry - 1, earlier: first) == .alive)
    #expect(Self.verdict(lock, at: 1_000 + expiry, earlier: first) == .dead)
    let moved = Self.verdict(lock, beat: 6, at: 1_000 + 2 * expiry, earlier: first)
    #expect(moved == .seen(Sighting(beat: 6, seconds: 1_000 + 2 * expiry)), "it beats")
    let before = Self.verdict(lock, at: 10, earlier: first)
    #expect(before == .seen(Sighting(beat: 5, seconds: 10)), "that clock started again")
  }

  @Test func `hosts share locks by their boot or by their name`() {
    let host = HostIdentity(name: "one", bootID: "a")
    #expect(host.sharesLocks(with: HostIdentity(name: "one", bootID: "b")), "booted since")
    #expect(host.sharesLocks(with: HostIdentity(name: "two", bootID: "a")), "renamed since")
    #expect(!host.sharesLocks(with: HostIdentity(name: "two", bootID: "b")))
    let unknown = HostIdentity(name: "one", bootID: "")
    #expect(!unknown.sharesLocks(with: HostIdentity(name: "two", bootID: "")))
    #expect(!HostIdentity.current.name.isEmpty && !HostIdentity.current.bootID.isEmpty)
  }

  @Test func `the lock of another host is left alone, that of a dead process is removed`() throws {
    let fixture = try StoreFixture()
    let here = HostIdentity(name: "here", bootID: "h")
    let path = fixture.folder.file("x.lock")
    try fixture.folder.write("t there\n", to: "x.lock")
    #expect(LaunchLock.sight(of: path, from: here) == .elsewhere)
    #expect(FileManager.default.fileExists(atPath: path))
    #expect(try LaunchLock(path: path, owner: here) == nil)
    for content in ["h here\n", "h renamed\n", "b here\n", ""] {
      try fixture.folder.write(content, to: "x.lock")
      #expect(LaunchLock.sight(of: path, from: here) == .free, "\(content)")
      #expect(LaunchLock.sight(of: path, from: here) == .missing)
    }
    let lock = try LaunchLock(path: path, owner: here)
    #expect(lock != nil)
    #expect(LaunchLock.sight(of: path, from: here) == .held)
    #expect(try LaunchLock(path: path, owner: here) == nil)
    withExtendedLifetime(lock) {}
  }

  /// A store seen from another host whose clock is turned by hand.
  private struct Abroad {
    let clock = SecondsBox()

    func look(at path: String, bootID: String = "abroad") throws -> [RunState] {
      let observer = LaunchObserver(host: HostIdentity(name: "abroad", bootID: bootID)) {
        clock.value
      }
      let store = try ExperimentStore(path: path, access: .read, observer: observer)
      return try store.runs().map(\.state)
    }
  }

  @Test func `a launch of another host runs on until its lease has expired`() throws {
    let fixture = try StoreFixture()
    let begun = try fixture.begin()
    _ = try fixture.store.claim(
      runID: begun.jobs[0].runID, launchID: begun.launch.id, spec: StoreFixture.job(0).spec,
      now: StoreFixture.start)
    // The lock does not show on the other host: only its file does, with the name of this one.
    try FileManager.default.removeItem(
      atPath: fixture.store.location.launchLock(of: begun.launch.id))
    try Data("elsewhere there\n".utf8).write(
      to: URL(filePath: fixture.store.location.launchLock(of: begun.launch.id)))
    let abroad = Abroad()
    abroad.clock.set(50)
    #expect(try abroad.look(at: fixture.path) == [.running])
    abroad.clock.set(640)
    #expect(try abroad.look(at: fixture.path) == [.running])
    try fixture.store.renewLease(of: begun.launch.id)
    abroad.clock.set(700)
    #expect(try abroad.look(at: fixture.path) == [.running], "it has beaten since")
    #expect(try abroad.look(at: fixture.path, bootID: "another") == [.running])
    abroad.clock.set(1_299)
    #expect(try abroad.look(at: fixture.path) == [.running])
    abroad.clock.set(1_300)
    #expect(try abroad.look(at: fixture.path) == [.interrupted])
    #expect(
      try fixture.store.query("SELECT count(*) FROM launchSighting").rows == [[.number(0)]])
  }
}

/// Seconds that several threads see.
private final class SecondsBox: Sendable {
  private let seconds = Mutex(0.0)

  var value: Double { seconds.withLock { $0 } }

  func set(_ value: Double) { seconds.withLock { $0 = value } }
}
