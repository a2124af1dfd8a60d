extension String {
  /// Of a path, the folder that its last part lies in: `a` for `a/b`, `/` for `/a`, and nothing for
  /// `a`, which lies in the current one.
  ///
  /// Foundation's way to it ends the process where a path has one letter.
  package var parentFolder: String {
    let path = Self.withoutTrailingSlashes(self[...])
    guard let slash = path.utf8.lastIndex(of: Self.slash) else {
      return path.isEmpty && !isEmpty ? "/" : ""
    }
    let folder = Self.withoutTrailingSlashes(path[..<slash])
    return folder.isEmpty ? "/" : String(folder)
  }

  private static let slash = UInt8(ascii: "/")

  private static func withoutTrailingSlashes(_ path: Substring) -> Substring {
    let last = path.utf8.lastIndex { $0 != slash }
    return last.map { path[..<path.utf8.index(after: $0)] } ?? path.prefix(0)
  }
}
