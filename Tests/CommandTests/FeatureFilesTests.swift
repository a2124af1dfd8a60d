import Datasets
import Foundation
import Store
import Sweeps
import TestSupport
import Testing

/// One set in several forms, from outside: the same jobs and figures, and what is refused.
struct FeatureFilesTests {
  private static let sweep = """
    name: forms
    base:
      dataset: features.h5
      embedding: 8
      batch: 8x3
      steps: 3
      evaluation: {every: 1}

    """

  private static func values(_ split: String, of practice: Practice) throws -> [Float] {
    try HDF5File(path: practice.folder.file("features.h5")).array("/\(split)/features/high")
      .doubles().map { Float($0) }
  }

  /// The set of `features.h5`, also as two files, as three shards, with labels of text in one
  /// flat file, and with names of images in place of labels.
  private static func practice() throws -> Practice {
    let practice = try Practice()
    let data = try FeatureFile(path: practice.folder.file("features.h5")).load()
    func write(_ name: String, _ body: (HDF5Writer) throws -> Void) throws {
      let writer = try HDF5Writer(path: practice.folder.file(name))
      try body(writer)
      try writer.finish()
    }
    let values = try (
      train: Self.values("train", of: practice), test: Self.values("test", of: practice)
    )
    func group(
      _ path: String, _ split: FeatureFile.Split, _ rows: Range<Int>, _ writer: HDF5Writer
    ) throws {
      let vectors = split == .train ? data.train : data.test
      let values = split == .train ? values.train : values.test
      let columns = vectors.storage.columns
      if !path.isEmpty { try writer.group(path) }
      try writer.group("\(path)/features")
      try writer.write(
        floats: Array(values[rows.lowerBound * columns..<rows.upperBound * columns]),
        shape: [rows.count, columns], to: "\(path)/features/high")
      try writer.write(
        integers: Array(vectors.labels[rows]), shape: [rows.count], to: "\(path)/labels")
    }
    let (train, test) = (data.train, data.test)
    try write("train.h5") { try group("", .train, 0..<train.count, $0) }
    try write("test.h5") { try group("", .test, 0..<test.count, $0) }
    try write("1.h5") { try group("/train", .train, 0..<50, $0) }
    try write("2.h5") {
      try group("/train", .train, 50..<train.count, $0)
      try group("/test", .test, 0..<7, $0)
    }
    try write("3.h5") { try group("/test", .test, 7..<test.count, $0) }
    let labels = train.labels + test.labels
    let names = labels.map { "g\($0 % 4)/\($0 < 10 ? "0" : "")\($0)" }
    for (name, object, texts) in [
      ("text.h5", "labels", names), ("names.h5", "files", names.map { $0 + "/x.png" }),
    ] {
      try write(name) {
        try $0.group("/features")
        try $0.write(
          floats: values.train + values.test, shape: [labels.count, train.storage.columns],
          to: "/features/high")
        try $0.write(texts: texts, to: "/\(object)")
        try $0.write(
          integers: labels.map { $0 < 20 ? 0 : 1 }, shape: [labels.count], to: "/split")
      }
    }
    return practice
  }

  private static func launch(_ practice: Practice, _ dataset: String) throws -> [String: Any] {
    try practice.write(sweep.replacing("features.h5", with: dataset))
    let ending = try practice.launch("--json")
    #expect(ending.status == 0, "\(ending.errors)")
    let object = try JSONSerialization.jsonObject(with: Data(ending.output.utf8))
    return try #require(object as? [String: Any])
  }

  @Test func `one file, two files and shards are one job, and each of them runs`() throws {
    let forms = [
      "features.h5", "{train: train.h5, test: test.h5}", "{paths: [1.h5, 2.h5, 3.h5]}",
    ]
    var bits: Set<[String: RunBits]> = []
    for form in forms {
      let practice = try Self.practice()
      #expect(try Self.launch(practice, form)["completed"] as? Int == 1)
      bits.insert(try practice.bits())
      for other in forms {
        #expect(try Self.launch(practice, other)["skipped"] as? Int == 1, "\(form), \(other)")
      }
    }
    #expect(bits.count == 1)
  }

