import CHDF5

extension HDF5File {
  /// A value of an attribute, or its values where it is an array.
  package enum AttributeValue: Sendable, Equatable {
    case integers([Int64])
    case doubles([Double])
    case strings([String])
  }

  /// The names of an object's attributes, sorted.
  package func attributeNames(of object: String) throws(DatasetError) -> [String] {
    let place = place.inside(object)
    let owner = try self.object(object)
    var names: [String] = []
    try withUnsafeMutablePointer(to: &names) { names throws(DatasetError) in
      _ = try place.call("listing its attributes") {
        H5Aiterate2(
          owner.id, H5_INDEX_NAME, H5_ITER_INC, nil,
          { _, name, _, names in
            guard let name, let names else { return 0 }
            names.assumingMemoryBound(to: [String].self).pointee.append(String(cString: name))
            return 0
          }, names)
      }
    }
    return names.sorted()
  }

  /// An attribute's value or values; nil where the object has no such attribute.
  package func attribute(
    _ name: String, of object: String
  ) throws(DatasetError) -> AttributeValue? {
    let place = place.inside(object)
    let owner = try self.object(object)
    guard try place.call("looking for \(name)", { H5Aexists(owner.id, name) }) > 0 else {
      return nil
    }
    let attribute = try place.open(.attribute, "opening attribute \(name)") {
      H5Aopen(owner.id, name, rll_hdf5_default())
    }
    let type = try place.open(.type, "reading attribute \(name)") { H5Aget_type(attribute.id) }
    let space = try place.open(.space, "reading attribute \(name)") {
      H5Aget_space(attribute.id)
    }
    let count = Int(clamping: H5Sget_simple_extent_npoints(space.id))
    // An attribute is part of the file's structure, so it cannot be larger than the file.
    let (bytes, overflows) = max(1, H5Tget_size(type.id)).multipliedReportingOverflow(by: count)
    guard count >= 0, !overflows, bytes <= identity.sizeBytes else {
      throw place.failure("reading attribute \(name)", reasons: ["\(count) values"])
    }
    let action = "reading attribute \(name)"
    switch HDF5ElementType(type: type.id) {
    case .integer, .enumeration:
      var values = [Int64](repeating: 0, count: count)
      try place.call(action) { H5Aread(attribute.id, rll_hdf5_native_int64(), &values) }
      return .integers(values)
    case .float:
      var values = [Double](repeating: 0, count: count)
      try place.call(action) { H5Aread(attribute.id, rll_hdf5_native_double(), &values) }
      return .doubles(values)
    case .text:
      return .strings(
        try HDF5Text.read(count: count, type: type.id, of: object, in: self) {
          H5Aread(attribute.id, $0, $1)
        })
    case .other(let name):
      throw DatasetError(
        .wrongType, file: path, object: object, "an attribute is \(name)",
        advice: "Write numbers or text")
    }
  }

  /// A scalar attribute as a number; throws where it is missing or not a number.
  package func number(_ name: String, of object: String) throws(DatasetError) -> Double {
    switch try attribute(name, of: object) {
    case .doubles(let values) where values.count == 1: return values[0]
    case .integers(let values) where values.count == 1: return Double(values[0])
    default: throw missing(name, of: object, kind: "number")
    }
  }

  /// A scalar attribute as an integer; throws where it is missing or not an integer.
  package func integer(_ name: String, of object: String) throws(DatasetError) -> Int64 {
    if case .integers(let values)? = try attribute(name, of: object), values.count == 1 {
      return values[0]
    }
    throw missing(name, of: object, kind: "integer")
  }

  /// A scalar attribute as text; throws where it is missing or not text.
  package func text(_ name: String, of object: String) throws(DatasetError) -> String {
    if case .strings(let values)? = try attribute(name, of: object), values.count == 1 {
      return values[0]
    }
    throw missing(name, of: object, kind: "text")
  }

  private func missing(_ name: String, of object: String, kind: String) -> DatasetError {
    DatasetError(
      .missingObject, file: path, object: object, "it has no attribute \(name) (\(kind))",
      advice: "Write the attribute")
  }
}
