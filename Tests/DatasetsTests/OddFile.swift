import CHDF5
import Glibc

/// Adds to an HDF5 file what `HDF5Writer` does not write.
final class OddFile {
  struct Failure: Error {
    let status: Int64
  }

  private let id: hid_t

  /// Opens a file that is there.
  init(path: String) throws {
    let readAndWrite: UInt32 = 1
    id = try Self.checked(H5Fopen(path, readAndWrite, rll_hdf5_default()))
  }

  deinit {
    H5Fclose(id)
  }

  @discardableResult
  static func checked<Status: SignedInteger>(_ status: Status) throws -> Status {
    if status < 0 { throw Failure(status: Int64(status)) }
    return status
  }

  /// The bytes of the file that are values of a dataset, compressed or not.
  func valueBytes(of path: String) throws -> [Range<Int>] {
    let array = try Self.checked(H5Dopen2(id, path, rll_hdf5_default()))
    defer { H5Dclose(array) }
    let offset = H5Dget_offset(array)
    if offset != rll_hdf5_undefined_address() {
      return [Int(offset)..<Int(offset) + Int(H5Dget_storage_size(array))]
    }
    let space = try Self.checked(H5Dget_space(array))
    defer { H5Sclose(space) }
    var count: hsize_t = 0
    try Self.checked(H5Dget_num_chunks(array, space, &count))
    return try (0..<count).map { index in
      var start = [hsize_t](repeating: 0, count: 8)
      var (mask, address, size): (UInt32, haddr_t, hsize_t) = (0, 0, 0)
      try Self.checked(H5Dget_chunk_info(array, space, index, &start, &mask, &address, &size))
      return Int(address)..<Int(address) + Int(size)
    }
  }

  func addSoftLink(_ path: String, to target: String) throws {
    try Self.checked(
      H5Lcreate_soft(target, id, path, rll_hdf5_default(), rll_hdf5_default()))
  }

  func addExternalLink(_ path: String, to object: String, of file: String) throws {
    try Self.checked(
      H5Lcreate_external(file, object, id, path, rll_hdf5_default(), rll_hdf5_default()))
  }

  func addNamedType(_ path: String) throws {
    let type = try Self.checked(H5Tcopy(rll_hdf5_float32_le()))
    defer { H5Tclose(type) }
    try Self.checked(
      H5Tcommit2(
        id, path, type, rll_hdf5_default(), rll_hdf5_default(), rll_hdf5_default()))
  }

  /// A dataset whose first values are written and the others never.
  func addInteger64(
    _ path: String, shape: [Int], chunk: [Int]? = nil, gzip: Bool = false, written: [Int64] = []
  ) throws {
    try add(path, shape: shape, type: rll_hdf5_int64_le()) { properties in
      if let chunk {
        try Self.checked(
          H5Pset_chunk(properties, Int32(chunk.count), chunk.map { hsize_t($0) }))
      }
      if gzip { try Self.checked(H5Pset_deflate(properties, 9)) }
    } write: { array in
      if written.isEmpty { return }
      let count = [hsize_t(written.count)]
      let space = try Self.checked(H5Dget_space(array))
      defer { H5Sclose(space) }
      try Self.checked(H5Sselect_hyperslab(space, H5S_SELECT_SET, [0], nil, count, nil))
      let memory = try Self.checked(H5Screate_simple(1, count, nil))
      defer { H5Sclose(memory) }
      try Self.checked(
        H5Dwrite(array, rll_hdf5_native_int64(), memory, space, rll_hdf5_default(), written))
    }
  }

  /// Texts of variable length, in chunks where a number of rows is given.
  func addTexts(
    _ path: String, _ texts: [String], chunk: Int? = nil, gzip: Bool = false
  ) throws {
    try Self.withTexts(texts) { type, pointers in
      try add(path, shape: [texts.count], type: type) { properties in
        if let chunk { try Self.checked(H5Pset_chunk(properties, 1, [hsize_t(chunk)])) }
        if gzip { try Self.checked(H5Pset_deflate(properties, 9)) }
      } write: { array in
        try Self.checked(
          H5Dwrite(array, type, rll_hdf5_all(), rll_hdf5_all(), rll_hdf5_default(), pointers))
      }
    }
  }

