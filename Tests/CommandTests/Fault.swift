import Foundation
import Store

/// A fault of the system in one call of a launch or its jobs, which strace makes happen.
struct Fault: CustomStringConvertible {
  /// What is to go wrong, and where.
  struct Kind: Hashable, CustomStringConvertible {
    enum Effect: String {
      /// The process is killed in the call.
      case kill = "signal=KILL"
      case ioError = "error=EIO"
      case diskFull = "error=ENOSPC"
      case readOnly = "error=EROFS"
      case tooManyFiles = "error=EMFILE"
    }

    let call: String
    let effect: Effect
    /// The last call of a thread that may be struck; each thread counts its own.
    let latest: Int
    /// Whether all calls from that one on fail.
    var isLasting = false
    /// Whether only files of run folders are meant, which takes a store that knows the runs.
    var isOfRunFolders = false

    var description: String {
      "\(call) \(effect.rawValue)\(isLasting ? " from then on" : "")"
        + (isOfRunFolders ? " in a run folder" : "")
    }
  }

  static let kinds: [Kind] = [
    Kind(call: "pwrite64", effect: .kill, latest: 150),
    Kind(call: "fdatasync", effect: .kill, latest: 12),
    Kind(call: "fsync", effect: .kill, latest: 20),
    Kind(call: "rename", effect: .kill, latest: 7),
    Kind(call: "ftruncate", effect: .kill, latest: 6),
    Kind(call: "write", effect: .kill, latest: 14, isOfRunFolders: true),
    Kind(call: "pwrite64", effect: .ioError, latest: 150),
    Kind(call: "pwrite64", effect: .diskFull, latest: 150, isLasting: true),
    Kind(call: "fdatasync", effect: .ioError, latest: 12, isLasting: true),
    Kind(call: "fsync", effect: .ioError, latest: 20, isLasting: true),
    Kind(call: "fsync", effect: .ioError, latest: 20),
    Kind(call: "rename", effect: .ioError, latest: 7),
    Kind(call: "rename", effect: .readOnly, latest: 7, isLasting: true),
    Kind(call: "ftruncate", effect: .ioError, latest: 6),
    Kind(call: "unlink", effect: .ioError, latest: 10),
    Kind(call: "mkdir", effect: .diskFull, latest: 2),
    Kind(call: "write", effect: .diskFull, latest: 14, isLasting: true, isOfRunFolders: true),
    Kind(call: "write", effect: .ioError, latest: 14, isOfRunFolders: true),
    Kind(call: "read", effect: .ioError, latest: 12, isOfRunFolders: true),
    Kind(call: "openat", effect: .tooManyFiles, latest: 20, isOfRunFolders: true),
  ]

  let kind: Kind
  /// Which call of a thread is struck, from 1.
  let place: Int
  /// Whether there is no store yet.
  let isColdStart: Bool

  var description: String {
    "\(kind), call \(place) of a thread, \(isColdStart ? "no store yet" : "a store with runs")"
  }

  /// The command that runs a program with the fault; `trace` gets the calls that it looks at.
  func command(runFolders: [String], trace: String) -> [String] {
    let inject =
      "inject=\(kind.call):\(kind.effect.rawValue):when=\(place)\(kind.isLasting ? "+" : "")"
    let paths = kind.isOfRunFolders ? runFolders.flatMap(Self.files) : []
    // A filter in the kernel makes it fast, but lets signals go astray.
    let filter = kind.effect == .kill ? [] : ["--seccomp-bpf"]
    return Self.strace + filter + ["-o", trace, "-e", "trace=" + kind.call, "-e", inject]
      + paths.flatMap { ["-P", $0] }
  }

  /// Whether it happened, by what strace wrote down.
  static func hasStruck(_ trace: String) throws -> Bool {
    let text = try String(contentsOfFile: trace, encoding: .utf8)
    return text.contains("(INJECTED)") || text.contains("killed by SIGKILL")
  }

  private static func files(of folder: String) -> [String] {
    let whole = [
      "job.json", "training.state", "best.safetensors", "last.safetensors", "result.json",
    ]
    let names = whole + whole.map { $0 + ".partial" } + ["metrics.jsonl"]
    return names.map { folder + "/" + $0 }
  }

  private static let strace = ["/usr/bin/env", "strace", "-f", "-q"]

  /// Whether strace is there and may look at other processes.
  static let canBeProvoked: Bool = {
    let process = Process()
    process.executableURL = URL(filePath: strace[0])
    process.arguments =
      strace.dropFirst() + [
        "--seccomp-bpf", "-o", "/dev/null", "-e", "trace=rename,mkdir,unlink", "true",
      ]
    process.standardError = FileHandle.nullDevice
    do {
      try process.run()
    } catch {
      print("strace cannot be started: \(error)")
      return false
    }
    process.waitUntilExit()
    return process.terminationStatus == 0
  }()
}
