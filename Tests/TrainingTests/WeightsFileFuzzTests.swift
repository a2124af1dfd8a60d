import Foundation
import TestSupport
import Testing
import Training

/// Damaged weights: whatever the bytes, they are read as what they say or refused.
struct WeightsFileFuzzTests {
  private static let original = WeightsFile(
    tensors: [
      .init(name: "embedding.weight", shape: [3, 2], values: [1, 2, 3, -4, 0.5, 1e-9]),
      .init(name: "loss.beta", shape: [1], values: [1.2]),
      .init(name: "none", shape: [0], values: []),
    ],
    metadata: ["levels": "[\"high\"]", "schema": "1"])

  private static let tokens = [
    "{", "}", "[", "]", ",", ":", "\"", "\\u0000", "\\ud800", "null", "true", "-1", "0", "1e400",
    "4611686018427387904", "9223372036854775807", "18446744073709551616", "[4611686018427387904,4]",
    "[2305843009213693952]", "[-1,-24]", "\"shape\":", "\"data_offsets\":[0,0]", "\"F32\"",
    "\"F16\"",
    "\"__metadata__\":", "[[[[[[[[[[[[[[[[",
  ]

  @Test(.timeLimit(.minutes(60)))
  func `damaged weights are read or refused, and never end the program`() {
    let run = FuzzRun("WeightsFileFuzzTests", usually: 2_000)
    let sound = [UInt8](Self.original.content)
    var refused = 0
    for input in run.inputs {
      var generator = run.generator(of: input)
      var bytes = sound
      ByteDamage.damage(&bytes, tokens: Self.tokens, using: &generator)
      if Bool.random(using: &generator), bytes.count >= 8 {
        // A length that fits lets the damage through to what reads the header.
        let length = UInt64(Int.random(in: 0...bytes.count - 8, using: &generator))
        let end = bytes.lastIndex(of: UInt8(ascii: "}")).map { UInt64(max(0, $0 - 7)) } ?? length
        withUnsafeBytes(of: (Bool.random(using: &generator) ? end : length).littleEndian) {
          bytes.replaceSubrange(0..<8, with: $0)
        }
      }
      do throws(TrainingError) {
        let file = try WeightsFile(content: Data(bytes))
        for tensor in file.tensors {
          #expect(tensor.values.count == tensor.shape.reduce(1, *), "\(run.place(of: input))")
        }
      } catch {
        refused += 1
        guard case .badWeights = error.code else {
          Issue.record("\(run.place(of: input)): \(error)")
          continue
        }
      }
    }
    #expect(refused > run.inputs.count / 2 && refused < run.inputs.count, "\(refused) refused")
  }

  @Test(arguments: [
    "[4611686018427387904,4]", "[2305843009213693952]", "[-2,-3]", "[1152921504606846977,16]",
  ])
  func `a shape that no memory holds does not fit the file`(shape: String) throws {
    let header = #"{"w":{"dtype":"F32","shape":\#(shape),"data_offsets":[0,0]}}"#
    var content = withUnsafeBytes(of: UInt64(header.utf8.count).littleEndian) { Data($0) }
    content += Data(header.utf8)
    let error = try #require(throws: TrainingError.self) { try WeightsFile(content: content) }
    #expect(
      error.description == "the weights cannot be read: tensor w does not fit the file")
  }
}
