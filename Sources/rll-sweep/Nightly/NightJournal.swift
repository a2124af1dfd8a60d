import CommandSupport
import Foundation
import Runner

/// The log that a nightly was asked to keep, if it was.
struct NightJournal: Sendable {
  private let log: RotatedLog?
  private let date: @Sendable () -> Date

  init(path: String?, date: @escaping @Sendable () -> Date) {
    log = path.map { RotatedLog(path: $0) }
    self.date = date
  }

  func add(_ text: String) throws { try log?.append(text, at: date()) }

  /// Where an error has nowhere to go but to whoever reads the mail.
  func addIfPossible(_ text: String) {
    do {
      try add(text)
    } catch {
      Diagnostics.warning("\(error)")
    }
  }
}
