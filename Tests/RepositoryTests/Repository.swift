import Foundation

/// The repository that this test belongs to.
enum Repository {
  static let root = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  static func text(_ path: String) throws -> String {
    try String(contentsOf: root.appendingPathComponent(path), encoding: .utf8)
  }

  /// Paths below `folder` that end in `ending`, relative to the root.
  static func files(in folder: String, ending: String) throws -> [String] {
    let base = root.appendingPathComponent(folder)
    return try FileManager.default.subpathsOfDirectory(atPath: base.path)
      .filter { $0.hasSuffix(ending) }.sorted().map { folder + "/" + $0 }
  }
}
