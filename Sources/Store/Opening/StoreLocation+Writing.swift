import Foundation

extension StoreLocation {
  /// Whether there is a file.
  package var isThere: Bool { FileManager.default.fileExists(atPath: path) }

  /// Throws where no store can be written, and says why. A folder that is still missing is made
  /// with the store, so the nearest one above it counts.
  package func checkWritable() throws(StoreError) {
    let files = FileManager.default
    var isFolder: ObjCBool = false
    let isThere = files.fileExists(atPath: path, isDirectory: &isFolder)
    guard !isFolder.boolValue, !path.hasSuffix("/") else {
      throw StoreError.unwritable(path, "it is a folder")
    }
    var target = path
    if !isThere {
      repeat {
        target = target.parentFolder
      } while !target.isEmpty && target != "/" && !files.fileExists(atPath: target)
    }
    if target.isEmpty { target = "." }
    guard files.isWritableFile(atPath: target) else {
      throw StoreError.unwritable(path, "\(target) is not writable")
    }
  }
}
