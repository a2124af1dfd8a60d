import ArgumentParser
import CommandSupport
import Foundation
import Runner
import Store

extension NightlyOptions {
  /// What is read, or written otherwise, is no heartbeat and no log: throws where one of them is a
  /// sweep file, a file of the store, a lock or a report of nights, or where both are one file.
  func checkPaths(files: [String]) throws {
    var taken: [String: String] = [:]
    func take(_ paths: [String], _ what: String) {
      for place in paths.flatMap(Self.places) { taken[place] = taken[place] ?? what }
    }
    take([store.path], "the store")
    take(
      Self.places(of: store.path).flatMap { store in
        ["-wal", "-shm", "-journal"].map { store + $0 }
      }, "a file of the store")
    take(files, "a sweep file")
    for (name, path) in [("heartbeat", heartbeat), ("log", log)] {
      guard let path else { continue }
      let places = Self.places(of: path)
      if let what = places.lazy.compactMap({ taken[$0] ?? nightFile(at: $0) }).first {
        throw ValidationError("--\(name) is \(path), which is \(what); give a file of its own")
      }
      take([path], "the file of --\(name)")
    }
    guard let log else { return }
    for old in Self.places(of: log).flatMap(RotatedLog.oldPaths) {
      guard let what = taken[old] else { continue }
      throw ValidationError(
        "--log is \(log), old ones of which go to \(old), which is \(what); give a file of its own")
    }
  }

  /// What nights have at this place; nil where it is none of theirs.
  private func nightFile(at place: String) -> String? {
    let url = URL(fileURLWithPath: place)
    let root = url.deletingLastPathComponent().deletingLastPathComponent().path
    // Of any sweep: the folders of all of them are side by side.
    let roots = [folder(of: "x"), lockFolder(of: "x")].map {
      ($0.path as NSString).deletingLastPathComponent
    }
    guard roots.flatMap(Self.places).contains(root), NightFolder.isOwn(url.lastPathComponent)
    else { return nil }
    return "the place of a lock or a report of nights"
  }

  /// A file's absolute path, and where it leads to.
  private static func places(of path: String) -> [String] {
    let path = absolute(path)
    return [path, URL(fileURLWithPath: path).resolvingSymlinksInPath().path]
  }
}
