import Datasets
import Foundation
import TestSupport
import Testing

/// Each kind of wrong input with its whole message and exit code.
struct BadInputTests {
  private func message(
    _ text: String, status: Int32, in practice: Practice? = nil,
    sourceLocation: SourceLocation = #_sourceLocation
  ) throws -> String {
    let practice = try practice ?? Practice()
    try practice.write(text)
    let ending = try practice.launch()
    #expect(ending.status == status, "\(ending.errors)", sourceLocation: sourceLocation)
    #expect(ending.output.isEmpty, sourceLocation: sourceLocation)
    let isStoreEmpty = try !FileManager.default.fileExists(atPath: practice.storePath)
      || practice.states().isEmpty
    #expect(isStoreEmpty, "nothing ran", sourceLocation: sourceLocation)
    return ending.errors
  }

  @Test func `a misspelt key`() throws {
    let text = Practice.sweep.replacing("  embedding: 8", with: "  embeding: 8")
    #expect(
      try message(text, status: 64) == """
        error: practice.yaml:4:3: unknown
        """)
  }

  @Test func `a value of the wrong type`() throws {
    let text = Practice.sweep.replacing("steps: 40", with: "steps: many")
    #expect(try message(text, status: 64) == "")
  }

  @Test func `an empty axis`() throws {
    let text = Practice.sweep.replacing("[0.2, 0.4]", with: "[]")
    #expect(try message(text, status: 64) == "")
  }

  @Test func `a margin above alpha`() throws {
    let text = Practice.sweep.replacing("[0.2, 0.4]", with: "[0.2, 1.3]")
    #expect(try message(text, status: 64) == "")
  }

  @Test func `everything that is wrong is said at once`() throws {
    let text = Practice.sweep.replacing("embedding: 8", with: "embeding: 8")
      .replacing("[0.2, 0.4]", with: "[]").replacing("seeds: 2", with: "seeds: none")
    #expect(try message(text, status: 64) == "")
  }

  @Test func `an unknown level`() throws {
    let text = Practice.sweep.replacing(
      "dataset: features.h5", with: "dataset: {path: features.h5, levels: [hihg]}")
    #expect(try message(text, status: 65) == "")
  }

  @Test func `more classes in a batch than there are`() throws {
    let text = Practice.sweep.replacing("8x3", with: "30x3")
    #expect(try message(text, status: 65) == "")
  }

  @Test func `a feature file that is not there`() throws {
    let text = Practice.sweep.replacing("features.h5", with: "feature.h5")
    #expect(try message(text, status: 65) == "")
  }

  @Test func `a truncated feature file`() throws {
    let practice = try Practice()
    let whole = try Data(contentsOf: URL(fileURLWithPath: practice.folder.file("features.h5")))
    try whole.prefix(whole.count / 2).write(
      to: URL(fileURLWithPath: practice.folder.file("features.h5")))
    #expect(try message(Practice.sweep, status: 65, in: practice) == "")
  }

  @Test func `a row that is not a number`() throws {
    let practice = try Practice { values, _ in values[5 * 16 + 3] = .nan }
    #expect(try message(Practice.sweep, status: 65, in: practice) == "")
  }

  @Test func `a class in both splits`() throws {
    let practice = try Practice { _, labels in labels[7] = 22 }
    #expect(try message(Practice.sweep, status: 65, in: practice) == "")
  }

  @Test func `a sweep file that is not there`() throws {
    let practice = try Practice()
    let ending = try practice.launch()
    #expect(ending.status == 64)
    #expect(ending.errors == "error: there is no sweep file practice.yaml\n")
  }
}
