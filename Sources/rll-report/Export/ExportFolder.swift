import Foundation
import Reports
import Store

/// Files that are written for other programs.
enum ExportFolder {
  /// Writes a file, which has its name once it is complete, and the folders on the way to it.
  static func write(_ content: Data, to path: String) throws {
    do {
      let folder = path.parentFolder
      if !folder.isEmpty {
        try FileManager.default.createDirectory(
          atPath: folder, withIntermediateDirectories: true)
      }
      try OutputFile(path).write(content)
    } catch let error as OutputFileError {
      throw error
    } catch {
      throw ExportError(
        .unwritable,
        "\(path) cannot be written (\(error.localizedDescription)). Check the folder and the "
          + "free space, or name another place")
    }
  }

  static func write(_ files: [InterchangeFile], to folder: String) throws {
    for file in files { try write(file.content, to: folder + "/" + file.path) }
  }

  /// Refuses a folder with something in it, so that two exports are not mixed.
  static func checkEmpty(_ path: String) throws {
    guard FileManager.default.fileExists(atPath: path) else { return }
    let content = try? FileManager.default.contentsOfDirectory(atPath: path)
    guard content?.isEmpty == true else {
      throw ExportError(
        .unknownForm, "\(path) is there and not an empty folder; name one that does not exist yet")
    }
  }
}
