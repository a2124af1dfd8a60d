import Foundation
import Synchronization

/// The most memory of another process that was resident, looked at again and again while it lives:
/// what the system says after its end begins with what the process had that started it.
final class ResidentPeak: Sendable {
  private static let pauseSeconds = 0.02

  private let state = Mutex((kilobytes: 0, isOver: false))

  init(of process: Int32) {
    let path = "/proc/\(process)/status"
    Thread { [self] in
      while !state.withLock(\.isOver) {
        let status = (try? String(contentsOfFile: path, encoding: .utf8)) ?? ""
        if let line = status.firstMatch(of: /VmHWM:\s*(\d+) kB/), let peak = Int(line.output.1) {
          state.withLock { $0.kilobytes = max($0.kilobytes, peak) }
        }
        Thread.sleep(forTimeInterval: Self.pauseSeconds)
      }
    }.start()
  }

  /// Ends the looking.
  func megabytes() -> Int {
    state.withLock { state in
      state.isOver = true
      return state.kilobytes * 1_024 / 1_000_000
    }
  }
}
