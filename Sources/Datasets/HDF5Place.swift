import CHDF5

/// Where calls of the HDF5 library happen; turns their failures into errors that name it.
struct HDF5Place: Sendable {
  let file: String
  var object: String?
  var isWriting = false

  func inside(_ object: String) -> HDF5Place {
    HDF5Place(file: file, object: object, isWriting: isWriting)
  }

  /// Runs one call and returns its result, or throws where the result is negative.
  @discardableResult
  func call<Status: SignedInteger>(
    _ action: String, _ body: () -> Status
  ) throws(DatasetError) -> Status {
    Self.silence()
    let status = body()
    if status < 0 { throw failure(action, reasons: Self.reasons()) }
    return status
  }

  /// Runs a call that opens something.
  func open(
    _ kind: HDF5Handle.Kind, _ action: String, _ body: () -> hid_t
  ) throws(DatasetError) -> HDF5Handle {
    HDF5Handle(id: try call(action, body), kind: kind)
  }

  func failure(_ action: String, reasons: [String]) -> DatasetError {
    if isWriting {
      return DatasetError(
        .unwritable, file: file, object: object, "\(action) failed",
        advice: "Check the free space and the permissions of its folder",
        underlying: reasons.lazy.compactMap(Self.systemMessage).first ?? reasons.first)
    }
    return DatasetError(
      .damaged, file: file, object: object, "\(action) failed",
      advice: "The file is damaged: copy or create it again", underlying: reasons.first)
  }

  /// Keeps the library from printing to standard error; the setting is one of the thread.
  static func silence() {
    H5Eset_auto2(rll_hdf5_default_error_stack(), nil, nil)
  }

  /// The system's own words inside a text of the library, which is long and holds addresses.
  private static func systemMessage(_ reason: String) -> String? {
    guard let start = reason.firstRange(of: "error message = '") else { return nil }
    return String(reason[start.upperBound...].prefix { $0 != "'" })
  }

  /// What the library has to say about the last failed call of this thread, innermost first.
  static func reasons() -> [String] {
    var texts: [String] = []
    withUnsafeMutablePointer(to: &texts) { texts in
      _ = H5Ewalk2(
        rll_hdf5_default_error_stack(), H5E_WALK_UPWARD,
        { _, entry, texts in
          guard let text = entry?.pointee.desc, let texts else { return 0 }
          texts.assumingMemoryBound(to: [String].self).pointee.append(String(cString: text))
          return 0
        }, texts)
    }
    return texts
  }
}
