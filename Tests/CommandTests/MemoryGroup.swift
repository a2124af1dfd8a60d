import Foundation

/// A control group of the kernel whose processes together may hold so many bytes of memory.
final class MemoryGroup {
  private static let root = "/sys/fs/cgroup/memory"

  /// Whether this process may make such groups.
  static let isAllowed: Bool = {
    do {
      let group = try MemoryGroup(bytes: 1 << 20)
      withExtendedLifetime(group) {}
      return true
    } catch {
      print("memory groups cannot be made here: \(error)")
      return false
    }
  }()

  private let path: String

  init(bytes: Int) throws {
    path = Self.root + "/rll-test-" + UUID().uuidString
    guard FileManager.default.fileExists(atPath: Self.root + "/memory.limit_in_bytes") else {
      throw CocoaError(.fileNoSuchFile)
    }
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: false)
    try write(String(bytes), to: "memory.limit_in_bytes")
    // Pages that a process brings along count as well.
    try write("3", to: "memory.move_charge_at_immigrate")
  }

  func add(_ process: Int32) throws { try write(String(process), to: "cgroup.procs") }

  private func write(_ text: String, to name: String) throws {
    let file = try FileHandle(forWritingTo: URL(filePath: path + "/" + name))
    defer { try? file.close() }
    try file.write(contentsOf: Data(text.utf8))
  }

  deinit { rmdir(path) }
}