  @Test func `a run keeps absolute paths and where they were given`() throws {
    let practice = try Self.practice()
    _ = try Self.launch(practice, "{paths: [1.h5, 2.h5, 3.h5]}")
    let store = try ExperimentStore(path: practice.storePath, access: .read)
    defer { try? store.close() }
    let run = try #require(try store.runs().first)
    let folder = URL(fileURLWithPath: practice.folder.file("")).standardizedFileURL.path
    #expect(
      run.settings["dataset.paths"]
        == .list(["1.h5", "2.h5", "3.h5"].map { .text("\(folder)/\($0)") }))
    #expect(run.settings["dataset.path"] == nil)
  }

  @Test func `labels of text and from names give one job, and the measures of numbers`() throws {
    let practice = try Self.practice()
    _ = try Self.launch(practice, "text.h5")
    let named =
      "{path: names.h5, labels: {from: files, pattern: '^(.+)/x'}}"
    #expect(try Self.launch(practice, named)["skipped"] as? Int == 1)
    let text = try practice.bits().values.first?.metrics
    let numbers = try Self.practice()
    _ = try Self.launch(numbers, "{path: text.h5, labels: {from: labels, pattern: '/(.+)$'}}")
    #expect(try numbers.bits().values.first?.metrics.keys == text?.keys)
  }

  @Test func `classes are held out in groups by names in the labels, or beside them`() throws {
    let practice = try Self.practice()
    let grouped = "{path: text.h5, validation: {groups: 1, group_by: '^([^/]+)/'}}"
    #expect(try Self.launch(practice, grouped)["completed"] as? Int == 1)

    let file = try FeatureFile(path: practice.folder.file("features.h5"))
    let data = try file.load()
    func write(_ names: [String]) throws {
      var writer = FeatureFileWriter()
      writer.classNames = names
      func rows(_ split: String, _ vectors: LabeledVectors) throws -> FeatureFileWriter.Rows {
        .init(
          labels: vectors.labels,
          levels: [
            .init(
              name: "high", dimension: vectors.storage.columns,
              values: try Self.values(split, of: practice))
          ])
      }
      try writer.writeGrouped(
        train: rows("train", data.train), test: rows("test", data.test),
        to: practice.folder.file("named.h5"))
    }
    try write((0..<30).map { "g\($0 % 4)/\($0)" })
    let named = "{path: named.h5, validation: {groups: 1, group_by: '^([^/]+)/'}}"
    #expect(try Self.launch(practice, named)["completed"] as? Int == 1)
    #expect(try Self.launch(practice, named)["skipped"] as? Int == 1)
    // Other names are other groups, and so another job.
    try write((0..<30).map { "g\($0 % 5)/\($0)" })
    #expect(try Self.launch(practice, named)["completed"] as? Int == 1)
    let store = try ExperimentStore(path: practice.storePath, access: .read)
    defer { try? store.close() }
    let forms = try store.runs().compactMap { $0.settings["dataset.validation"]?.mapping }
    #expect(forms.count == 3)
    #expect(Set(forms.map { $0["class_names"] }).count == 3)
    // A job looks at the names again.
    let second = try store.runs().first {
      $0.settings["dataset.path"]?.text?.hasSuffix("named.h5") == true
        && $0.settings["dataset.validation"]?.mapping?["class_names"] == forms[1]["class_names"]
    }
    let ending = try practice.verify(#require(second).id)
    #expect(ending.status == 2)
    let path = try #require(second?.settings["dataset.path"]?.text)
    #expect(
      ending.output.contains(
        "failed (\(path) no longer has the names of classes that this job was planned with. "
          + "Launch again to use the new ones) now."), "\(ending.output)\(ending.errors)")
  }

  // MARK: Verifying

  @Test func `files that moved are found by their content, in their order or joined`() throws {
    for (form, names) in [
      ("{train: train.h5, test: test.h5}", ["train.h5", "test.h5"]),
      ("{paths: [1.h5, 2.h5, 3.h5]}", ["1.h5", "2.h5", "3.h5"]),
    ] {
      let fresh = try Self.practice()
      _ = try Self.launch(fresh, form)
      let run = try fresh.withStore { try #require(try $0.runs().first).id }
      #expect(try fresh.verify(run).status == 0, "\(form)")
      for name in names {
        try FileManager.default.moveItem(
          atPath: fresh.folder.file(name), toPath: fresh.folder.file("moved-\(name)"))
      }
      #expect(try fresh.verify(run).status == 65, "\(form)")
      let moved = names.map { "moved-\($0)" }
      for data in [moved, ["features.h5"]] {
        let ending = try BuiltProgram.sweep.run(
          ["verify", run, "--store", fresh.storePath, "--data"] + data, in: fresh.folder.path)
        #expect(ending.status == 0, "\(form), \(data): \(ending.errors)")
      }
    }
  }

  // MARK: Describing and evaluating

  private static func json(_ arguments: [String], in practice: Practice) throws -> Any {
    let ending = try BuiltProgram.sweep.run(
      ["data"] + arguments + ["--json"], in: practice.folder.path)
    #expect(ending.status == 0, "\(ending.errors)")
    return try JSONSerialization.jsonObject(with: Data(ending.output.utf8))
  }

  @Test func `describe and evaluate take two files, shards and several sets`() throws {
    let practice = try Self.practice()
    let whole = try #require(
      try Self.json(["describe", "features.h5"], in: practice) as? [String: Any])
    #expect(whole["files"] as? [String] == ["features.h5"])
    for (form, files, mapped) in [
      (["train.h5", "--test", "test.h5"], ["train.h5", "test.h5"], true),
      (["--shards", "1.h5", "2.h5", "3.h5"], ["1.h5", "2.h5", "3.h5"], false),
    ] {
      let set = try #require(
        try Self.json(["describe"] + form, in: practice) as? [String: Any])
      #expect(set["digest"] as? String == whole["digest"] as? String)
      #expect(set["files"] as? [String] == files)
      #expect(set["file"] as? String == files.joined(separator: ", "))
      let levels = try #require(set["levels"] as? [[String: Any]])
      #expect(levels.first?["mapped"] as? Bool == mapped)
      #expect(levels.first?["memory_bytes"] as? Int == (mapped ? 0 : 180 * 16 * 4))
      let figures = try #require(
        try Self.json(["evaluate"] + form, in: practice) as? [String: Any])
      let expected = try #require(
        try Self.json(["evaluate", "features.h5"], in: practice) as? [String: Any])
      #expect(figures["levels"] as? NSArray == expected["levels"] as? NSArray)
    }
    let two = try #require(
      try Self.json(["describe", "features.h5", "text.h5"], in: practice) as? [[String: Any]])
    #expect(two.map { $0["file"] as? String } == ["features.h5", "text.h5"])
    #expect(two[0]["digest"] as? String == whole["digest"] as? String)
  }

  @Test func `a description says what is read into memory`() throws {
    let practice = try Self.practice()
    let ending = try practice.sweep("data", "describe", "--shards", "1.h5", "2.h5", "3.h5")
    #expect(
      ending.output.contains(
        "Each worker reads high (11.2 KiB) into memory; one contiguous float32 dataset for each "
          + "split would be mapped and shared.\n"), "\(ending.output)")
    let mapped = try practice.sweep("data", "describe", "train.h5", "--test", "test.h5")
    #expect(!mapped.output.contains("into memory"), "\(mapped.output)")
  }

  @Test func `a listing of several sets names the file of each row`() throws {
    let practice = try Self.practice()
    let ending = try practice.sweep(
      "data", "describe", "features.h5", "text.h5", "--format", "csv")
    let lines = ending.output.split(separator: "\n").map(String.init)
    #expect(lines.first == "file,level,dimension,type,mapped,digest")
    #expect(lines.dropFirst().map { $0.prefix { $0 != "," } } == ["features.h5", "text.h5"])
  }

  @Test func `how a file is read is said as in a sweep`() throws {
    let practice = try Self.practice()
    let set = try #require(
      try Self.json(
        [
          "describe", "names.h5", "--set", "labels={from: files, pattern: '^(g.)/'}", "--set",
          "split={classes: 1}",
        ], in: practice) as? [String: Any])
    let splits = try #require(set["splits"] as? [[String: Any]])
    #expect(splits.map { $0["classes"] as? Int } == [1, 3])
  }

  @Test(arguments: [
    (
      ["describe", "1.h5", "2.h5", "--test", "3.h5"],
      "--test goes with one file, which has the training rows"
    ),
    (
      ["evaluate", "1.h5", "--shards", "--test", "3.h5"],
      "--test goes with one file, which has the training rows"
    ),
    (
      ["describe", "1.h5", "--set", "steps=3"],
      "--set steps does not say how a feature file is read; keys, labels and split do"
    ),
  ])
  func `options that mean nothing together are refused`(
    arguments: [String], message: String
  ) throws {
    let ending = try BuiltProgram.sweep.run(["data"] + arguments, in: "/tmp")
    #expect(ending.status == 64)
    #expect(ending.errors.hasPrefix("error: \(message)\n"), "\(ending.errors)")
  }

  @Test func `what is wrong with a shard is said before anything runs`() throws {
    let practice = try Self.practice()
    try practice.write(Self.sweep.replacing("features.h5", with: "{paths: [1.h5, text.h5]}"))
    let ending = try practice.launch()
    #expect(ending.status == 65)
    #expect(
      ending.errors == """
        error: 1.h5: /train/features: these rows are of one split, but those of text.h5 are of \
        both. Lay all files of a set out alike.

        """)
  }

  @Test func `one of two files is a wrong sweep file`() throws {
    let practice = try Self.practice()
    try practice.write(Self.sweep.replacing("features.h5", with: "{test: test.h5}"))
    let ending = try practice.launch()
    #expect(ending.status == 64)
    #expect(
      ending.errors == """
        error: practice.yaml:3:19: dataset.test is given without dataset.train
          3 |   dataset: {test: test.h5}
            |                   ^
          allowed: train with test, or one of path and paths

        """)
  }
}
