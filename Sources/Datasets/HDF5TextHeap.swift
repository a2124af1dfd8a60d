import CHDF5

/// The places in a file where texts of variable length lie: global heap collections, of the
/// HDF5 File Format Specification 3.0, III.E.
///
/// HDF5 1.10 believes all that references and collections say, and writes past its memory or
/// never comes back where one byte is wrong.
struct HDF5TextHeap {
  private static let headerBytes = 16
  /// A collection of fewer bytes is not read to its end by the library.
  private static let smallestCollection = 4096

  private let bytes: UnsafeRawBufferPointer
  /// Where addresses count from.
  private let base: Int
  /// The length of each object, by the address of its collection.
  private var collections: [Int: [UInt16: Int]] = [:]

  /// `bytes` are the whole file.
  private init(_ bytes: UnsafeRawBufferPointer, base: Int) {
    self.bytes = bytes
    self.base = base
  }

  /// Throws where a text of an object is not where its reference says.
  static func check(
    _ references: HDF5TextReferences, of object: String, in file: HDF5File
  ) throws(DatasetError) {
    let count = Int(clamping: file.identity.sizeBytes)
    let pages = try MappedFile(path: file.path, identity: file.identity, offset: 0, count: count)
    var heap = HDF5TextHeap(
      UnsafeRawBufferPointer(start: pages.start, count: count), base: try base(of: file, object))
    for index in 0..<references.count where !heap.holds(references[index]) {
      throw DatasetError(
        .damaged, file: file.path, object: object, row: index,
        "the text is not where the file says",
        advice: "The file is damaged: copy or create it again")
    }
    withExtendedLifetime(pages) {}
  }

  /// Where addresses of a file count from: the end of its user block.
  private static func base(of file: HDF5File, _ object: String) throws(DatasetError) -> Int {
    let properties = try file.place.open(.properties, "reading its properties") {
      H5Fget_create_plist(file.id)
    }
    var (addressBytes, sizeBytes, userBlock) = (0, 0, hsize_t(0))
    try file.place.call("reading its properties") {
      H5Pget_sizes(properties.id, &addressBytes, &sizeBytes)
    }
    try file.place.call("reading its properties") {
      H5Pget_userblock(properties.id, &userBlock)
    }
    guard addressBytes == 8, sizeBytes == 8 else {
      throw DatasetError(
        .unreadable, file: file.path, object: object,
        "text of variable length is read only where addresses and sizes have 8 bytes, not "
          + "\(addressBytes) and \(sizeBytes)", advice: "Write text of a fixed length")
    }
    return Int(clamping: userBlock)
  }

  private mutating func holds(_ reference: HDF5TextReferences.Reference) -> Bool {
    // An empty text has no place.
    if reference.address == 0 { return true }
    let (address, overflows) = Int(clamping: reference.address).addingReportingOverflow(base)
    guard !overflows, let object = UInt16(exactly: reference.object) else { return false }
    if collections[address] == nil { collections[address] = collection(at: address) ?? [:] }
    return collections[address]?[object] == reference.length
  }

  /// The lengths of the objects of a collection; nil where it is not sound as a whole, which
  /// the library takes for granted.
  private func collection(at address: Int) -> [UInt16: Int]? {
    guard holds(Self.smallestCollection, at: address),
      bytes[address..<address + 5].elementsEqual(Array("GCOL".utf8) + [1])
    else { return nil }
    let size = Int(clamping: number(UInt64.self, at: address + 8))
    guard size >= Self.smallestCollection, holds(size, at: address) else { return nil }
    var lengths: [UInt16: Int] = [:]
    var rest = (address + Self.headerBytes)..<(address + size)
    while rest.count >= Self.headerBytes {
      let object = number(UInt16.self, at: rest.lowerBound)
      let length = Int(clamping: number(UInt64.self, at: rest.lowerBound + 8))
      guard length <= rest.count else { return nil }
      // Object 0 is free space, whose length includes its header.
      let taken = object == 0 ? length : Self.headerBytes + (length + 7) / 8 * 8
      guard taken >= Self.headerBytes, taken <= rest.count else { return nil }
      guard lengths.updateValue(length, forKey: object) == nil else { return nil }
      rest = (rest.lowerBound + taken)..<rest.upperBound
    }
    lengths[0] = nil
    return lengths
  }

  private func holds(_ count: Int, at offset: Int) -> Bool {
    offset >= 0 && offset <= bytes.count && count <= bytes.count - offset
  }

  private func number<Number: FixedWidthInteger & BitwiseCopyable>(
    _: Number.Type, at offset: Int
  ) -> Number {
    Number(littleEndian: bytes.loadUnaligned(fromByteOffset: offset, as: Number.self))
  }
}
