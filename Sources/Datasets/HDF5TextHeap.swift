import CHDF5

/// The places in a file where texts of variable length lie: global heap collections, of the
/// HDF5 File Format Specification 3.0, III.E.
///
/// A dataset holds a reference for each text: length (4 bytes), address of a collection (8),
/// number of an object in it (4). HDF5 1.10 believes all of it, and writes past its memory or
/// never comes back where one byte is wrong.
struct HDF5TextHeap {
  private static let referenceBytes = 16
  private static let headerBytes = 16
  /// A collection of fewer bytes is not read to its end by the library.
  private static let smallestCollection = 4096

  private let bytes: UnsafeRawBufferPointer
  /// The length of each object, by the address of its collection.
  private var collections: [Int: [UInt16: Int]] = [:]

  /// `bytes` are the whole file.
  private init(_ bytes: UnsafeRawBufferPointer) {
    self.bytes = bytes
  }

  /// Throws where a text of a dataset is not where the file says. Texts behind a compression
  /// or a user block, or in a header, are left to the library.
  static func check(_ array: HDF5Array) throws(DatasetError) {
    let file = array.file
    guard try hasKnownAddresses(file) else { return }
    let count = Int(clamping: file.identity.sizeBytes)
    let pages = try MappedFile(path: file.path, identity: file.identity, offset: 0, count: count)
    var heap = HDF5TextHeap(UnsafeRawBufferPointer(start: pages.start, count: count))
    for piece in try pieces(of: array) {
      for offset in stride(from: piece.lowerBound, to: piece.upperBound, by: referenceBytes) {
        guard heap.isSound(referenceAt: offset) else {
          throw DatasetError(
            .damaged, file: file.path, object: array.path,
            "a text of it is not where the file says (reference at byte \(offset))",
            advice: "The file is damaged: copy or create it again")
        }
      }
    }
    withExtendedLifetime(pages) {}
  }

  private static func hasKnownAddresses(_ file: HDF5File) throws(DatasetError) -> Bool {
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
    return addressBytes == 8 && sizeBytes == 8 && userBlock == 0
  }

  /// The ranges of the file that hold the references; none where filters changed them.
  private static func pieces(of array: HDF5Array) throws(DatasetError) -> [Range<Int>] {
    let place = array.place
    let properties = try place.open(.properties, "reading its layout") {
      H5Dget_create_plist(array.objectID)
    }
    guard H5Pget_nfilters(properties.id) == 0 else { return [] }
    switch H5Pget_layout(properties.id) {
    case H5D_CONTIGUOUS:
      let offset = Int(clamping: H5Dget_offset(array.objectID))
      return [offset..<end(offset, array.rows * array.rowCount * referenceBytes)]
    case H5D_CHUNKED:
      let space = try place.open(.space, "reading its shape") { H5Dget_space(array.objectID) }
      var count: hsize_t = 0
      try place.call("counting its chunks") {
        H5Dget_num_chunks(array.objectID, space.id, &count)
      }
      return try (0..<count).map { index throws(DatasetError) in
        var start = [hsize_t](repeating: 0, count: array.shape.count)
        var (mask, address, size): (UInt32, haddr_t, hsize_t) = (0, 0, 0)
        try place.call("looking for its chunks") {
          H5Dget_chunk_info(
            array.objectID, space.id, index, &start, &mask, &address, &size)
        }
        return Int(clamping: address)..<end(Int(clamping: address), Int(clamping: size))
      }
    default: return []
    }
  }

  private static func end(_ start: Int, _ count: Int) -> Int {
    let (end, overflows) = start.addingReportingOverflow(count)
    return overflows ? .max : end
  }

  private mutating func isSound(referenceAt offset: Int) -> Bool {
    guard holds(Self.referenceBytes, at: offset) else { return false }
    let length = Int(number(UInt32.self, at: offset))
    let address = Int(clamping: number(UInt64.self, at: offset + 4))
    // An empty text has no place.
    if address == 0 { return true }
    guard let object = UInt16(exactly: number(UInt32.self, at: offset + 12)) else { return false }
    if collections[address] == nil { collections[address] = collection(at: address) ?? [:] }
    return collections[address]?[object] == length
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
