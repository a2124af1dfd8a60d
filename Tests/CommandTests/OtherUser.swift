import Foundation
import TestSupport

/// A user who may not write everywhere, as root may.
enum OtherUser {
  private static let number: uid_t = 65_534

  /// The command that runs a program as that user; none where this is one already.
  static let runner: [String] =
    getuid() == 0
    ? [
      "/usr/bin/env", "setpriv", "--reuid=\(number)", "--regid=\(number)", "--clear-groups",
    ] : []

  /// Whether programs can be run so, and the tests' own programs are open to that user.
  static let isThere: Bool = {
    guard !runner.isEmpty else { return true }
    do {
      let ending = try BuiltProgram.sweep.start(["--version"], in: "/", under: runner).wait()
      if ending.status == 0 { return true }
      print("no program can be run as another user: \(ending.errors)")
    } catch {
      print("no program can be run as another user: \(error)")
    }
    return false
  }()

  /// Lets that user into a test's folder, to read or to write.
  static func open(_ folder: TemporaryFolder, mayWrite: Bool) throws {
    if mayWrite && getuid() == 0 {
      guard chown(folder.path, number, gid_t(number)) == 0 else {
        throw CocoaError(.fileWriteNoPermission)
      }
    }
    try FileManager.default.setAttributes(
      [.posixPermissions: mayWrite ? 0o755 : 0o555], ofItemAtPath: folder.path)
  }
}
