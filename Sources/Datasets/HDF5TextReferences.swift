import CHDF5

/// Where texts of variable length lie, as the values of a dataset or an attribute say it.
///
/// A reference is the length of a text (4 bytes), the address of a collection of the global heap
/// (8) and the number of an object in it (4), little-endian.
struct HDF5TextReferences {
  static let referenceBytes = 16

  struct Reference {
    let length: Int
    let address: UInt64
    let object: UInt32
  }

  private let bytes: [UInt8]

  /// Reads the references of `count` texts; `transfer` is the reading call.
  init(
    count: Int, _ place: HDF5Place, _ transfer: HDF5Text.Transfer
  ) throws(DatasetError) {
    let opaque = try place.open(.type, "reading text") {
      H5Tcreate(H5T_OPAQUE, Self.referenceBytes)
    }
    try place.call("reading text") { Self.isRegistered ? 0 : -1 }
    var bytes = [UInt8](repeating: 0, count: count * Self.referenceBytes)
    try place.call("reading text") { transfer(opaque.id, &bytes) }
    self.bytes = bytes
  }

  var count: Int { bytes.count / Self.referenceBytes }

  subscript(index: Int) -> Reference {
    bytes.withUnsafeBytes { bytes in
      let start = index * Self.referenceBytes
      return Reference(
        length: Int(
          UInt32(littleEndian: bytes.loadUnaligned(fromByteOffset: start, as: UInt32.self))),
        address: UInt64(
          littleEndian: bytes.loadUnaligned(fromByteOffset: start + 4, as: UInt64.self)),
        object: UInt32(
          littleEndian: bytes.loadUnaligned(fromByteOffset: start + 12, as: UInt32.self)))
    }
  }

  /// Whether the library has a conversion of texts to bytes that leaves them as they are stored:
  /// the only way to see references behind a filter or in a header. It is given once, as the
  /// library would keep each.
  private static let isRegistered: Bool = {
    let text = H5Tcopy(rll_hdf5_c_string())
    let opaque = H5Tcreate(H5T_OPAQUE, referenceBytes)
    defer {
      H5Tclose(opaque)
      H5Tclose(text)
    }
    guard H5Tset_size(text, rll_hdf5_variable_size()) >= 0 else { return false }
    let status = H5Tregister(
      H5T_PERS_SOFT, "rll_text_references", text, opaque,
      { _, _, data, _, _, _, _, _, _ in
        data?.pointee.need_bkg = H5T_BKG_NO
        return 0
      })
    return status >= 0
  }()
}
