import CHDF5
import Glibc
import TestSupport

/// Draws files that are sound HDF5 and strange as feature files: any type, shape, storage and
/// link where features, labels and splits are looked for.
struct StrangeFile {
  private enum Kind: CaseIterable {
    case float16, float32, float32BigEndian, float64, float64BigEndian, oddFloat
    case int8, uint8, int16, int32BigEndian, int64, uint64
    case boolean, enumeration, fixedText, text, compound, list, array, opaque
  }

  private let id: hid_t
  private var generator: SplitMix

  /// Writes a file to `path`.
  static func write(to path: String, using generator: SplitMix) throws {
    let overwrite: UInt32 = 2
    let id = try OddFile.checked(
      H5Fcreate(path, overwrite, rll_hdf5_default(), rll_hdf5_default()))
    defer { H5Fclose(id) }
    var file = StrangeFile(id: id, generator: generator)
    try file.fill()
  }

  private init(id: hid_t, generator: SplitMix) {
    self.id = id
    self.generator = generator
  }

  private mutating func chance(_ one: Int, in all: Int) -> Bool {
    Int.random(in: 0..<all, using: &generator) < one
  }

  private mutating func pick<Element>(_ elements: [Element]) -> Element {
    elements[Int.random(in: 0..<elements.count, using: &generator)]
  }

  private mutating func fill() throws {
    if chance(1, in: 3) {
      try object("/features", likely: .float32, rank: 2)
      try object("/labels", likely: .int64, rank: 1)
      try object("/split", likely: pick([.boolean, .uint8, .text]), rank: 1)
      try flags(in: "")
    } else {
      for group in pick([["train", "test"], ["train", "query", "gallery"], ["train"]]) {
        try part("/" + group)
      }
    }
    if chance(1, in: 3) { try attribute("levels") }
  }

  private mutating func part(_ group: String) throws {
    if chance(1, in: 30) { return try object(group, likely: .float32, rank: 2) }
    try addGroup(group)
    if chance(1, in: 2) {
      try object(group + "/features", likely: .float32, rank: 2)
    } else {
      try addGroup(group + "/features")
      for level in ["low", "high"] where !chance(1, in: 20) {
        try object("\(group)/features/\(level)", likely: .float32, rank: 2)
      }
    }
    try object(group + "/labels", likely: .int64, rank: 1)
    if group == "/test" { try flags(in: group) }
  }

  private mutating func flags(in group: String) throws {
    for name in ["query", "gallery"] where chance(1, in: 4) {
      try object("\(group)/\(name)", likely: .boolean, rank: 1)
    }
  }

  private func addGroup(_ path: String) throws {
    let group = try OddFile.checked(
      H5Gcreate2(id, path, rll_hdf5_default(), rll_hdf5_default(), rll_hdf5_default()))
    H5Gclose(group)
  }

  /// Mostly a dataset of the likely kind and rank, else something else or nothing.
  private mutating func object(_ path: String, likely: Kind, rank: Int) throws {
    switch Int.random(in: 0..<60, using: &generator) {
    case 0: return
    case 1: return try addGroup(path)
    case 2:
      let target = pick(["/labels", "/train/labels", path, "/nothing", "..", "/train", ""])
      try OddFile.checked(
        H5Lcreate_soft(
          target.isEmpty ? "." : target, id, path, rll_hdf5_default(), rll_hdf5_default()))
    case 3:
      try OddFile.checked(
        H5Lcreate_external(
          "/dev/zero", "/x", id, path, rll_hdf5_default(), rll_hdf5_default()))
    default: try dataset(path, likely: likely, rank: rank)
    }
  }

  private mutating func dataset(_ path: String, likely: Kind, rank: Int) throws {
    let kind = chance(1, in: 12) ? pick(Kind.allCases) : likely
    let type = try type(of: kind)
    defer { H5Tclose(type) }
    let rank = chance(1, in: 20) ? pick([0, 1, 2, 3]) : rank
    let extents = (0..<rank).map { axis in
      if chance(1, in: 20) { return pick([0, 1, 2, 5, 1 << 20, 1 << 40]) }
      return axis == 0 ? 4 : kind == likely && rank > 1 ? 3 : 1
    }
    let size = extents.reduce(1.0) { $0 * Double($1) }
    let isHuge = size > 1e4
    let count = isHuge ? 0 : Int(size)
    let space = try OddFile.checked(
      extents.isEmpty
        ? H5Screate(H5S_SCALAR)
        : H5Screate_simple(Int32(rank), extents.map { hsize_t($0) }, nil))
    defer { H5Sclose(space) }
    let properties = try properties(extents, mayBeCompact: !isHuge)
    defer { H5Pclose(properties) }
    let array = H5Dcreate2(
      id, path, type, space, rll_hdf5_default(), properties, rll_hdf5_default())
    // Some storages do not go with some types and shapes.
    guard array >= 0 else { return }
    defer { H5Dclose(array) }
    if count == 0 || kind == .list || chance(1, in: 30) { return }
    try write(count, kind, type: type, to: array)
  }

  private mutating func properties(_ extents: [Int], mayBeCompact: Bool) throws -> hid_t {
    let properties = try OddFile.checked(H5Pcreate(rll_hdf5_dataset_creation()))
    guard !extents.isEmpty, chance(1, in: 2) else { return properties }
    if mayBeCompact, chance(1, in: 5) {
      H5Pset_layout(properties, H5D_COMPACT)
      return properties
    }
    let chunk = extents.map { hsize_t(Int.random(in: 1...max(1, min($0, 4)), using: &generator)) }
    try OddFile.checked(H5Pset_chunk(properties, Int32(chunk.count), chunk))
    if chance(1, in: 3) { H5Pset_shuffle(properties) }
    if chance(1, in: 3) { H5Pset_deflate(properties, 6) }
    if chance(1, in: 4) { H5Pset_fletcher32(properties) }
    return properties
  }

