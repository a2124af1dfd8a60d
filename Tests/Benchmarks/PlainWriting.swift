import Foundation

/// Bytes that are appended to a file and synced in equal parts: what the disk alone takes.
struct PlainWriting {
  let bytes: Int
  let times: Int
  let beside: String

  func seconds() throws -> Double {
    let path = beside + ".plain"
    guard FileManager.default.createFile(atPath: path, contents: nil),
      let file = FileHandle(forWritingAtPath: path)
    else { throw CocoaError(.fileWriteUnknown) }
    defer { unlink(path) }
    let part = Data(repeating: 0x5A, count: max(bytes / times, 1))
    let duration = try ContinuousClock().measure {
      for _ in 0..<times {
        try file.write(contentsOf: part)
        try file.synchronize()
      }
    }
    try file.close()
    return Double(duration.components.seconds) + Double(duration.components.attoseconds) * 1e-18
  }
}