  /// An attribute of texts of variable length, as h5py writes lists of them.
  func addTextAttribute(_ name: String, of object: String, _ texts: [String]) throws {
    try Self.withTexts(texts) { type, pointers in
      let space = try Self.checked(H5Screate_simple(1, [hsize_t(texts.count)], nil))
      defer { H5Sclose(space) }
      let owner = try Self.checked(H5Oopen(id, object, rll_hdf5_default()))
      defer { H5Oclose(owner) }
      let attribute = try Self.checked(
        H5Acreate2(owner, name, type, space, rll_hdf5_default(), rll_hdf5_default()))
      defer { H5Aclose(attribute) }
      try Self.checked(H5Awrite(attribute, type, pointers))
    }
  }

  private static func withTexts(
    _ texts: [String], _ body: (hid_t, [UnsafeMutablePointer<CChar>?]) throws -> Void
  ) throws {
    let type = try Self.checked(H5Tcopy(rll_hdf5_c_string()))
    defer { H5Tclose(type) }
    try Self.checked(H5Tset_size(type, rll_hdf5_variable_size()))
    let copies = texts.map { strdup($0) }
    defer { for copy in copies { free(copy) } }
    try body(type, copies)
  }

  /// A dataset of an enumeration with two names, for 0 and 1.
  func addEnumeration(
    _ path: String, _ values: [UInt8], shape: [Int], names: (String, String)
  ) throws {
    let type = try Self.checked(H5Tenum_create(rll_hdf5_uint8()))
    defer { H5Tclose(type) }
    for (name, value) in [(names.0, UInt8(0)), (names.1, 1)] {
      try Self.checked(H5Tenum_insert(type, name, [value]))
    }
    try add(path, shape: shape, type: type) { _ in
    } write: { array in
      try Self.checked(
        H5Dwrite(array, type, rll_hdf5_all(), rll_hdf5_all(), rll_hdf5_default(), values))
    }
  }

  /// A float32 dataset whose first rows are those of another dataset.
  func addVirtual(
    _ path: String, shape: [Int], sourceRows: Int, of dataset: String, in file: String
  ) throws {
    let source = [hsize_t(sourceRows)] + shape.dropFirst().map { hsize_t($0) }
    let sourceSpace = try Self.checked(H5Screate_simple(Int32(shape.count), source, nil))
    defer { H5Sclose(sourceSpace) }
    let space = try Self.checked(
      H5Screate_simple(Int32(shape.count), shape.map { hsize_t($0) }, nil))
    defer { H5Sclose(space) }
    let start = [hsize_t](repeating: 0, count: shape.count)
    try Self.checked(H5Sselect_hyperslab(space, H5S_SELECT_SET, start, nil, source, nil))
    try add(path, shape: shape, type: rll_hdf5_float32_le()) { properties in
      try Self.checked(H5Pset_virtual(properties, space, file, dataset, sourceSpace))
    }
  }

  /// A float32 dataset whose values lie in another file.
  func addExternalStorage(_ path: String, shape: [Int], in file: String) throws {
    try add(path, shape: shape, type: rll_hdf5_float32_le()) { properties in
      try Self.checked(
        H5Pset_external(properties, file, 0, hsize_t(4 * shape.reduce(1, *))))
    }
  }

  func add(
    _ path: String, shape: [Int], type: hid_t, layout: (hid_t) throws -> Void,
    write: (hid_t) throws -> Void = { _ in }
  ) throws {
    let properties = try Self.checked(H5Pcreate(rll_hdf5_dataset_creation()))
    defer { H5Pclose(properties) }
    try layout(properties)
    let space = try Self.checked(
      H5Screate_simple(Int32(shape.count), shape.map { hsize_t($0) }, nil))
    defer { H5Sclose(space) }
    let array = try Self.checked(
      H5Dcreate2(
        id, path, type, space, rll_hdf5_default(), properties, rll_hdf5_default()))
    defer { H5Dclose(array) }
    try write(array)
  }
}
