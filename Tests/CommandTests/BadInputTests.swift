import Datasets
import Foundation
import Store
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
    let isStoreEmpty =
      try !FileManager.default.fileExists(atPath: practice.storePath)
      || practice.states().isEmpty
    #expect(isStoreEmpty, "nothing ran", sourceLocation: sourceLocation)
    return ending.errors
  }

  @Test func `a misspelt key`() throws {
    let text = Practice.sweep.replacing("  embedding: 8", with: "  embeding: 8")
    let errors = try message(text, status: 64)
    #expect(
      errors == """
        error: practice.yaml:4:3: unknown setting 'embeding'
          4 |   embeding: 8
            |   ^
          did you mean 'embedding'?

        """)
  }

  @Test func `a value of the wrong type`() throws {
    let text = Practice.sweep.replacing("steps: 40", with: "steps: many")
    let errors = try message(text, status: 64)
    #expect(
      errors == """
        error: practice.yaml:6:10: steps cannot be 'many'
          6 |   steps: many
            |          ^
          allowed: a whole number from 1

        """)
  }

  @Test func `an empty axis`() throws {
    let text = Practice.sweep.replacing("[0.2, 0.4]", with: "[]")
    let errors = try message(text, status: 64)
    #expect(
      errors == """
        error: practice.yaml:10:6: the axis loss.margin is empty
          10 |   m: []
             |      ^
          allowed: at least one value; remove the axis to use the default

        """)
  }

  @Test func `a margin above alpha`() throws {
    let text = Practice.sweep.replacing("[0.2, 0.4]", with: "[0.2, 1.3]")
    let errors = try message(text, status: 64)
    #expect(
      errors == """
        error: practice.yaml:10:12: margin 1.3 is larger than alpha 1.2 (2 of 8 jobs)
          10 |   m: [0.2, 1.3]
             |            ^
          allowed: margin at most alpha; 'exclude: [margin > alpha]' leaves such jobs out

        """)
  }

  @Test func `everything that is wrong is said at once`() throws {
    let text = Practice.sweep.replacing("embedding: 8", with: "embeding: 8")
      .replacing("[0.2, 0.4]", with: "[]").replacing("seeds: 2", with: "seeds: none")
    let errors = try message(text, status: 64)
    #expect(
      errors == """
        error: practice.yaml:4:3: unknown setting 'embeding'
          4 |   embeding: 8
            |   ^
          did you mean 'embedding'?
        practice.yaml:10:6: the axis loss.margin is empty
          10 |   m: []
             |      ^
          allowed: at least one value; remove the axis to use the default
        practice.yaml:11:8: seeds cannot be 'none'
          11 | seeds: none
             |        ^
          allowed: a count from 1 (3 is 0, 1, 2), or a list of whole numbers from 0

        """)
  }

  @Test func `an unknown level`() throws {
    let text = Practice.sweep.replacing(
      "dataset: features.h5", with: "dataset: {path: features.h5, levels: [hihg]}")
    let errors = try message(text, status: 65)
    #expect(
      errors == """
        error: features.h5: there is no level hihg. Did you mean high? It has high.

        """)
  }

  @Test func `more classes in a batch than there are`() throws {
    let text = Practice.sweep.replacing("8x3", with: "30x3")
    let errors = try message(text, status: 65)
    #expect(
      errors == """
        error: features.h5: high: a batch 30x3 needs 30 training classes, but there are 16 after \
        4 are held out for validation. Lower P in batch, or dataset.validation.

        """)
  }

  @Test func `more components than the features have`() throws {
    let text = Practice.sweep.replacing(
      "dataset: features.h5", with: "dataset: {path: features.h5, preprocess: [{pca: 17}]}")
    let errors = try message(text, status: 65)
    #expect(
      errors == """
        error: features.h5: high: dataset.preprocess asks pca for 17 components, but 96 training \
        rows of 16 values have at most 16. Lower it.

        """)
  }

  @Test func `a feature file that is not there`() throws {
    let text = Practice.sweep.replacing("features.h5", with: "feature.h5")
    let errors = try message(text, status: 65)
    #expect(
      errors == """
        error: feature.h5: no such file. Check the path; relative paths start at the sweep file \
        or the current folder.

        """)
  }

  @Test func `a truncated feature file`() throws {
    let practice = try Practice()
    let whole = try Data(contentsOf: URL(fileURLWithPath: practice.folder.file("features.h5")))
    try whole.prefix(whole.count / 2).write(
      to: URL(fileURLWithPath: practice.folder.file("features.h5")))
    let errors = try message(Practice.sweep, status: 65, in: practice)
    #expect(
      errors == """
        error: features.h5: the file is truncated: \(whole.count / 2) of \(whole.count) bytes are \
        there. Copy or download it again.

        """)
  }

  @Test func `a row that is not a number`() throws {
    let practice = try Practice { values, _ in values[5 * 16 + 3] = .nan }
    let errors = try message(Practice.sweep, status: 65, in: practice)
    #expect(
      errors == """
        error: features.h5: /train/features/high, row 5: column 3 is nan, features must be \
        finite in float32. Repair or drop the row.

        """)
  }

  @Test func `a class in both splits`() throws {
    let practice = try Practice { _, labels in labels[7] = 22 }
    let errors = try message(Practice.sweep, status: 65, in: practice)
    #expect(
      errors == """
        error: features.h5: /test/labels, row 12: class 22 is in the test split and in the \
        training split (/train/labels, row 7). Keep each class whole in one split.

        """)
  }

  @Test func `a sweep file that is not there`() throws {
    let practice = try Practice()
    let ending = try practice.launch()
    #expect(ending.status == 64)
    #expect(ending.errors == "error: there is no sweep file practice.yaml\n")
  }

  @Test func `a store from a newer version`() throws {
    let practice = try Practice()
    try practice.write()
    #expect(try practice.launch("--set", "steps=1").status == 0)
    try practice.sqlite("PRAGMA user_version = 999")
    for arguments in [["launch", "practice.yaml"], ["status"]] {
      let ending = try BuiltProgram.sweep.run(
        arguments + ["--store", practice.storePath], in: practice.folder.path)
      #expect(ending.status == 74)
      #expect(
        ending.errors == """
          error: \(practice.storePath) was written by a newer rll-sweep (schema 999, this program \
          knows \(Schema.current.version)). Use that version, or name another store with --store

          """)
    }
  }

  @Test func `a store path that cannot be written`() throws {
    let practice = try Practice()
    try practice.write()
    let ending = try BuiltProgram.sweep.run(
      ["launch", "practice.yaml", "--store", "features.h5/store.sqlite"],
      in: practice.folder.path)
    #expect(ending.status == 74)
    #expect(
      ending.errors == """
        error: the store features.h5/store.sqlite cannot be written: its folder cannot be \
        created. Name another place with --store or RLL_STORE

        """)
  }

  @Test func `a store that is something else`() throws {
    let practice = try Practice()
    try practice.write()
    let ending = try BuiltProgram.sweep.run(
      ["launch", "practice.yaml", "--store", "features.h5"], in: practice.folder.path)
    #expect(ending.status == 74)
    #expect(
      ending.errors == """
        error: features.h5 is not an SQLite database. Name another file with --store

        """)
  }
}
