import CHDF5

/// An HDF5 file, open for reading.
///
///     let file = try HDF5File(path: "features.h5")
///     try file.children(of: "/train")                  // ["features", "labels"]
///     let labels = try file.array("/train/labels").integers()
///
/// May be used from several threads; the library lets one in at a time.
package final class HDF5File: Sendable {
  package let path: String
  package let identity: FileIdentity
  private let handle: HDF5Handle

  /// What lies at a path.
  package enum ObjectKind: Sendable {
    case group, array
  }

  package init(path: String) throws(DatasetError) {
    let place = HDF5Place(file: path)
    let identity = try FileIdentity(path: path)
    try Self.checkSignature(place, identity)
    HDF5Place.silence()
    let id = H5Fopen(path, rll_hdf5_read_only(), rll_hdf5_default())
    if id < 0 {
      throw Self.openingFailure(place, identity, reasons: HDF5Place.reasons())
    }
    self.path = path
    self.identity = identity
    handle = HDF5Handle(id: id, kind: .file)
  }

  var id: hid_t { handle.id }
  var place: HDF5Place { HDF5Place(file: path) }

  /// The names in a group, sorted.
  package func children(of group: String) throws(DatasetError) -> [String] {
    let place = place.inside(group)
    let object = try object(group)
    var names: [String] = []
    try withUnsafeMutablePointer(to: &names) { names throws(DatasetError) in
      _ = try place.call("listing the group") {
        H5Literate(
          object.id, H5_INDEX_NAME, H5_ITER_INC, nil,
          { _, name, _, names in
            guard let name, let names else { return 0 }
            names.assumingMemoryBound(to: [String].self).pointee.append(String(cString: name))
            return 0
          }, names)
      }
    }
    return names.sorted()
  }

  /// What lies at an absolute path, or nil where there is nothing.
  package func kind(of path: String) throws(DatasetError) -> ObjectKind? {
    guard try exists(path) else { return nil }
    let object = try object(path)
    switch H5Iget_type(object.id) {
    case H5I_GROUP: return .group
    case H5I_DATASET: return .array
    default:
      throw DatasetError(
        .wrongType, file: self.path, object: path,
        "it is a named datatype, which holds no values",
        advice: "Lay the file out as the README shows")
    }
  }

  /// The dataset at an absolute path.
  package func array(_ path: String) throws(DatasetError) -> HDF5Array {
    guard try kind(of: path) == .array else {
      throw DatasetError(
        .missingObject, file: self.path, object: path, "there is no dataset of this name",
        advice: "Write it, or correct the name")
    }
    return try HDF5Array(file: self, path: path)
  }
}

// MARK: - What keeps a file from being opened

extension HDF5File {
  private static func checkSignature(
    _ place: HDF5Place, _ identity: FileIdentity
  ) throws(DatasetError) {
    if identity.sizeBytes == 0 {
      throw DatasetError(
        .truncated, file: place.file, "the file is empty (0 bytes)",
        advice: "Copy or create it again")
    }
    HDF5Place.silence()
    if H5Fis_hdf5(place.file) == 0 {
      throw DatasetError(
        .notHDF5, file: place.file, "this is not an HDF5 file (it lacks the signature)",
        advice: "Give a feature file written with h5py, or by rll-sweep data synthesize")
    }
  }

  private static func openingFailure(
    _ place: HDF5Place, _ identity: FileIdentity, reasons: [String]
  ) -> DatasetError {
    if let reason = reasons.first(where: { $0.contains("truncated file") }) {
      let expected = number(after: "stored_eof = ", in: reason)
      let missing = expected.map { " of \($0) bytes" } ?? ""
      return DatasetError(
        .truncated, file: place.file,
        "the file is truncated: \(identity.sizeBytes)\(missing) are there",
        advice: "Copy or download it again")
    }
    if let reason = reasons.first(where: { $0.contains("unable to lock file") }) {
      return DatasetError(
        .unreadable, file: place.file, "another process is writing the file",
        advice: "Wait until it is complete", underlying: reason)
    }
    return DatasetError(
      .damaged, file: place.file,
      "the file cannot be opened though it has the signature of HDF5",
      advice: "It is damaged or incomplete (\(identity.sizeBytes) bytes): copy or create it again")
  }

  private static func number(after label: String, in text: String) -> Int64? {
    guard let range = text.firstRange(of: label) else { return nil }
    return Int64(text[range.upperBound...].prefix { $0.isNumber })
  }
}
