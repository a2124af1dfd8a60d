import Foundation
import Reports
import Runner
import Store
import Sweeps

/// A nightly of a crontab with what its last night came to.
struct InstalledNightly {
  let entry: Crontab.Nightly
  /// Nil where the store that the line names cannot be read, or has no night of the sweep: a line
  /// is listed whatever has become of what it names.
  let lastNight: NightRecord?

  init(_ entry: Crontab.Nightly) {
    self.entry = entry
    do {
      lastNight = try Self.lastNight(of: entry)
    } catch {
      lastNight = nil
    }
  }

  private static func lastNight(of entry: Crontab.Nightly) throws -> NightRecord? {
    let words = ShellWord.words(of: entry.command)
    guard let option = words.firstIndex(of: "--store"), option + 1 < words.count,
      words[option + 1].hasPrefix("/"),
      let sweep = try SweepExpansion.name(
        inText: String(contentsOfFile: entry.file, encoding: .utf8), file: entry.file)
    else { return nil }
    let store = try ExperimentStore(path: words[option + 1], access: .inspect)
    let nights = try store.nights(of: sweep, limit: 1)
    try store.close()
    return nights.first
  }

  var row: [ReportCell] {
    [
      .text(entry.file), .text(entry.times),
      lastNight.map { .text($0.verdict.title) } ?? .missing,
      lastNight.map { .text($0.startedAt) } ?? .missing, .text(entry.command),
    ]
  }

  var record: JSONValue {
    [
      "file": .string(entry.file), "times": .string(entry.times),
      "last_verdict": JSONValue(lastNight?.verdict.rawValue),
      "last_night": JSONValue(lastNight?.startedAt), "command": .string(entry.command),
    ]
  }
}
