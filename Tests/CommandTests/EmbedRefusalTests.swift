import Datasets
import Foundation
import Store
import TestSupport
import Testing

/// What `embed` refuses, with its whole message and exit code.
struct EmbedRefusalTests {
  private static func refusal(
    _ practice: Practice, _ arguments: String..., status: Int32, output: String = "out.h5",
    sourceLocation: SourceLocation = #_sourceLocation
  ) throws -> String {
    let before = try FileManager.default.contentsOfDirectory(atPath: practice.folder.path).sorted()
    let ending = try BuiltProgram.sweep.run(
      ["embed", "--store", practice.storePath] + arguments + ["-o", output],
      in: practice.folder.path)
    #expect(ending.status == status, "\(ending.errors)", sourceLocation: sourceLocation)
    #expect(ending.output.isEmpty, sourceLocation: sourceLocation)
    let after = try FileManager.default.contentsOfDirectory(atPath: practice.folder.path).sorted()
    #expect(after == before, "nothing is left behind", sourceLocation: sourceLocation)
    return ending.errors
  }

  @Test func `a run that there is not`() throws {
    let practice = try Practice.launched()
    let newest = try practice.runs().reversed().joined(separator: ", ")
    let errors = try Self.refusal(practice, "ffffffff", "features.h5", status: 64)
    #expect(
      errors == """
        error: there is no run 'ffffffff'. The newest are \(newest); a name is exact, 'latest', or \
        four letters or more of an id

        """)
  }

  @Test func `a run without the weights that are asked for`() throws {
    let practice = try Practice.launched(options: ["--set", "checkpoint.keep=[last]"])
    let runs = try practice.runs()
    let start = "error: the run \(runs[0]) has no best weights in the store: "
    #expect(
      try Self.refusal(practice, runs[0], "features.h5", status: 64)
        == start + "it kept last only. Give --checkpoint last\n")
    try practice.sqlite("DELETE FROM checkpoint")
    #expect(
      try Self.refusal(practice, runs[0], "features.h5", status: 64)
        == start + "it kept none, as its checkpoint.keep says. Run it again with checkpoint.keep: "
        + "[best, last]\n")
    try practice.sqlite("UPDATE run SET state = 'interrupted' WHERE id = '\(runs[0])'")
    #expect(
      try Self.refusal(practice, runs[0], "features.h5", status: 64)
        == start + "it is interrupted, and only a completed run has weights. Launch practice again "
        + "to complete it\n")
  }

  @Test func `weights that were changed in the store`() throws {
    let practice = try Practice.launched()
    let run = try practice.runs()[0]
    try practice.sqlite("UPDATE blobChunk SET content = CAST(content || x'00' AS BLOB)")
    #expect(
      try Self.refusal(practice, run, "features.h5", status: 74) == """
        error: the best weights of run \(run) are not what they were when they were stored. Restore \
        a backup of \(practice.storePath), or run the job again

        """)
  }

  @Test func `features of other levels or dimensions`() throws {
    let practice = try Practice.launched()
    let run = try practice.runs()[0]
    let rows = [("low", 16), ("high", 3)].map { name, dimension in
      FeatureFileWriter.LevelValues(
        name: name, dimension: dimension,
        values: [Float](repeating: 1, count: 4 * dimension))
    }
    for (name, levels, there) in [
      ("narrow", rows, "high of 3 values, low of 16 values"),
      ("other", [rows[0]], "low of 16 values"),
    ] {
      try FeatureFileWriter().writeGrouped(
        train: .init(labels: [1, 1, 2, 2], levels: levels),
        test: .init(labels: [3, 3, 4, 4], levels: levels), to: practice.folder.file("\(name).h5"))
      let errors = try Self.refusal(practice, run, "\(name).h5", status: 65)
      #expect(
        errors.replacing(
          "low of 16 values, high of 3 values", with: "high of 3 values, low of 16 values")
            == """
            error: \(name).h5: the run \(run) was trained on the level high of 16 values; the file \
            has \(there). Give features of the network that the run was trained on, under these names

            """)
    }
    #expect(
      try Self.refusal(practice, run, "nowhere.h5", status: 65) == """
        error: nowhere.h5: no such file. Check the path; relative paths start at the sweep file or \
        the current folder.

        """)
  }

  @Test func `an output that is there, or is the input, or cannot be written`() throws {
    let practice = try Practice.launched()
    let run = try practice.runs()[0]
    try practice.write("mine", to: "out.h5")
    let there = try Self.refusal(practice, run, "features.h5", status: 64)
    #expect(there.hasPrefix("error: out.h5 is already there; --force replaces it\n"), "\(there)")
    #expect(try String(contentsOfFile: practice.folder.file("out.h5"), encoding: .utf8) == "mine")
    let same = try Self.refusal(
      practice, run, "features.h5", "--force", status: 64, output: "./features.h5")
    #expect(
      same.hasPrefix("error: ./features.h5 is a file that is read; name another one to write\n"),
      "\(same)")
    #expect(
      try Self.refusal(practice, run, "features.h5", status: 74, output: "nowhere/out.h5") == """
        error: nowhere/out.h5: creating the file failed (No such file or directory). Check the free \
        space and the permissions of its folder.

        """)
    let kind = try Self.refusal(
      practice, run, "features.h5", "--checkpoint", "first", status: 64, output: "new.h5")
    #expect(kind.hasPrefix("error: The value 'first' is invalid for '--checkpoint <checkpoint>'"))
  }

  @Test func `a row that the model gives no direction`() throws {
    // All that is left of the features is their mean, which is taken away.
    let practice = try Practice()
    try practice.write(
      Practice.shortSweep.replacing(
        "dataset: features.h5", with: "dataset: {path: features.h5, preprocess: [center]}"))
    #expect(try practice.launch().status == 0)
    let run = try practice.runs()[0]
    let content = try practice.withStore { try $0.checkpoint(of: run, kind: .best) }
    // The mean is the first tensor of the file: 16 values behind the header.
    let bytes = try #require(content)
    let header = bytes.prefix(8).reversed().reduce(0) { $0 << 8 | Int($1) }
    let mean = bytes.dropFirst(8 + header).prefix(64)
    let row = (0..<16).map { column in
      let place = mean.startIndex + 4 * column
      let bits = mean[place..<place + 4].reversed().reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
      return Float(bitPattern: bits)
    }
    let other = (0..<16).map { Float($0) }
    try FeatureFileWriter().writeGrouped(
      train: .init(
        labels: [1, 1], levels: [.init(name: "high", dimension: 16, values: other + other)]),
      test: .init(
        labels: [2, 2], levels: [.init(name: "high", dimension: 16, values: other + row)]),
      to: practice.folder.file("mean.h5"))
    #expect(
      try Self.refusal(practice, run, "mean.h5", status: 1) == """
        error: mean.h5: the model of run \(run) gives row 1 of the test rows no direction: all \
        values of its embedding are 0 or nearly so

        """)
  }
}
