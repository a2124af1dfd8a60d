import CHDF5

/// A dataset of float32 in one piece that is written from its first row to its last.
final class HDF5RowWriter {
  let rows: Int
  let columns: Int
  private let object: HDF5Handle
  private let place: HDF5Place
  private var written = 0

  init(
    file: hid_t, path: String, rows: Int, columns: Int, _ place: HDF5Place
  ) throws(DatasetError) {
    let space = try place.open(.space, "creating the dataset") {
      H5Screate_simple(2, [hsize_t(rows), hsize_t(columns)], nil)
    }
    object = try place.open(.object, "creating the dataset") {
      H5Dcreate2(
        file, path, rll_hdf5_float32_le(), space.id, rll_hdf5_default(), rll_hdf5_default(),
        rll_hdf5_default())
    }
    self.rows = rows
    self.columns = columns
    self.place = place
  }

  /// Writes the next rows, row-major.
  func append(_ values: UnsafeBufferPointer<Float>) throws(DatasetError) {
    let count = values.count / columns
    precondition(
      values.count == count * columns && written + count <= rows,
      "\(values.count) values for rows \(written) to \(rows) of \(columns)")
    let extent = [hsize_t(count), hsize_t(columns)]
    let object = object.id
    let space = try place.open(.space, "writing the values") { H5Dget_space(object) }
    try place.call("writing the values") {
      H5Sselect_hyperslab(space.id, H5S_SELECT_SET, [hsize_t(written), 0], nil, extent, nil)
    }
    let memory = try place.open(.space, "writing the values") {
      H5Screate_simple(2, extent, nil)
    }
    try place.call("writing the values") {
      H5Dwrite(
        object, rll_hdf5_native_float(), memory.id, space.id, rll_hdf5_default(),
        values.baseAddress)
    }
    written += count
  }

  var isFull: Bool { written == rows }
}
