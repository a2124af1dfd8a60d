import CHDF5

/// Types and filters that `HDF5Writer` does not write.
extension OddFile {
  /// Integers of 1, 2, 4 or 8 bytes.
  func addIntegers(
    _ path: String, _ values: [Int64], shape: [Int], bytes: Int, isSigned: Bool = true,
    isBigEndian: Bool = false
  ) throws {
    let type = try Self.checked(H5Tcopy(rll_hdf5_int64_le()))
    defer { H5Tclose(type) }
    try Self.checked(H5Tset_size(type, bytes))
    try Self.checked(H5Tset_sign(type, isSigned ? H5T_SGN_2 : H5T_SGN_NONE))
    try Self.checked(H5Tset_order(type, isBigEndian ? H5T_ORDER_BE : H5T_ORDER_LE))
    try add(path, shape: shape, type: type) { _ in
    } write: { array in
      try Self.checked(
        H5Dwrite(
          array, rll_hdf5_native_int64(), rll_hdf5_all(), rll_hdf5_all(), rll_hdf5_default(),
          values))
    }
  }

  /// Texts of a number of bytes each, padded with zeros.
  func addFixedTexts(_ path: String, _ texts: [[UInt8]], shape: [Int], bytes: Int) throws {
    let type = try Self.checked(H5Tcopy(rll_hdf5_c_string()))
    defer { H5Tclose(type) }
    try Self.checked(H5Tset_size(type, bytes))
    try Self.checked(H5Tset_strpad(type, H5T_STR_NULLPAD))
    let padded = texts.flatMap { $0 + [UInt8](repeating: 0, count: bytes - $0.count) }
    try add(path, shape: shape, type: type) { _ in
    } write: { array in
      try Self.checked(
        H5Dwrite(array, type, rll_hdf5_all(), rll_hdf5_all(), rll_hdf5_default(), padded))
    }
  }

  enum Filter: CaseIterable {
    case szip, shuffledGzip, checksum
  }

  /// Whether the library can compress with a filter.
  static func canWrite(_ filter: Filter) -> Bool {
    guard filter == .szip else { return true }
    var flags: UInt32 = 0
    return H5Zget_filter_info(H5Z_FILTER_SZIP, &flags) >= 0
      && flags & UInt32(H5Z_FILTER_CONFIG_ENCODE_ENABLED) != 0
  }

  /// A float32 dataset in chunks of two rows.
  func addFiltered(_ path: String, _ values: [Float], shape: [Int], _ filter: Filter) throws {
    try add(path, shape: shape, type: rll_hdf5_float32_le()) { properties in
      let chunk = [2] + shape.dropFirst()
      try Self.checked(H5Pset_chunk(properties, Int32(shape.count), chunk.map { hsize_t($0) }))
      switch filter {
      case .szip:
        try Self.checked(H5Pset_szip(properties, UInt32(H5_SZIP_NN_OPTION_MASK), 2))
      case .shuffledGzip:
        try Self.checked(H5Pset_shuffle(properties))
        try Self.checked(H5Pset_deflate(properties, 4))
      case .checksum: try Self.checked(H5Pset_fletcher32(properties))
      }
    } write: { array in
      try Self.checked(
        H5Dwrite(
          array, rll_hdf5_native_float(), rll_hdf5_all(), rll_hdf5_all(), rll_hdf5_default(),
          values))
    }
  }
}
