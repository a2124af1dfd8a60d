import Foundation

/// The folder of reference vectors, which is no part of the repository: `RLL_REFERENCE_DIR`,
/// or else `../shared/reference` beside the package.
struct ReferenceFolder {
  static let variable = "RLL_REFERENCE_DIR"

  /// A folder that was named but has no vectors. Nothing named and nothing there is no error.
  struct Missing: Error, CustomStringConvertible {
    let path: String

    var description: String {
      "\(ReferenceFolder.variable) is \(path), where there is no HDF5 file. "
        + "Correct it, or unset it to use the default"
    }
  }

  let path: String

  /// The folder to use, or nil where none was named and the default does not exist.
  init?(named: String?, default standard: String) throws(Missing) {
    let path = named ?? standard
    let names = try? FileManager.default.contentsOfDirectory(atPath: path)
    if names?.contains(where: { $0.hasSuffix(".h5") }) != true {
      guard let named else { return nil }
      throw Missing(path: named)
    }
    self.path = path
  }

  static func fromEnvironment() throws(Missing) -> ReferenceFolder? {
    let package = (0..<4).reduce(URL(filePath: #filePath)) { url, _ in
      url.deletingLastPathComponent()
    }
    return try ReferenceFolder(
      named: ProcessInfo.processInfo.environment[variable],
      default: package.appending(path: "../shared/reference").standardized.path)
  }

  /// The file of a name, or nil where the folder lacks it.
  func file(_ name: String) -> String? {
    let file = "\(path)/\(name)"
    return FileManager.default.fileExists(atPath: file) ? file : nil
  }
}
