import CHDF5

/// A dataset of an open file: its shape, its type, and its values by rows.
///
/// A row is everything behind the first extent: `[rows, …]`, row-major.
package final class HDF5Array: Sendable {
  package let file: HDF5File
  package let path: String
  package let shape: [Int]
  package let elementType: HDF5ElementType
  /// Rows of a chunk; nil where the values lie in one piece.
  package let chunkRows: Int?
  private let object: HDF5Handle
  private let fileType: HDF5Handle

  /// How many bytes are read at a time where values are only passed through.
  private static var blockBytes: Int { 4 << 20 }

  /// `isSource`: whether a virtual dataset takes its values from this one.
  init(file: HDF5File, path: String, isSource: Bool = false) throws(DatasetError) {
    let place = file.place.inside(path)
    let object = try place.open(.object, "opening the dataset") {
      H5Dopen2(file.id, path, rll_hdf5_default())
    }
    let type = try place.open(.type, "reading its type") { H5Dget_type(object.id) }
    let shape = try Self.shape(of: object, place)
    let layout = try place.open(.properties, "reading its layout") {
      H5Dget_create_plist(object.id)
    }
    var chunk = [hsize_t](repeating: 0, count: max(shape.count, 1))
    let isChunked = H5Pget_layout(layout.id) == H5D_CHUNKED
    if isChunked {
      try place.call("reading its layout") {
        H5Pget_chunk(layout.id, Int32(shape.count), &chunk)
      }
    }
    self.file = file
    self.path = path
    self.shape = shape
    elementType = HDF5ElementType(type: type.id)
    chunkRows = isChunked ? Int(clamping: chunk[0]) : nil
    self.object = object
    fileType = type
    try checkStorage(isSource: isSource)
  }

  package var rows: Int { shape.first ?? 1 }

  /// Elements in a row.
  package var rowCount: Int { shape.dropFirst().reduce(1, *) }

  var place: HDF5Place { file.place.inside(path) }
  var objectID: hid_t { object.id }
  var typeID: hid_t { fileType.id }

  private static func shape(
    of object: borrowing HDF5Handle, _ place: HDF5Place
  ) throws(DatasetError) -> [Int] {
    let id = object.id
    let space = try place.open(.space, "reading its shape") { H5Dget_space(id) }
    let rank = Int(try place.call("reading its shape") { H5Sget_simple_extent_ndims(space.id) })
    var extents = [hsize_t](repeating: 0, count: rank)
    try place.call("reading its shape") {
      H5Sget_simple_extent_dims(space.id, &extents, nil)
    }
    return extents.map { Int(clamping: $0) }
  }
}

// MARK: - Values

extension HDF5Array {
  /// Reads rows as float32; float64 is rounded to nearest, ties to even.
  func readFloats(
    rows: Range<Int>, into target: UnsafeMutablePointer<Float>
  ) throws(DatasetError) {
    // The library's own conversion of foreign byte orders does not round ties to even.
    guard elementType == .float(bits: 64) else {
      return try read(rows: rows, as: rll_hdf5_native_float(), into: target)
    }
    let step = blockRows(rowBytes: rowCount * MemoryLayout<Double>.stride)
    var buffer = [Double](repeating: 0, count: min(step, rows.count) * rowCount)
    var row = rows.lowerBound
    while row < rows.upperBound {
      let block = row..<min(row + step, rows.upperBound)
      try read(rows: block, as: rll_hdf5_native_double(), into: &buffer)
      let start = (row - rows.lowerBound) * rowCount
      for index in 0..<block.count * rowCount { target[start + index] = Float(buffer[index]) }
      row = block.upperBound
    }
  }

  /// All values as float64, row-major.
  package func doubles() throws(DatasetError) -> [Double] {
    switch elementType {
    case .float, .integer: break
    default: throw wrongType(needed: "numbers")
    }
    var values = [Double](repeating: 0, count: rows * rowCount)
    try read(rows: 0..<rows, as: rll_hdf5_native_double(), into: &values)
    return values
  }

  /// All values as int64, row-major; of any integer type.
  package func integers() throws(DatasetError) -> [Int64] {
    guard elementType.isInteger else { throw wrongType(needed: "integers") }
    var values = [Int64](repeating: 0, count: rows * rowCount)
    try read(rows: 0..<rows, as: rll_hdf5_native_int64(), into: &values)
    guard elementType.isUnsigned64 else { return values }
    var unsigned = [UInt64](repeating: 0, count: values.count)
    try read(rows: 0..<rows, as: rll_hdf5_native_uint64(), into: &unsigned)
    if let row = unsigned.firstIndex(where: { $0 > UInt64(Int64.max) }) {
      throw DatasetError(
        .wrongType, file: file.path, object: path, row: row / max(rowCount, 1),
        "\(unsigned[row]) exceeds a signed 64-bit integer", advice: "Write smaller numbers")
    }
    return values
  }

