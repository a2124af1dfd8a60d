import Datasets
import Testing

/// Labels that are texts, or a part of texts.
struct TextLabelTests {
  private static let values = (1...8).map { Float($0) }
  private static let texts = ["owl", "jay", "tit", "ant"]

  private static func write(
    _ set: SetFixture, _ name: String = "set.h5", labels: (HDF5Writer) throws -> Void
  ) throws {
    try set.write(name) {
      try $0.write(floats: values, shape: [4, 2], to: "/features")
      try $0.write(integers: [0, 0, 1, 1], shape: [4], to: "/split")
      try labels($0)
    }
  }

  /// Fixed texts of 5 bytes, texts of any length in one piece, or in chunks.
  private static func set(_ form: String, shape: [Int] = [4]) throws -> SetFixture {
    let set = try SetFixture()
    try write(set) { _ in }
    let file = try OddFile(path: set.path("set.h5"))
    switch form {
    case "fixed":
      try file.addFixedTexts("/labels", texts.map { Array($0.utf8) }, shape: shape, bytes: 5)
    case "chunked": try file.addTexts("/labels", texts, chunk: 3)
    default: try file.addTexts("/labels", texts, chunk: nil)
    }
    return set
  }

  @Test(arguments: ["fixed", "variable", "chunked"])
  func `texts are classes in the order of their bytes`(form: String) throws {
    let set = try Self.set(form)
    let file = try set.open(.one("set.h5"))
    #expect(file.classTexts == ["ant", "jay", "owl", "tit"])
    let data = try file.load()
    #expect(data.train.labels == [2, 1] && data.test.labels == [3, 0])
    #expect(data.train.classNumbers == [1, 0])
  }

  @Test func `a column of texts and every way to store them have one digest, numbers another`()
    throws
  {
    let digests = try ["fixed", "variable", "chunked"].map { form in
      try Self.set(form).digest(.one("set.h5"))
    }
    #expect(Set(digests).count == 1)
    #expect(try Self.set("fixed", shape: [4, 1]).digest(.one("set.h5")) == digests[0])
    let numbers = try SetFixture()
    try Self.write(numbers) { try $0.write(integers: [2, 1, 3, 0], shape: [4], to: "/labels") }
    #expect(try numbers.digest(.one("set.h5")) != digests[0])
    let other = try SetFixture()
    try Self.write(other) { try $0.write(texts: ["owl", "jay", "tit", "asp"], to: "/labels") }
    #expect(try other.digest(.one("set.h5")) != digests[0])
  }

  @Test func `every file of a set numbers classes alike`() throws {
    let set = try SetFixture()
    try set.write("train.h5") {
      try $0.write(floats: [1, 2, 3, 4], shape: [2, 2], to: "/features")
      try $0.write(texts: ["owl", "jay"], to: "/labels")
    }
    try set.write("test.h5") {
      try $0.write(floats: [5, 6, 7, 8], shape: [2, 2], to: "/features")
      try $0.write(texts: ["tit", "ant"], to: "/labels")
    }
    let data = try set.open(.split(train: "train.h5", test: "test.h5")).load()
    #expect(data.train.labels == [2, 1] && data.test.labels == [3, 0])
  }

