import ArgumentParser
import CommandSupport
import Foundation
import Runner
import Store
import Sweeps

/// How nights are run and judged, and what they leave.
struct NightlyOptions: ParsableArguments {
  static let usualInterval = "24h"
  static let usualCopies = 14

  @Option(
    help: ArgumentHelp(
      "Judge against this baseline (default: the last one set for the sweep).", valueName: "name"))
  var baseline: String?

  @Option(
    help: ArgumentHelp(
      "Stop what is not done by then; it goes on under the next launch.", valueName: "duration"))
  var timeLimit: String?

  @Option(
    help: ArgumentHelp(
      "How often nights come: to say when one is missing, and for the times that are installed.",
      valueName: "duration"))
  var every = Self.usualInterval

  @Option(
    help: ArgumentHelp(
      "Where reports go (default: beside the store, in .nightly).", valueName: "folder"))
  var reports: String?

  @Option(help: ArgumentHelp("Of how many nights dated reports are kept.", valueName: "count"))
  var keep = Self.usualCopies

  @Option(
    help: ArgumentHelp(
      "Write time and verdicts here after every night that came to one.", valueName: "file"))
  var heartbeat: String?

  @Option(
    help: ArgumentHelp(
      "Append what happens to this file; at 1 MiB it is begun anew.", valueName: "file"))
  var log: String?

  @OptionGroup var machine: MachineOptions
  @OptionGroup var store: StoreOptions

  func validate() throws {
    for (name, text) in [("time-limit", timeLimit), ("every", every)] {
      guard let text else { continue }
      guard let seconds = DurationText.seconds(of: text), seconds > 0 else {
        throw ValidationError(
          "--\(name) cannot be '\(text)'; give a duration with its unit, as 90s, 30min, 2h or 1d")
      }
    }
    if keep < 1 { throw ValidationError("--keep is \(keep); give a whole number from 1") }
    for (name, path) in [("reports", reports), ("heartbeat", heartbeat), ("log", log)]
    where path?.isEmpty == true {
      throw ValidationError("--\(name) is empty; give a path, or leave it out")
    }
  }

  var timeLimitSeconds: Double? { timeLimit.flatMap { DurationText.seconds(of: $0) } }

  var schedule: NightSchedule? {
    DurationText.seconds(of: every).map { NightSchedule(everySeconds: $0) }
  }

  /// Where the reports of a sweep's nights lie.
  func folder(of sweep: String) -> NightFolder {
    let name = StoreLocation.folderName(ofSweep: sweep)
    return reports.map { NightFolder(path: "\($0)/\(name)") } ?? lockFolder(of: sweep)
  }

  /// Where a sweep's lock lies: beside the store and not among the reports, which each caller may
  /// lead elsewhere.
  func lockFolder(of sweep: String) -> NightFolder {
    NightFolder(path: StoreLocation(path: store.path).nightFolder(of: sweep))
  }

  /// As words of a command line that means the same in any folder and environment.
  var absoluteWords: [String] {
    var words = ["--store", Self.absolute(store.path)]
    let paths = [("reports", reports), ("heartbeat", heartbeat), ("log", log)]
    for (name, path) in paths { words += path.map { ["--\(name)", Self.absolute($0)] } ?? [] }
    words += baseline.map { ["--baseline", $0] } ?? []
    words += timeLimit.map { ["--time-limit", $0] } ?? []
    words += every == Self.usualInterval ? [] : ["--every", every]
    words += keep == Self.usualCopies ? [] : ["--keep", "\(keep)"]
    words += machine.workers.map { ["--workers", "\($0)"] } ?? []
    return words + (machine.nativeBlas ? ["--native-blas"] : [])
  }

  static func absolute(_ path: String) -> String {
    URL(fileURLWithPath: path).standardizedFileURL.path
  }
}