  /// All values as text, row-major.
  package func strings() throws(DatasetError) -> [String] {
    guard elementType.isText else { throw wrongType(needed: "text") }
    return try HDF5Text.read(
      count: rows * rowCount, type: fileType.id, of: path, in: file
    ) { type, buffer in
      H5Dread(
        objectID, type, rll_hdf5_all(), rll_hdf5_all(), rll_hdf5_default(), buffer)
    }
  }

  /// Calls `body` with the stored values of all rows, in blocks of whole rows, little-endian.
  func forEachBlock(_ body: (UnsafeRawBufferPointer) -> Void) throws(DatasetError) {
    let memoryType = try place.open(.type, "copying its type") { H5Tcopy(fileType.id) }
    try place.call("copying its type") { H5Tset_order(memoryType.id, H5T_ORDER_LE) }
    let rowBytes = rowCount * H5Tget_size(fileType.id)
    let step = blockRows(rowBytes: rowBytes)
    let buffer = UnsafeMutableRawBufferPointer.allocate(
      byteCount: max(1, min(step, rows) * rowBytes), alignment: 64)
    defer { buffer.deallocate() }
    var row = 0
    while row < rows {
      let block = row..<min(row + step, rows)
      try read(rows: block, as: memoryType.id, into: buffer.baseAddress)
      body(UnsafeRawBufferPointer(rebasing: buffer[..<(block.count * rowBytes)]))
      row = block.upperBound
    }
  }

  /// Whole chunks, so that none is decompressed twice.
  private func blockRows(rowBytes: Int) -> Int {
    let wanted = max(1, Self.blockBytes / max(1, rowBytes))
    guard let chunkRows, chunkRows > 0 else { return wanted }
    return (wanted + chunkRows - 1) / chunkRows * chunkRows
  }

  private func read(
    rows: Range<Int>, as type: hid_t, into target: UnsafeMutableRawPointer?
  ) throws(DatasetError) {
    guard rows.count * rowCount > 0 else { return }
    let place = place
    let space = try place.open(.space, "reading its shape") { H5Dget_space(objectID) }
    var extents = shape.map { hsize_t($0) }
    if !shape.isEmpty {
      var start = [hsize_t](repeating: 0, count: shape.count)
      start[0] = hsize_t(rows.lowerBound)
      extents[0] = hsize_t(rows.count)
      try place.call("selecting rows") {
        H5Sselect_hyperslab(space.id, H5S_SELECT_SET, start, nil, extents, nil)
      }
    }
    let memory = try place.open(.space, "selecting rows") {
      H5Screate_simple(Int32(shape.count), extents, nil)
    }
    try place.call("reading rows \(rows.lowerBound) to \(rows.upperBound - 1)") {
      H5Dread(objectID, type, memory.id, space.id, rll_hdf5_default(), target)
    }
  }

  private func wrongType(needed: String) -> DatasetError {
    DatasetError(
      .wrongType, file: file.path, object: path, "the values are \(elementType), not \(needed)",
      advice: "Write \(needed)")
  }
}

// MARK: - Place in the file

extension HDF5Array {
  /// Where the values lie in the file if they can be used as they are: native float32 in one
  /// piece, without filters, inside the file. Nil otherwise.
  func mappableOffset() throws(DatasetError) -> Int? {
    guard H5Tequal(fileType.id, rll_hdf5_native_float()) > 0, rows * rowCount > 0 else {
      return nil
    }
    let layout = try place.open(.properties, "reading its layout") {
      H5Dget_create_plist(objectID)
    }
    guard H5Pget_layout(layout.id) == H5D_CONTIGUOUS, H5Pget_nfilters(layout.id) == 0 else {
      return nil
    }
    let offset = H5Dget_offset(objectID)
    guard offset != rll_hdf5_undefined_address(), let start = Int(exactly: offset),
      start % MemoryLayout<Float>.alignment == 0
    else { return nil }
    let (end, overflow) = start.addingReportingOverflow(
      rows * rowCount * MemoryLayout<Float>.stride)
    return !overflow && end <= file.identity.sizeBytes ? start : nil
  }
}