  @Test func `messages and problems name classes by their texts`() throws {
    let set = try SetFixture()
    try Self.write(set) { try $0.write(texts: ["owl", "jay", "tit", "jay"], to: "/labels") }
    #expect(
      set.message(.one("set.h5"))
        == "DIR/set.h5: /labels, row 3: class jay is in the test split and in the training split "
        + "(/labels, row 1). Keep each class whole in one split.")
    let problems = try FeatureFileDescription(of: set.open(.one("set.h5"))).problems
    #expect(
      problems == [
        "1 class in both splits: jay", "train: 2 classes with one row: jay, owl",
        "test: 2 classes with one row: jay, tit",
      ])
  }

  @Test func `a label without letters, and one that is no UTF-8`() throws {
    let set = try SetFixture()
    try Self.write(set) { try $0.write(texts: ["owl", "", "tit", "ant"], to: "/labels") }
    #expect(
      set.message(.one("set.h5"))
        == "DIR/set.h5: /labels, row 1: the label is an empty text. Give each row a label.")
    try Self.write(set) { _ in }
    try OddFile(path: set.path("set.h5")).addFixedTexts(
      "/labels", [[111], [112], [0xe9, 112], [113]], shape: [4], bytes: 2)
    #expect(
      set.message(.one("set.h5"))
        == "DIR/set.h5: /labels, row 2: the label '\u{fffd}p' is not UTF-8. "
        + "Write texts in UTF-8.")
  }

  @Test func `a table of texts`() throws {
    #expect(
      try Self.set("fixed", shape: [2, 2]).message(.one("set.h5"))
        == "DIR/set.h5: /labels: its shape is [2, 2], labels must be [rows] or [rows, 1]. "
        + "Write one value for each row.")
  }

  // MARK: Labels from a pattern

  private static let names = ["owl/1.png", "jay/1.png", "tit/7.png", "ant/2.png"]

  private static func fromNames(
    _ pattern: String = "^([^/]+)/", object: String = "image_names"
  ) -> (inout FeatureSource) -> Void {
    { $0.labelPattern = .init(object: object, pattern: pattern) }
  }

  @Test func `labels are taken from names of images and are those texts`() throws {
    let set = try SetFixture()
    // Labels that the file has besides are not asked.
    try Self.write(set) {
      try $0.write(texts: Self.names, to: "/image_names")
      try $0.write(integers: [1, 1, 1, 1], shape: [4], to: "/labels")
    }
    let file = try set.open(.one("set.h5"), changing: Self.fromNames())
    #expect(file.labels(of: .train) == [2, 1] && file.labels(of: .test) == [3, 0])
    #expect(file.classTexts == ["ant", "jay", "owl", "tit"])
    let digest = try set.digest(.one("set.h5"), changing: Self.fromNames())
    let texts = try Self.set("fixed").digest(.one("set.h5"))
    #expect(digest == texts)
  }

  @Test func `the first match counts, by scalars, anywhere in the text`() throws {
    let set = try SetFixture()
    try Self.write(set) {
      try $0.write(texts: ["x_01.b", "e\u{301}_02_03", "_10", "a_11"], to: "/image_names")
    }
    let file = try set.open(
      .one("set.h5"), changing: Self.fromNames("^.{0,2}_(\\d+)"))
    #expect(file.classTexts == ["01", "02", "10", "11"])
  }

  @Test func `names in groups and in two files`() throws {
    let set = try SetFixture()
    for (side, names) in [("train", Self.names[..<2]), ("test", Self.names[2...])] {
      try set.write("\(side).h5") {
        try $0.group("/\(side)")
        try $0.write(floats: [1, 2, 3, 4], shape: [2, 2], to: "/\(side)/features")
        try $0.write(texts: Array(names), to: "/\(side)/image_names")
      }
    }
    let file = try set.open(
      .split(train: "train.h5", test: "test.h5"), changing: Self.fromNames())
    #expect(file.labels(of: .train) == [2, 1] && file.labels(of: .test) == [3, 0])
  }

  @Test func `a text that the pattern does not match, with its row`() throws {
    let set = try SetFixture()
    try Self.write(set) {
      try $0.write(texts: ["owl/1", "jay/1", "tit.png", "ant/2"], to: "/image_names")
    }
    #expect(
      set.message(.one("set.h5"), changing: Self.fromNames())
        == "DIR/set.h5: /image_names, row 2: 'tit.png' does not match the pattern '^([^/]+)/' of "
        + "dataset.labels. Correct the pattern or the text.")
    #expect(
      set.message(.one("set.h5"), changing: Self.fromNames("^([^/.]*?)[/.]?"))
        == "DIR/set.h5: /image_names, row 0: the label is an empty text. Give each row a label.")
  }

  @Test func `names that are missing, no text, or too few`() throws {
    let set = try SetFixture()
    try Self.write(set) {
      try $0.write(integers: [1, 2, 3, 4], shape: [4], to: "/numbers")
      try $0.write(texts: ["owl/1"], to: "/few")
    }
    #expect(
      set.message(.one("set.h5"), changing: Self.fromNames())
        == "DIR/set.h5: /image_names: it is missing; there is features, few, numbers, split. "
        + "Correct from in dataset.labels.")
    #expect(
      set.message(.one("set.h5"), changing: Self.fromNames(object: "numbers"))
        == "DIR/set.h5: /numbers: its values are int64, and dataset.labels takes labels from "
        + "text. Name a dataset of texts, or name this one in dataset.keys.")
    #expect(
      set.message(.one("set.h5"), changing: Self.fromNames(object: "few"))
        == "DIR/set.h5: /features: 4 rows, but /few has 1. Write one label for each vector.")
  }

  @Test(arguments: ["(", "owl", "(a)(b)", "(a)?b"])
  func `a pattern that is none, or has not one group`(pattern: String) throws {
    let set = try SetFixture()
    try Self.write(set) { try $0.write(texts: Self.names, to: "/image_names") }
    #expect(
      set.message(.one("set.h5"), changing: Self.fromNames(pattern))
        == "the pattern '\(pattern)' of dataset.labels is no regular expression with one group. "
        + "Correct it, as '^([^/]+)/'.")
  }
}