  /// Small numbers, which are good labels and flags, or any bytes at all.
  private mutating func write(_ count: Int, _ kind: Kind, type: hid_t, to array: hid_t) throws {
    if kind == .text {
      let texts = (0..<count).map { _ in pick(["train", "test", "0", "1", "", "ä/b", "x"]) }
      let copies = texts.map { strdup($0) }
      defer { for copy in copies { free(copy) } }
      H5Dwrite(array, type, rll_hdf5_all(), rll_hdf5_all(), rll_hdf5_default(), copies)
      return
    }
    let size = H5Tget_size(type)
    var bytes = [UInt8](repeating: 0, count: count * size)
    let isRandom = chance(1, in: 8)
    for index in 0..<count {
      if isRandom {
        for place in 0..<size {
          bytes[index * size + place] = pick([0, 1, 0x7f, 0x80, 0xff, 0x41])
        }
      } else if kind == .float32 {
        let value = Float(Int.random(in: 1...9, using: &generator))
        withUnsafeBytes(of: value) { value in
          for place in 0..<4 { bytes[index * size + place] = value[place] }
        }
      } else {
        bytes[index * size] = UInt8(index * 2 / count)
      }
    }
    H5Dwrite(array, type, rll_hdf5_all(), rll_hdf5_all(), rll_hdf5_default(), bytes)
  }

  private mutating func attribute(_ name: String) throws {
    let type = try type(of: pick([.text, .fixedText, .int64, .float32, .compound, .boolean]))
    defer { H5Tclose(type) }
    let count = pick([0, 1, 2, 4])
    let space = try OddFile.checked(H5Screate_simple(1, [hsize_t(count)], nil))
    defer { H5Sclose(space) }
    let attribute = try OddFile.checked(
      H5Acreate2(id, name, type, space, rll_hdf5_default(), rll_hdf5_default()))
    defer { H5Aclose(attribute) }
    if H5Tis_variable_str(type) > 0 {
      let copies = (0..<count).map { strdup($0 == 0 ? "low" : "high") }
      defer { for copy in copies { free(copy) } }
      H5Awrite(attribute, type, copies)
    } else {
      let bytes = [UInt8](repeating: 0x68, count: count * H5Tget_size(type))
      H5Awrite(attribute, type, bytes)
    }
  }

  private mutating func type(of kind: Kind) throws -> hid_t {
    func copy(_ type: hid_t, bytes: Int? = nil) throws -> hid_t {
      let copy = try OddFile.checked(H5Tcopy(type))
      if let bytes { try OddFile.checked(H5Tset_size(copy, bytes)) }
      return copy
    }
    switch kind {
    case .float16:
      let type = try copy(rll_hdf5_float32_le())
      try OddFile.checked(H5Tset_fields(type, 15, 10, 5, 0, 10))
      try OddFile.checked(H5Tset_size(type, 2))
      try OddFile.checked(H5Tset_ebias(type, 15))
      return type
    case .oddFloat:
      let type = try copy(rll_hdf5_float32_le())
      try OddFile.checked(H5Tset_fields(type, 23, 15, 8, 0, 15))
      try OddFile.checked(H5Tset_size(type, 3))
      return type
    case .float32: return try copy(rll_hdf5_float32_le())
    case .float32BigEndian: return try copy(rll_hdf5_float32_be())
    case .float64: return try copy(rll_hdf5_float64_le())
    case .float64BigEndian: return try copy(rll_hdf5_float64_be())
    case .int8: return try copy(rll_hdf5_int64_le(), bytes: 1)
    case .uint8: return try copy(rll_hdf5_uint8())
    case .int16: return try copy(rll_hdf5_int64_le(), bytes: 2)
    case .int32BigEndian: return try copy(rll_hdf5_int32_be())
    case .int64: return try copy(rll_hdf5_int64_le())
    case .uint64: return try copy(rll_hdf5_uint64_le())
    case .boolean: return try enumeration(["FALSE", "TRUE"])
    case .enumeration: return try enumeration(["a", "b", "c"])
    case .fixedText: return try copy(rll_hdf5_c_string(), bytes: pick([1, 4, 5]))
    case .text: return try copy(rll_hdf5_c_string(), bytes: rll_hdf5_variable_size())
    case .compound:
      let type = try OddFile.checked(H5Tcreate(H5T_COMPOUND, 16))
      try OddFile.checked(H5Tinsert(type, "a", 0, rll_hdf5_int64_le()))
      try OddFile.checked(H5Tinsert(type, "b", 8, rll_hdf5_float32_le()))
      return type
    case .list: return try OddFile.checked(H5Tvlen_create(rll_hdf5_int64_le()))
    case .array: return try OddFile.checked(H5Tarray_create2(rll_hdf5_float32_le(), 1, [3]))
    case .opaque: return try OddFile.checked(H5Tcreate(H5T_OPAQUE, 7))
    }
  }

  private func enumeration(_ names: [String]) throws -> hid_t {
    let type = try OddFile.checked(H5Tenum_create(rll_hdf5_uint8()))
    for (value, name) in names.enumerated() {
      try OddFile.checked(H5Tenum_insert(type, name, [UInt8(value)]))
    }
    return type
  }
}
