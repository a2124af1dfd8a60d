import CHDF5

/// Whether the values of a dataset are in the file, asked before memory is.
extension HDF5Array {
  /// Throws unless all values were written and can have come from the bytes that are stored.
  func checkStorage(isSource: Bool) throws(DatasetError) {
    if shape.contains(0) { return }
    let properties = try place.open(.properties, "reading its layout") {
      H5Dget_create_plist(objectID)
    }
    guard H5Pget_external_count(properties.id) == 0 else {
      throw storageError(
        .unreadable, "its values lie in another file, which is not read",
        advice: "Write them into this file")
    }
    let layout = H5Pget_layout(properties.id)
    if layout == H5D_VIRTUAL {
      return try checkSources(properties.id, isSource: isSource)
    }
    let stored = Int(clamping: H5Dget_storage_size(objectID))
    if stored == 0 {
      throw storageError(
        .neverWritten, "its shape is \(shape), but its values were never written",
        advice: "Write them")
    }
    if layout == H5D_CHUNKED {
      try checkFilters(properties.id)
      try checkChunks(properties.id)
    }
    let bytes = Self.product(shape + [max(1, H5Tget_size(typeID))])
    let (most, overflows) = min(stored, Int(clamping: file.identity.sizeBytes))
      .multipliedReportingOverflow(by: Self.largestExpansion(properties.id))
    guard let bytes, overflows || bytes <= most else {
      throw storageError(
        .damaged,
        "its shape \(shape) is more than the \(stored) bytes stored for it, in a file of "
          + "\(file.identity.sizeBytes) bytes, can hold",
        advice: "The file is damaged: copy or create it again")
    }
  }

  private func checkChunks(_ properties: hid_t) throws(DatasetError) {
    var extents = [hsize_t](repeating: 0, count: shape.count)
    try place.call("reading its layout") {
      H5Pget_chunk(properties, Int32(shape.count), &extents)
    }
    let counts = zip(shape, extents).map { extent, chunk in
      1 + (extent - 1) / max(1, Int(clamping: chunk))
    }
    let space = try place.open(.space, "reading its shape") { H5Dget_space(objectID) }
    var written: hsize_t = 0
    try place.call("counting its chunks") { H5Dget_num_chunks(objectID, space.id, &written) }
    let needed = Self.product(counts)
    guard let needed, needed <= Int(clamping: written) else {
      let all = needed.map { " of \($0)" } ?? ""
      throw storageError(
        .neverWritten,
        "its shape is \(shape), but only \(written)\(all) chunks of it were ever written",
        advice: "Write every row")
    }
  }

  /// Throws where the values went through a filter that the library lacks.
  private func checkFilters(_ properties: hid_t) throws(DatasetError) {
    for index in 0..<UInt32(max(0, H5Pget_nfilters(properties))) {
      var (flags, configuration): (UInt32, UInt32) = (0, 0)
      var parameters = 0
      var name = [CChar](repeating: 0, count: 64)
      let filter = H5Pget_filter2(
        properties, index, &flags, &parameters, nil, name.count, &name, &configuration)
      HDF5Place.silence()
      if H5Zfilter_avail(filter) > 0 { continue }
      let text = String(
        decoding: name.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
      throw storageError(
        .unreadable,
        "its values are compressed with \(text.isEmpty ? "a filter without a name" : text) "
          + "(filter \(filter)), which HDF5 \(HDF5Library.version) here does not have",
        advice: "Write the dataset with gzip, or without compression")
    }
  }

  /// How many bytes a stored byte can become at most.
  private static func largestExpansion(_ properties: hid_t) -> Int {
    var most = 1
    for index in 0..<UInt32(max(0, H5Pget_nfilters(properties))) {
      var (flags, configuration): (UInt32, UInt32) = (0, 0)
      var parameters = 0
      let factor =
        switch H5Pget_filter2(
          properties, index, &flags, &parameters, nil, 0, nil, &configuration)
        {
        // RFC 1951: a match of 258 bytes takes at least two bits.
        case H5Z_FILTER_DEFLATE: 1_032
        case H5Z_FILTER_SHUFFLE, H5Z_FILTER_FLETCHER32: 1
        // The others have no limit; this one keeps a small file from asking for all memory.
        default: 10_000
        }
      let (product, overflows) = most.multipliedReportingOverflow(by: factor)
      most = overflows ? .max : product
    }
    return most
  }

  static func product(_ factors: [Int]) -> Int? {
    var product = 1
    for factor in factors {
      let (next, overflows) = product.multipliedReportingOverflow(by: factor)
      if overflows { return nil }
      product = next
    }
    return product
  }

  func storageError(
    _ code: DatasetError.Code, _ text: String, advice: String, underlying: String? = nil
  ) -> DatasetError {
    DatasetError(code, file: file.path, object: path, text, advice: advice, underlying: underlying)
  }
}
