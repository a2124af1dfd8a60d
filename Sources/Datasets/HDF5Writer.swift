import CHDF5
import Glibc

/// Writes an HDF5 file under a temporary name; `finish` gives it its own. A file under its own
/// name is therefore complete.
package final class HDF5Writer {
  /// The stored type of floating-point values.
  package enum FloatType: Sendable, CaseIterable {
    case float16, float32, float32BigEndian, float64, float64BigEndian
  }

  /// The stored type of whole numbers.
  package enum IntegerType: Sendable, CaseIterable {
    case int64, int32BigEndian, uint8, uint64
  }

  /// How the values of a dataset lie in the file.
  package enum Storage: Sendable, Hashable {
    case contiguous
    /// Chunks of an extent each; `gzip` from 0 (none) to 9.
    case chunked([Int], gzip: Int)
  }

  private let path: String
  private let temporaryPath: String
  private let place: HDF5Place
  let id: hid_t
  private var isOpen = true

  package init(path: String) throws(DatasetError) {
    let temporaryPath = "\(path).\(getpid()).part"
    let place = HDF5Place(file: path, isWriting: true)
    unlink(temporaryPath)
    let access = try place.open(.properties, "creating the file") {
      H5Pcreate(rll_hdf5_file_access())
    }
    // Values of a mapped dataset then start where vector instructions like it.
    try place.call("creating the file") { H5Pset_alignment(access.id, 4096, 64) }
    id = try place.call("creating the file") {
      H5Fcreate(temporaryPath, rll_hdf5_create_new(), rll_hdf5_default(), access.id)
    }
    self.path = path
    self.temporaryPath = temporaryPath
    self.place = place
  }

  /// Drops what was written where `finish` was not reached.
  deinit {
    if isOpen {
      H5Fclose(id)
      unlink(temporaryPath)
    }
  }

  /// Closes the file, brings it to the disk and renames it.
  package func finish() throws(DatasetError) {
    precondition(isOpen, "\(path) was finished before")
    isOpen = false
    do {
      try close()
      try synchronize()
      try system("renaming the file") { rename(temporaryPath, path) }
    } catch {
      unlink(temporaryPath)
      throw error
    }
  }

  private func close() throws(DatasetError) {
    do {
      try place.call("writing the file") { H5Fflush(id, H5F_SCOPE_GLOBAL) }
    } catch {
      H5Fclose(id)
      throw error
    }
    try place.call("closing the file") { H5Fclose(id) }
  }

  private func synchronize() throws(DatasetError) {
    let descriptor = try system("opening the file again") {
      Glibc.open(temporaryPath, O_RDONLY | O_CLOEXEC)
    }
    defer { Glibc.close(descriptor) }
    try system("bringing the file to the disk") { fsync(descriptor) }
  }

  @discardableResult
  private func system(_ action: String, _ call: () -> Int32) throws(DatasetError) -> Int32 {
    let status = call()
    if status < 0 {
      throw place.failure(action, reasons: [String(cString: strerror(errno))])
    }
    return status
  }
}

// MARK: - Objects

extension HDF5Writer {
  package func group(_ path: String) throws(DatasetError) {
    let group = try place.inside(path).open(.object, "creating the group") {
      H5Gcreate2(id, path, rll_hdf5_default(), rll_hdf5_default(), rll_hdf5_default())
    }
    _ = consume group
  }

  /// Writes floats, row-major; groups on the way to `path` must exist.
  package func write(
    floats values: [Float], shape: [Int], to path: String, as type: FloatType = .float32,
    storage: Storage = .contiguous
  ) throws(DatasetError) {
    let fileType = try type.handle(place.inside(path))
    try write(
      values, shape: shape, to: path, memoryType: rll_hdf5_native_float(), fileType: fileType.id,
      storage)
  }

  package func write(
    doubles values: [Double], shape: [Int], to path: String, as type: FloatType = .float64,
    storage: Storage = .contiguous
  ) throws(DatasetError) {
    let fileType = try type.handle(place.inside(path))
    try write(
      values, shape: shape, to: path, memoryType: rll_hdf5_native_double(), fileType: fileType.id,
      storage)
  }

  package func write(
    integers values: [Int64], shape: [Int], to path: String, as type: IntegerType = .int64,
    storage: Storage = .contiguous
  ) throws(DatasetError) {
    let memoryType = type == .uint64 ? rll_hdf5_native_uint64() : rll_hdf5_native_int64()
    try write(
      values, shape: shape, to: path, memoryType: memoryType, fileType: type.id, storage)
  }

  /// Writes texts of variable length, UTF-8.
  package func write(texts: [String], to path: String) throws(DatasetError) {
    let place = place.inside(path)
    let type = try Self.textType(place)
    try Self.withCStrings(texts) { pointers throws(DatasetError) in
      try write(
        pointers, shape: [texts.count], to: path, memoryType: type.id, fileType: type.id,
        .contiguous)
    }
  }

  /// Gives an object an attribute of one text, of variable length, UTF-8.
  package func setAttribute(
    _ name: String, of object: String, to text: String
  ) throws(DatasetError) {
    let place = place.inside(object)
    let type = try Self.textType(place)
    let space = try place.open(.space, "writing attribute \(name)") { H5Screate(H5S_SCALAR) }
    let attribute = try createAttribute(name, of: object, type: type.id, space: space.id)
    try Self.withCStrings([text]) { pointers throws(DatasetError) in
      _ = try place.call("writing attribute \(name)") {
        H5Awrite(attribute.id, type.id, pointers)
      }
    }
  }

