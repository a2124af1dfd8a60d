import Foundation

/// A host, told apart by its name and by its boot: the identifier of a boot occurs once.
package struct HostIdentity: Sendable, Hashable {
  package var name: String
  package var bootID: String

  package init(name: String, bootID: String) {
    self.name = name
    self.bootID = bootID
  }

  package static var current: HostIdentity {
    let boot = FileManager.default.contents(atPath: "/proc/sys/kernel/random/boot_id")
    return HostIdentity(
      name: ProcessInfo.processInfo.hostName,
      bootID: String(decoding: boot ?? Data(), as: UTF8.self)
        .trimmingCharacters(in: .whitespacesAndNewlines))
  }

  /// Whether locks of that host's processes show here: it is this one, or was before a boot.
  package func sharesLocks(with other: HostIdentity) -> Bool {
    name == other.name || (bootID == other.bootID && !bootID.isEmpty)
  }
}
