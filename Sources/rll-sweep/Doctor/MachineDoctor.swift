import CommandSupport
import Datasets
import Foundation
import Kernels
import Reports
import Runner
import Store

/// Looks at the programs, the libraries and the machine.
struct MachineDoctor {
  private static let littleMemoryBytes = 1 << 30

  let usesNativeBLAS: Bool

  func findings() async -> [DoctorFinding] {
    let environment = RunEnvironment.current()
    return [
      DoctorFinding(
        name: "program", title: "rll-sweep",
        value: "\(ProgramVersion.text), commit \(ProgramVersion.commit)"),
      DoctorFinding(
        name: "system", title: "operating system",
        value: [environment["operating_system"], environment["kernel"]].compactMap { $0 }
          .joined(separator: ", kernel ")),
      sqlite, DoctorFinding(name: "hdf5", title: "HDF5", value: HDF5Library.version), openBLAS,
      processor(environment["processor"]), memory, await slurm,
    ]
  }

  private var sqlite: DoctorFinding {
    var finding = DoctorFinding(name: "sqlite", title: "SQLite", value: SQLiteLibrary.version)
    if !SQLiteLibrary.isRecentEnough {
      finding.state = .problem
      finding.advice = "Stores need SQLite 3.38 or later: apt-get install libsqlite3-0"
    }
    return finding
  }

  private var openBLAS: DoctorFinding {
    do {
      let blas = try BLASLibrary.load(usesNativeBLAS ? .native : .pinned)
      return DoctorFinding(
        name: "openblas", title: "OpenBLAS",
        value: "\(blas.version), core type \(blas.coreName) "
          + "(\(usesNativeBLAS ? "native" : "pinned")), \(Counted(blas.threads, "thread"))")
    } catch {
      return DoctorFinding(
        name: "openblas", title: "OpenBLAS", value: error.description, state: .problem)
    }
  }

  private func processor(_ model: String?) -> DoctorFinding {
    let count = Counted(ProcessInfo.processInfo.activeProcessorCount, "processor")
    var finding = DoctorFinding(
      name: "processor", title: "processor",
      value: "\(model ?? "unknown"), \(count), "
        + (Processor.hasAVX2 ? "with AVX2" : "without AVX2"))
    if !Processor.hasAVX2 {
      finding.state = .warning
      finding.advice = "Launch with --native-blas; results are recorded as such"
    }
    return finding
  }

  private var memory: DoctorFinding {
    let total = Int(clamping: ProcessInfo.processInfo.physicalMemory)
    let available = RunEnvironment.availableMemoryBytes
    var finding = DoctorFinding(
      name: "memory", title: "memory",
      value: "\(ReportCell.bytes(total).shownText)"
        + (available.map { ", \(ReportCell.bytes($0).shownText) available" } ?? ""))
    if let available, available < Self.littleMemoryBytes {
      finding.state = .warning
      finding.advice = "Launch with fewer --workers"
    }
    return finding
  }

  private var slurm: DoctorFinding {
    get async {
      do {
        let version = try await SlurmProbe.version(
          path: ProcessInfo.processInfo.environment["PATH"] ?? "")
        return DoctorFinding(name: "slurm", title: "Slurm", value: version ?? "not there")
      } catch {
        return DoctorFinding(
          name: "slurm", title: "Slurm", value: "\(error)", state: .warning,
          advice: "Jobs run on this host only")
      }
    }
  }
}
