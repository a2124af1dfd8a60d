import Foundation
import Reports
import Runner
import Store

/// Looks at the store and at the disk on which it lies, or would.
struct StoreDoctor {
  private static let littleBytes = 1 << 30
  /// Less is used up by one small sweep.
  private static let tooLittleBytes = 64 << 20

  let path: String

  func findings() -> [DoctorFinding] { disk + [health] }

  private var disk: [DoctorFinding] {
    let folder = path.parentFolder
    do {
      let system = try FileSystem(of: folder)
      return [room(system), kind(system)]
    } catch {
      return [
        DoctorFinding(
          name: "disk", title: "free at the store", value: "\(error)", state: .problem,
          advice: "Name another place with --store or RLL_STORE")
      ]
    }
  }

  private func room(_ system: FileSystem) -> DoctorFinding {
    var finding = DoctorFinding(
      name: "disk", title: "free at the store",
      value: ReportCell.bytes(system.freeBytes).shownText)
    if system.freeBytes < Self.littleBytes {
      finding.state = system.freeBytes < Self.tooLittleBytes ? .problem : .warning
      finding.advice =
        "Free some space: rll-report store gc --dry-run says what the store can spare"
    }
    return finding
  }

  private func kind(_ system: FileSystem) -> DoctorFinding {
    var finding = DoctorFinding(
      name: "file_system", title: "file system of the store", value: system.kind)
    if system.isShared {
      finding.state = .warning
      finding.advice =
        "Several hosts may see it, and SQLite's log is for one at a time: launch and report from "
        + "one host, or put the store on a local disk"
    }
    return finding
  }

  private var health: DoctorFinding {
    let title = "store"
    guard FileManager.default.fileExists(atPath: path) else {
      return place ?? DoctorFinding(name: "store", title: title, value: "\(path), not there yet")
    }
    do {
      let store = try ExperimentStore(path: path, access: .inspect)
      let condition = try store.check(.quick)
      let dead = try store.deadLaunches().count
      let version = try store.version()
      try store.close()
      if let first = condition.damage.first {
        return DoctorFinding(
          name: "store", title: title, value: "\(path), damaged: \(first.text)", state: .problem,
          advice: "rll-report store check lists everything. " + first.advice)
      }
      return place
        ?? DoctorFinding(
          name: "store", title: title,
          value: "\(path), sound, schema \(version)"
            + (dead > 0
              ? ", \(Counted(dead, "dead launch", plural: "dead launches")), which the next "
                + "command marks as interrupted" : ""))
    } catch {
      return DoctorFinding(
        name: "store", title: title, value: "\(error)", state: .problem)
    }
  }

  /// Why a launch could not write there; nil where it could.
  private var place: DoctorFinding? {
    do {
      try StoreLocation(path: path).checkWritable()
      return nil
    } catch {
      return DoctorFinding(name: "store", title: "store", value: "\(error)", state: .problem)
    }
  }
}
