import Foundation
import TestSupport

/// A program `crontab` that keeps one crontab in a file, and what else commands see of a user.
struct FakeCrontab {
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
    try write(
      """
      #!/bin/sh
      case "$1" in
      -l) cat '\(file)' 2>/dev/null || { echo 'no crontab for tester' >&2; exit 1; } ;;
      -) cat > '\(file).new' && mv '\(file).new' '\(file)' ;;
      esac
      """)
  }

  var file: String { folder.file("tester") }
  var program: String { folder.file("crontab") }
  var environment: [String: String] {
    ["PATH": "\(folder.path):/usr/bin:/bin", "HOME": folder.path]
  }

  /// Puts another program in its place.
  func write(_ script: String) throws {
    try folder.write(script + "\n", to: "crontab")
    try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: program)
  }

  /// Nil where there is none.
  var content: String? {
    get throws {
      guard let bytes = FileManager.default.contents(atPath: file) else { return nil }
      return String(decoding: bytes, as: UTF8.self)
    }
  }

  func set(_ content: String) throws { try folder.write(content, to: "tester") }
}
