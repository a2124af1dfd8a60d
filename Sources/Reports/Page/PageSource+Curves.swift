import Foundation
import Store
import Sweeps

extension PageSource {
  /// Histories as little-endian single-precision numbers in base64, one run after the other; equal
  /// sequences of steps are kept once.
  var curves: JSONValue {
    let places = Dictionary(uniqueKeysWithValues: runs.enumerated().map { ($1.id, $0) })
    var sequences: [[Int]] = []
    var numbers: [[Int]: Int] = [:]
    let measures = histories.map { measure, histories -> JSONValue in
      var bytes = Data()
      var steps: [Int] = []
      for history in histories {
        let number = numbers[history.steps] ?? sequences.count
        if number == sequences.count {
          sequences.append(history.steps)
          numbers[history.steps] = number
        }
        steps.append(number)
        for value in history.values {
          withUnsafeBytes(of: Float(value).bitPattern.littleEndian) { bytes.append(contentsOf: $0) }
        }
      }
      return [
        "name": .string(measure), "format": .string(PageColumn.format(of: measure)),
        "runs": .array(histories.map { JSONValue(places[$0.runID]) }),
        "steps": .array(steps.map(JSONValue.integer)),
        "values": .string(bytes.base64EncodedString()),
      ]
    }
    return [
      "measures": .array(measures),
      "steps": .array(sequences.map { .array($0.map(JSONValue.integer)) }),
      "left_out": .array(leftOut.map(JSONValue.string)),
    ]
  }
}
