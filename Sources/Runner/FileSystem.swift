import Foundation
import Store

/// What lies below a path on the disk: its kind and its room.
package struct FileSystem: Sendable, Hashable {
  /// As `mount` calls it, such as `ext4` or `nfs4`.
  package let kind: String
  package let freeBytes: Int

  /// Kinds that several hosts may have at once, so that locks and shared memory are no use.
  private static let sharedKinds: Set<String> = [
    "9p", "afs", "beegfs", "ceph", "cifs", "fuse.glusterfs", "fuse.sshfs", "gpfs", "lustre",
    "ncpfs", "nfs", "nfs4", "ocfs2", "orangefs", "smb3", "smbfs", "vboxsf", "virtiofs",
  ]

  package var isShared: Bool { Self.sharedKinds.contains(kind) }

  package init(kind: String, freeBytes: Int) {
    self.kind = kind
    self.freeBytes = freeBytes
  }

  /// The file system of the path, or of the nearest folder above it that is there.
  package init(of path: String) throws {
    var place = path.isEmpty ? "." : path
    while !FileManager.default.fileExists(atPath: place), place != "/", place != "." {
      let above = place.parentFolder
      place = above.isEmpty ? "." : above
    }
    var status = statvfs()
    guard statvfs(place, &status) == 0, let real = realpath(place, nil) else {
      throw RunnerError(.file, "\(place) cannot be looked at: \(String(cString: strerror(errno)))")
    }
    defer { free(real) }
    let mounts = try String(contentsOfFile: "/proc/self/mountinfo", encoding: .utf8)
    self.init(
      kind: Self.kind(of: String(cString: real), mounts: mounts) ?? "unknown",
      freeBytes: Int(clamping: UInt64(status.f_bavail) &* UInt64(status.f_frsize)))
  }

  /// The kind of the innermost mount that holds a path without symbolic links, from a text in the
  /// form of `/proc/self/mountinfo`, proc(5): mount points have their spaces as `\040`.
  package static func kind(of path: String, mounts: String) -> String? {
    var best: (length: Int, kind: String)?
    for line in mounts.split(separator: "\n") {
      let halves = line.components(separatedBy: " - ")
      let fields = halves[0].split(separator: " ")
      guard halves.count == 2, fields.count > 4,
        let kind = halves[1].split(separator: " ").first
      else { continue }
      let point = unescaped(String(fields[4]))
      let folder = point == "/" ? point : point + "/"
      // A later mount covers an earlier one at the same place.
      guard path == point || path.hasPrefix(folder), point.count >= best?.length ?? 0 else {
        continue
      }
      best = (point.count, String(kind))
    }
    return best?.kind
  }

  private static func unescaped(_ text: String) -> String {
    text.replacing("\\040", with: " ").replacing("\\011", with: "\t")
      .replacing("\\012", with: "\n").replacing("\\134", with: "\\")
  }
}
