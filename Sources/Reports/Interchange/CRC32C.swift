package import Foundation

/// The checksum of TFRecord files: CRC-32C of Castagnoli, reflected polynomial 82F63B78.
package enum CRC32C {
  private static let table: [UInt32] = (0..<256).map { index in
    (0..<8).reduce(UInt32(index)) { value, _ in
      value & 1 == 1 ? 0x82F6_3B78 ^ value >> 1 : value >> 1
    }
  }

  package static func value(of data: Data) -> UInt32 {
    ~data.reduce(~0) { value, byte in
      table[Int((value ^ UInt32(byte)) & 0xFF)] ^ value >> 8
    }
  }

  /// Turned and shifted, so that a checksum of checksums is none of the simple ones.
  static func masked(of data: Data) -> UInt32 {
    let value = value(of: data)
    return (value >> 15 | value << 17) &+ 0xA282_EAD8
  }
}
