import CHDF5

/// Text of either kind, fixed or of variable length, as Swift strings.
enum HDF5Text {
  /// A call of the library that reads values of a type into memory.
  typealias Transfer = (hid_t, UnsafeMutableRawPointer) -> herr_t

  /// Reads `count` texts of the stored type of an object; `transfer` is the reading call.
  static func read(
    count: Int, type: hid_t, of object: String, in file: HDF5File, _ transfer: Transfer
  ) throws(DatasetError) -> [String] {
    guard count > 0 else { return [] }
    let place = file.place.inside(object)
    if H5Tis_variable_str(type) > 0 {
      try HDF5TextHeap.check(
        try HDF5TextReferences(count: count, place, transfer), of: object, in: file)
      return try readVariable(count: count, type: type, place, transfer)
    }
    let size = H5Tget_size(type)
    let bytes = UnsafeMutableRawBufferPointer.allocate(byteCount: count * size, alignment: 8)
    defer { bytes.deallocate() }
    guard let base = bytes.baseAddress else { return [] }
    try place.call("reading text") { transfer(type, base) }
    let isPaddedBySpaces = H5Tget_strpad(type) == H5T_STR_SPACEPAD
    return (0..<count).map { index in
      var text = bytes[(index * size)..<((index + 1) * size)]
      if let end = text.firstIndex(of: 0) { text = text[..<end] }
      while isPaddedBySpaces && text.last == UInt8(ascii: " ") { text.removeLast() }
      return String(decoding: text, as: UTF8.self)
    }
  }

  private static func readVariable(
    count: Int, type: hid_t, _ place: HDF5Place, _ transfer: Transfer
  ) throws(DatasetError) -> [String] {
    let extent = [hsize_t(count)]
    let space = try place.open(.space, "reading text") { H5Screate_simple(1, extent, nil) }
    let texts = UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>.allocate(capacity: count)
    texts.initialize(repeating: nil, count: count)
    defer { texts.deallocate() }
    try place.call("reading text") { transfer(type, texts) }
    // The library allocated the texts; only it may free them.
    defer { H5Dvlen_reclaim(type, space.id, rll_hdf5_default(), texts) }
    return (0..<count).map { index in texts[index].map { String(cString: $0) } ?? "" }
  }
}
