import Foundation
import Testing
import Training

struct WeightsFileTests {
  private static let file = WeightsFile(
    tensors: [
      .init(name: "embedding.weight", shape: [2, 3], values: [1, -2, .infinity, 0, 1e-30, 5]),
      .init(name: "preprocess.mean", shape: [3], values: [0.25, 0, -1]),
      .init(name: "none", shape: [0], values: []),
    ], metadata: ["step": "50", "preprocess": "[\"l2\"]"])

  @Test func `what is written is read again`() throws {
    #expect(try WeightsFile(content: Self.file.content) == Self.file)
    // A part of a larger buffer has indices of its own.
    let larger = Data([1, 2, 3]) + Self.file.content
    #expect(try WeightsFile(content: larger.dropFirst(3)) == Self.file)
  }

  @Test func `a file cut anywhere is refused`() {
    let content = Self.file.content
    for length in 0..<content.count {
      #expect(throws: TrainingError.self) { try WeightsFile(content: content.prefix(length)) }
    }
  }

  @Test(arguments: [
    ("\"F32\"", "\"F64\""), ("[0,24]", "[0,28]"), ("[0,24]", "[-4,20]"), ("[2,3]", "[-2,-3]"),
    ("[2,3]", "[9,9]"), ("\"shape\"", "\"shade\""),
  ])
  func `a header that does not fit its values is refused`(part: String, other: String) {
    var content = Self.file.content
    let header = String(decoding: content.dropFirst(8), as: UTF8.self)
    guard let range = content.firstRange(of: Data(part.utf8)) else {
      Issue.record("\(part) is not in \(header.prefix(200))")
      return
    }
    // Keeps the length by taking the difference from the padding or adding to it.
    content.replaceSubrange(range, with: Data(other.utf8))
    let longer = other.utf8.count - part.utf8.count
    let length = content.prefix(8).reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
    withUnsafeBytes(of: UInt64(Int(length) + longer).littleEndian) {
      content.replaceSubrange(0..<8, with: $0)
    }
    #expect(throws: TrainingError.self) { try WeightsFile(content: content) }
  }
}
