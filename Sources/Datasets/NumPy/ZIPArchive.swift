package import Foundation

/// Files in one ZIP archive, stored without compression, as a `.npz` file is.
///
/// Entries above 4 GiB need the form's 64-bit fields and are refused.
/// Source of the form: APPNOTE.TXT 6.3.9 of PKWARE, sections 4.3 and 4.4.
package struct ZIPArchive: Sendable {
  private static let version: UInt16 = 20
  /// Names are UTF-8.
  private static let flags: UInt16 = 1 << 11
  /// 1 January 1980, the earliest date that the form has: equal files make equal archives.
  private static let date: UInt16 = 1 << 5 | 1

  private var content = Data()
  private var directory = Data()
  private var count: UInt16 = 0

  package init() {}

  /// Adds a file; false where the form cannot hold it.
  package mutating func add(_ name: String, _ file: Data) -> Bool {
    guard count < .max, let size = UInt32(exactly: file.count),
      let start = UInt32(exactly: content.count), UInt32(exactly: content.count + file.count) != nil
    else { return false }
    var common = Data()
    common.append(littleEndian: Self.flags)
    common.append(littleEndian: 0 as UInt16)  // stored
    common.append(littleEndian: 0 as UInt16)  // midnight
    common.append(littleEndian: Self.date)
    common.append(littleEndian: CRC32.value(of: file))
    common.append(littleEndian: size)
    common.append(littleEndian: size)
    common.append(littleEndian: UInt16(name.utf8.count))
    common.append(littleEndian: 0 as UInt16)  // no extra field

    content.append(littleEndian: 0x0403_4B50 as UInt32)
    content.append(littleEndian: Self.version)
    content.append(common)
    content.append(contentsOf: name.utf8)
    content.append(file)

    directory.append(littleEndian: 0x0201_4B50 as UInt32)
    directory.append(littleEndian: Self.version)
    directory.append(littleEndian: Self.version)
    directory.append(common)
    // No comment, the first disk, no attributes.
    directory.append(Data(count: 2 + 2 + 2 + 4))
    directory.append(littleEndian: start)
    directory.append(contentsOf: name.utf8)
    count += 1
    return true
  }

  /// The whole archive; nil where the form cannot hold it.
  package var archive: Data? {
    guard let start = UInt32(exactly: content.count), let size = UInt32(exactly: directory.count)
    else { return nil }
    var archive = content
    archive.append(directory)
    archive.append(littleEndian: 0x0605_4B50 as UInt32)
    archive.append(Data(count: 4))
    archive.append(littleEndian: count)
    archive.append(littleEndian: count)
    archive.append(littleEndian: size)
    archive.append(littleEndian: start)
    archive.append(Data(count: 2))
    return archive
  }
}

extension Data {
  fileprivate mutating func append(littleEndian value: some FixedWidthInteger) {
    Swift.withUnsafeBytes(of: value.littleEndian) { append(contentsOf: $0) }
  }
}
