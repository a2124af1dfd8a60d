import Foundation

/// A file system of its own in memory, as small as a test wants it.
final class SmallDisk {
  struct Refused: Error {
    let command: [String]
  }

  /// Whether this process may mount file systems.
  static let isAllowed: Bool = {
    let path = NSTemporaryDirectory() + "rll-disk-" + UUID().uuidString
    do {
      let disk = try SmallDisk(kibibytes: 64, at: path)
      withExtendedLifetime(disk) {}
      return true
    } catch {
      print("small disks cannot be mounted here: \(error)")
      return false
    }
  }()

  let path: String

  init(kibibytes: Int, at path: String) throws {
    self.path = path
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    try Self.run("mount", "-t", "tmpfs", "-o", "size=\(kibibytes)k", "tmpfs", path)
  }

  deinit {
    do {
      try Self.run("umount", "-l", path)
      try FileManager.default.removeItem(atPath: path)
    } catch {
      print("\(path) is left over: \(error)")
    }
  }

  /// Writes one file over all of the space but the last of it.
  func fill(leavingKibibytes kibibytes: UInt64) throws {
    var status = statvfs()
    guard statvfs(path, &status) == 0 else { throw Refused(command: ["statvfs", path]) }
    let free = UInt64(status.f_bavail) * UInt64(status.f_bsize)
    try Data(count: Int(free - kibibytes * 1_024)).write(to: URL(filePath: path + "/filler"))
  }

  /// Makes room again.
  func empty() throws { try FileManager.default.removeItem(atPath: path + "/filler") }

  func makeReadOnly() throws { try Self.run("mount", "-o", "remount,ro", path) }

  private static func run(_ command: String...) throws {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = command
    process.standardError = FileHandle.nullDevice
    try process.run()
    process.waitUntilExit()
    guard process.terminationStatus == 0 else { throw Refused(command: command) }
  }
}
