import CHDF5
import Glibc

/// Where the values of a virtual dataset come from. The library gives zeros, and no error, for
/// a source that is not there.
extension HDF5Array {
  private struct Source: Hashable {
    let file: String
    let dataset: String
  }

  /// Throws unless every source can be read and all together have as many values.
  func checkSources(_ properties: hid_t, isSource: Bool) throws(DatasetError) {
    if isSource {
      throw storageError(
        .unreadable, "it is a virtual dataset, which cannot be the source of another",
        advice: "Write its values")
    }
    var count = 0
    try place.call("reading its sources") { H5Pget_virtual_count(properties, &count) }
    var sources: Set<Source> = []
    var values = 0
    for index in 0..<count {
      let source = Source(
        file: try name { H5Pget_virtual_filename(properties, index, $0, $1) },
        dataset: try name { H5Pget_virtual_dsetname(properties, index, $0, $1) })
      guard sources.insert(source).inserted else { continue }
      let (sum, overflows) = values.addingReportingOverflow(try self.count(of: source))
      values = overflows ? .max : sum
    }
    guard let needed = Self.product(shape), needed <= values else {
      throw storageError(
        .neverWritten,
        "it is a virtual dataset of shape \(shape), but its sources have only \(values) values",
        advice: "Give every row a source")
    }
  }

  private func count(of source: Source) throws(DatasetError) -> Int {
    if source.file.contains("%") || source.dataset.contains("%") {
      throw storageError(
        .unreadable,
        "it is a virtual dataset whose sources have a pattern for a name, \(source.dataset) of "
          + "\(source.file), which is not read", advice: "Name each source")
    }
    do throws(DatasetError) {
      let owner =
        source.file == "." ? file : try HDF5File(path: path(ofSource: source.file))
      guard try owner.kind(of: source.dataset) == .array else {
        throw DatasetError(
          .missingObject, file: owner.path, object: source.dataset, "there is no such dataset",
          advice: "Write it")
      }
      let array = try HDF5Array(file: owner, path: source.dataset, isSource: true)
      return Self.product(array.shape) ?? .max
    } catch {
      throw storageError(
        error.code,
        "it is a virtual dataset whose source \(source.dataset) of \(source.file) cannot be read",
        advice: "Repair the source, or write the values into this file", underlying: error.text)
    }
  }

  /// Where the library looks for a source: at its path, then beside this file, then in the
  /// current folder.
  private func path(ofSource name: String) -> String {
    let last = String(name.split(separator: "/").last ?? "")
    let isAbsolute = name.hasPrefix("/")
    let folder = file.path.lastIndex(of: "/").map { String(file.path[...$0]) } ?? ""
    let places = isAbsolute ? [name, folder + last, last] : [folder + name, name]
    var status = stat()
    return places.first { stat($0, &status) == 0 } ?? places[0]
  }

  /// A name that the library writes into a buffer of the size it asks for.
  private func name(
    _ read: (UnsafeMutablePointer<CChar>?, Int) -> Int
  ) throws(DatasetError) -> String {
    let length = try place.call("reading its sources") { read(nil, 0) }
    var characters = [CChar](repeating: 0, count: length + 1)
    try place.call("reading its sources") { read(&characters, length + 1) }
    return String(
      decoding: characters.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }
}
