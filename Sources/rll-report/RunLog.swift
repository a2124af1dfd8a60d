import CommandSupport
import Foundation
import Store

/// What a run has printed: kept in the store when it has ended, in its folder while it runs.
struct RunLog {
  private static let lookInterval = 0.1

  private let run: String
  private let store: ExperimentStore

  init(of run: String, in store: ExperimentStore) {
    self.run = run
    self.store = store
  }

  /// The logs of all attempts, one after the other.
  func print() throws {
    let attempts = try store.detail(of: run).attempts
    for attempt in attempts {
      if attempts.count > 1 {
        try StandardOutput.write("== attempt \(attempt.position): \(attempt.state)\n")
      }
      try StandardOutput.write(attempt.log ?? "")
    }
    if let open = OpenLog(path: store.location.log(of: run)) { try open.printNew() }
  }

  /// What the attempt that runs, or is about to, prints until it ends. Where none is, the last.
  func follow() throws {
    var log: OpenLog?
    while try isGoingOn() {
      if log == nil { log = OpenLog(path: store.location.log(of: run)) }
      try log?.printNew()
      Thread.sleep(forTimeInterval: Self.lookInterval)
    }
    if let log {
      // The folder is gone by now, but not what is open of it.
      try log.printNew()
    } else {
      try StandardOutput.write(try store.detail(of: run).attempts.last?.log ?? "")
    }
  }

  private func isGoingOn() throws -> Bool {
    if store.isWritable { try store.markDeadLaunches(now: Timestamp(Date())) }
    switch try store.state(of: run) {
    case .running: return true
    case .pending: return try !store.livingLaunches().isEmpty
    case .completed, .failed, .cancelled, .interrupted: return false
    }
  }
}

/// A log that is being written, printed as it grows.
private final class OpenLog {
  private let handle: FileHandle

  /// Nil where there is no such file yet.
  init?(path: String) {
    // Nobody is to wait for what is no file.
    let descriptor = open(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC)
    guard descriptor >= 0 else { return nil }
    handle = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
    var status = stat()
    guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return nil }
  }

  func printNew() throws {
    while let bytes = try handle.read(upToCount: 1 << 16), !bytes.isEmpty {
      try StandardOutput.write(bytes: bytes)
    }
  }
}
