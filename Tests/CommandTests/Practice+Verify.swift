import Foundation
import Store
import TestSupport
import Testing

/// Practice sweeps that were launched, to be verified.
extension Practice {
  /// Two jobs of 30 steps.
  static let shortSweep = sweep.replacing("steps: 40", with: "steps: 30")
    .replacing("  alpha: [1.2, 1.4]\n", with: "").replacing("seeds: 2", with: "seeds: 1")

  static func launched(
    _ text: String = shortSweep, options: [String] = []
  ) throws -> Practice {
    let practice = try Practice()
    try practice.write(text)
    let ending = try BuiltProgram.sweep.run(
      ["launch", "practice.yaml", "--store", practice.storePath] + options,
      in: practice.folder.path)
    #expect(ending.status == 0, "\(ending.errors)")
    return practice
  }

  func verify(_ arguments: String...) throws -> BuiltProgram.Ending {
    try BuiltProgram.sweep.run(["verify", "--store", storePath] + arguments, in: folder.path)
  }

  func withStore<Result>(_ body: (ExperimentStore) throws -> Result) throws -> Result {
    let store = try ExperimentStore(path: storePath, access: .read)
    defer { #expect(throws: Never.self) { try store.close() } }
    return try body(store)
  }

  /// The ids of the runs of the sweep, in its order.
  func runs() throws -> [String] {
    try withStore { try $0.runs(.sweep("practice")).map(\.id) }
  }

  /// The JSON array that a program printed. Its numbers may be off in their last digit.
  static func objects(_ ending: BuiltProgram.Ending) throws -> [[String: Any]] {
    let value = try JSONSerialization.jsonObject(with: Data(ending.output.utf8))
    return try #require(value as? [[String: Any]])
  }
}