  /// Gives an object an attribute that is a list of texts, of fixed length, UTF-8. Unlike texts
  /// of variable length they lie in one place: HDF5 1.10 dies of a damaged heap.
  package func setAttribute(
    _ name: String, of object: String, to texts: [String]
  ) throws(DatasetError) {
    let place = place.inside(object)
    let bytes = texts.map { Array($0.utf8) }
    let length = max(1, bytes.map(\.count).max() ?? 1)
    let type = try Self.textType(place, bytes: length)
    let extent = [hsize_t(texts.count)]
    let space = try place.open(.space, "writing attribute \(name)") {
      H5Screate_simple(1, extent, nil)
    }
    let attribute = try createAttribute(name, of: object, type: type.id, space: space.id)
    let padded = bytes.flatMap { $0 + [UInt8](repeating: 0, count: length - $0.count) }
    try place.call("writing attribute \(name)") { H5Awrite(attribute.id, type.id, padded) }
  }

  private func createAttribute(
    _ name: String, of object: String, type: hid_t, space: hid_t
  ) throws(DatasetError) -> HDF5Handle {
    let place = place.inside(object)
    let owner = try place.open(.object, "opening it") { H5Oopen(id, object, rll_hdf5_default()) }
    return try place.open(.attribute, "writing attribute \(name)") {
      H5Acreate2(owner.id, name, type, space, rll_hdf5_default(), rll_hdf5_default())
    }
  }

  /// Creates a dataset of float32 in one piece, `rows × columns`, to be filled from its first row
  /// on. It must be gone before `finish`.
  func rows(_ rows: Int, columns: Int, at path: String) throws(DatasetError) -> HDF5RowWriter {
    try HDF5RowWriter(file: id, path: path, rows: rows, columns: columns, place.inside(path))
  }

  private func write<Value: BitwiseCopyable>(
    _ values: [Value], shape: [Int], to path: String, memoryType: hid_t, fileType: hid_t,
    _ storage: Storage
  ) throws(DatasetError) {
    precondition(values.count == shape.reduce(1, *), "\(values.count) values for \(shape)")
    let place = place.inside(path)
    let space = try place.open(.space, "creating the dataset") {
      H5Screate_simple(Int32(shape.count), shape.map { hsize_t($0) }, nil)
    }
    let properties = try place.open(.properties, "creating the dataset") {
      H5Pcreate(rll_hdf5_dataset_creation())
    }
    if case .chunked(let extents, let gzip) = storage {
      try place.call("setting its chunks") {
        H5Pset_chunk(properties.id, Int32(extents.count), extents.map { hsize_t($0) })
      }
      if gzip > 0 {
        try place.call("setting its compression") { H5Pset_deflate(properties.id, UInt32(gzip)) }
      }
    }
    let array = try place.open(.object, "creating the dataset") {
      H5Dcreate2(
        id, path, fileType, space.id, rll_hdf5_default(), properties.id, rll_hdf5_default())
    }
    try place.call("writing the values") {
      H5Dwrite(
        array.id, memoryType, rll_hdf5_all(), rll_hdf5_all(), rll_hdf5_default(), values)
    }
  }

  /// A type for UTF-8 text of some bytes, padded with zeros, or of any length where nil.
  private static func textType(
    _ place: HDF5Place, bytes: Int? = nil
  ) throws(DatasetError) -> HDF5Handle {
    let type = try place.open(.type, "creating a type for text") { H5Tcopy(rll_hdf5_c_string()) }
    try place.call("creating a type for text") {
      H5Tset_size(type.id, bytes ?? rll_hdf5_variable_size())
    }
    try place.call("creating a type for text") { H5Tset_strpad(type.id, H5T_STR_NULLPAD) }

    try place.call("creating a type for text") { H5Tset_cset(type.id, H5T_CSET_UTF8) }
    return type
  }

  private static func withCStrings(
    _ texts: [String], _ body: ([UnsafePointer<CChar>?]) throws(DatasetError) -> Void
  ) throws(DatasetError) {
    let copies = texts.map { strdup($0) }
    defer { for copy in copies { free(copy) } }
    try body(copies.map { UnsafePointer($0) })
  }
}

extension HDF5Writer.FloatType {
  fileprivate func handle(_ place: HDF5Place) throws(DatasetError) -> HDF5Handle {
    let action = "creating a type for floats"
    let type = try place.open(.type, action) { H5Tcopy(standard) }
    if self == .float16 {
      // IEEE 754 binary16, for which the library has no constant.
      try place.call(action) { H5Tset_fields(type.id, 15, 10, 5, 0, 10) }
      try place.call(action) { H5Tset_size(type.id, 2) }
      try place.call(action) { H5Tset_ebias(type.id, 15) }
    }
    return type
  }

  private var standard: hid_t {
    switch self {
    case .float16, .float32: rll_hdf5_float32_le()
    case .float32BigEndian: rll_hdf5_float32_be()
    case .float64: rll_hdf5_float64_le()
    case .float64BigEndian: rll_hdf5_float64_be()
    }
  }
}

extension HDF5Writer.IntegerType {
  fileprivate var id: hid_t {
    switch self {
    case .int64: rll_hdf5_int64_le()
    case .int32BigEndian: rll_hdf5_int32_be()
    case .uint8: rll_hdf5_uint8()
    case .uint64: rll_hdf5_uint64_le()
    }
  }
}
