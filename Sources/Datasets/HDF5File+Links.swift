import CHDF5

/// Where the links of a path lead.
///
/// A path is walked link by link before the library may follow it. The library would go into
/// other files, where it waits forever for a named pipe, and where the identity and the mapped
/// pages of this file say nothing.
extension HDF5File {
  private enum Link {
    case hard
    case soft(target: String)
    case external(file: String, object: String)
    case other
  }

  /// How many soft links may follow each other, as in the library.
  private static var mostSoftLinks: Int { 16 }

  /// Whether there is an object at an absolute path. Throws where a link leads nowhere or out
  /// of the file.
  func exists(_ path: String) throws(DatasetError) -> Bool {
    var pending = Self.names(path)
    var walked = ""
    var firstSoftLink: (path: String, target: String)?
    var softLinks = 0
    while !pending.isEmpty {
      let next = "\(walked)/\(pending.removeFirst())"
      switch try link(at: next) {
      case .hard: walked = next
      case .soft(let target):
        firstSoftLink = firstSoftLink ?? (next, target)
        softLinks += 1
        if target.hasPrefix("/") { walked = "" }
        pending = Self.names(target) + pending
      case .external(let file, let object):
        throw linkError(
          .unreadable, next,
          "it is an external link to \(object) of \(file), and links to other files are not "
            + "followed", advice: "Copy the object itself into this file")
      case .other:
        throw linkError(
          .unreadable, next, "it is a link of an unknown kind",
          advice: "Write the object itself")
      case nil:
        guard let firstSoftLink else { return false }
        throw linkError(
          .missingObject, firstSoftLink.path,
          "it is a soft link to \(firstSoftLink.target), where there is nothing",
          advice: "Write the object, or correct the link")
      }
      if let firstSoftLink, softLinks > Self.mostSoftLinks {
        throw linkError(
          .unreadable, firstSoftLink.path,
          "it is a soft link to \(firstSoftLink.target), and more than \(Self.mostSoftLinks) "
            + "soft links follow each other", advice: "Write the object itself")
      }
    }
    return true
  }

  /// Opens the object at an absolute path.
  func object(_ path: String) throws(DatasetError) -> HDF5Handle {
    guard try exists(path) else {
      throw linkError(
        .missingObject, path, "there is nothing of this name",
        advice: "Write it, or correct the name")
    }
    return try place.inside(path).open(.object, "opening it") {
      H5Oopen(id, path, rll_hdf5_default())
    }
  }

  /// The link of a path whose parent is known to be inside the file; nil where there is none.
  private func link(at path: String) throws(DatasetError) -> Link? {
    let place = place.inside(path)
    guard try place.call("looking it up", { H5Lexists(id, path, rll_hdf5_default()) }) > 0 else {
      return nil
    }
    var information = H5L_info_t()
    try place.call("looking it up") {
      H5Lget_info(id, path, &information, rll_hdf5_default())
    }
    if information.type == H5L_TYPE_HARD { return .hard }
    guard information.type == H5L_TYPE_SOFT || information.type == H5L_TYPE_EXTERNAL else {
      return .other
    }
    let size = information.u.val_size
    // One zero more ends a text that lacks its own.
    var value = [CChar](repeating: 0, count: size + 1)
    try place.call("reading a link") {
      H5Lget_val(id, path, &value, size, rll_hdf5_default())
    }
    if information.type == H5L_TYPE_SOFT { return .soft(target: Self.text(value)) }
    var (fileName, objectName) = ("", "")
    try place.call("reading a link") {
      value.withUnsafeBytes { value in
        var flags: UInt32 = 0
        var (file, object): (UnsafePointer<CChar>?, UnsafePointer<CChar>?) = (nil, nil)
        let status = H5Lunpack_elink_val(value.baseAddress, size, &flags, &file, &object)
        if status >= 0, let file, let object {
          (fileName, objectName) = (String(cString: file), String(cString: object))
        }
        return status
      }
    }
    return .external(file: fileName, object: objectName)
  }

  private static func names(_ path: String) -> [String] {
    path.split(separator: "/").filter { $0 != "." }.map(String.init)
  }

  private static func text(_ characters: [CChar]) -> String {
    String(decoding: characters.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  private func linkError(
    _ code: DatasetError.Code, _ link: String, _ text: String, advice: String
  ) -> DatasetError {
    DatasetError(code, file: path, object: link, text, advice: advice)
  }
}
