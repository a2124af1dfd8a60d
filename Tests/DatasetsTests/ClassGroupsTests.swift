import Datasets
import Testing

/// Training classes grouped by their names.
struct ClassGroupsTests {
  private static let pattern = "^([^/]+)/"
  private static let names = ["Greek/a", "Latin/a", "Greek/b", "Thai/a", "Thai/b", "Khmer/a"]

  private static func write(
    _ set: SetFixture, labels: [Int64] = [0, 1, 2, 3, 5, 4], names: [String]? = names
  ) throws {
    try set.write("set.h5") {
      try $0.write(floats: (1...12).map { Float($0) }, shape: [6, 2], to: "/features")
      try $0.write(integers: labels, shape: [6], to: "/labels")
      try $0.write(integers: [0, 0, 0, 0, 0, 1], shape: [6], to: "/split")
      if let names { try $0.write(texts: names, to: "/class_names") }
    }
  }

  private static func message(_ set: SetFixture, _ pattern: String = pattern) throws -> String {
    let file = try set.open(.one("set.h5"))
    let error = try #require(throws: DatasetError.self) {
      try file.classGroups(matching: pattern)
    }
    return error.description.replacing(set.path(""), with: "DIR/")
  }

  @Test func `names of classes are rows that labels number`() throws {
    let set = try SetFixture()
    try Self.write(set)
    let groups = try set.open(.one("set.h5")).classGroups(matching: Self.pattern)
    #expect(groups.groups == [0: "Greek", 1: "Latin", 2: "Greek", 3: "Thai", 5: "Khmer"])
    let digest = try #require(groups.namesDigest)
    #expect(digest.description.count == 64)
    // Names of test classes are not asked, others of training classes are.
    try Self.write(set, names: Self.names.map { $0 == "Thai/b" ? "x" : $0 })
    let same = try set.open(.one("set.h5")).classGroups(matching: Self.pattern)
    #expect(same == groups)
    try Self.write(set, names: Self.names.map { $0 == "Thai/a" ? "Thai/c" : $0 })
    let other = try set.open(.one("set.h5")).classGroups(matching: Self.pattern)
    #expect(other.groups == groups.groups && other.namesDigest != digest)
  }

  @Test func `labels of text are the names, and their digest is that of the data`() throws {
    let set = try SetFixture()
    try set.write("set.h5") {
      try $0.write(floats: (1...8).map { Float($0) }, shape: [4, 2], to: "/features")
      try $0.write(texts: ["Thai/b", "Greek/a", "Thai/a", "Latin/a"], to: "/labels")
      try $0.write(integers: [0, 0, 0, 1], shape: [4], to: "/split")
    }
    let groups = try set.open(.one("set.h5")).classGroups(matching: Self.pattern)
    #expect(groups.groups == [0: "Greek", 2: "Thai", 3: "Thai"])
    #expect(groups.namesDigest == nil)
    #expect(
      try Self.message(set, "^(T)")
        == "DIR/set.h5: /labels, row 1: the class 'Greek/a' does not match the pattern '^(T)' of "
        + "group_by in dataset.validation. Correct the pattern or the name.")
  }

  @Test func `names may be in the file with the training rows, under a name of one's own`()
    throws
  {
    let set = try SetFixture()
    for (side, label) in [("train", Int64(0)), ("test", 1)] {
      try set.write("\(side).h5") {
        try $0.write(floats: [1, 2], shape: [1, 2], to: "/features")
        try $0.write(integers: [label], shape: [1], to: "/labels")
        if side == "train" { try $0.write(texts: ["Greek/a"], to: "/alphabet") }
      }
    }
    let file = try set.open(.split(train: "train.h5", test: "test.h5")) {
      $0.names = [.classNames: "alphabet"]
    }
    #expect(try file.classGroups(matching: Self.pattern).groups == [0: "Greek"])
  }

  // MARK: Messages

  @Test func `no names, too few names, and names that are none`() throws {
    let set = try SetFixture()
    try Self.write(set, names: nil)
    #expect(
      try Self.message(set)
        == "DIR/set.h5: /class_names: group_by in dataset.validation needs names of classes, but "
        + "labels are integers and this is missing. Write labels as text, or into it the names "
        + "of the classes 0, 1, ….")
    try Self.write(set, names: Array(Self.names.prefix(3)))
    #expect(
      try Self.message(set)
        == "DIR/set.h5: /class_names: class 3 has no name: there are 3, for the classes from 0. "
        + "Write one name for each class.")
    try set.write("set.h5") {
      try $0.write(floats: [1, 2], shape: [2, 1], to: "/features")
      try $0.write(integers: [0, 1], shape: [2], to: "/labels")
      try $0.write(integers: [0, 1], shape: [2], to: "/split")
      try $0.write(integers: [5, 6], shape: [2], to: "/class_names")
    }
    #expect(
      try Self.message(set)
        == "DIR/set.h5: /class_names: its values are int64 of shape [2], names of classes must "
        + "be a list of texts. Write one name for each class.")
  }

  @Test func `a name that the pattern does not match`() throws {
    let set = try SetFixture()
    try Self.write(set, names: Self.names.map { $0 == "Greek/b" ? "Greek" : $0 })
    #expect(
      try Self.message(set)
        == "DIR/set.h5: /class_names, row 2: the class 'Greek' does not match the pattern "
        + "'^([^/]+)/' of group_by in dataset.validation. Correct the pattern or the name.")
    #expect(
      try Self.message(set, "(")
        == "the pattern '(' of group_by in dataset.validation is no regular expression with one "
        + "group. Correct it, as '^([^/]+)/'.")
  }

  // MARK: Holding out

  private static let classes = (0..<12).map { Int64($0) }
  private static let groups = Dictionary(
    uniqueKeysWithValues: classes.map { ($0, "g\($0 * $0 % 5)") })

  @Test(arguments: [
    ClassSplit.Rule.holdOut(0.5), .holdOut(2), .fold(1, of: 3, isContiguous: false),
  ])
  func `groups are held out whole`(rule: ClassSplit.Rule) throws {
    for seed in UInt64(0)..<10 {
      let split = try ClassSplit(
        classes: Self.classes, rule: rule, seed: seed, groups: Self.groups)
      #expect((split.training + split.validation).sorted() == Self.classes, "seed \(seed)")
      let (training, validation) = (
        Set(split.training.map { Self.groups[$0] }), Set(split.validation.map { Self.groups[$0] })
      )
      #expect(training.isDisjoint(with: validation), "seed \(seed)")
      #expect(!training.isEmpty && !validation.isEmpty, "seed \(seed)")
      if case .holdOut(2) = rule { #expect(validation.count == 2, "seed \(seed)") }
    }
  }

  @Test func `contiguous groups are the last ones as they are sorted`() throws {
    let split = try ClassSplit(
      classes: Self.classes, rule: .holdOutLast(1), seed: 3, groups: Self.groups)
    #expect(Set(split.validation.map { Self.groups[$0] }) == ["g4"])
  }

  @Test func `holding out every group is an error`() throws {
    let error = try #require(throws: DatasetError.self) {
      try ClassSplit(
        classes: [1, 2, 3], rule: .holdOut(0.2), seed: 0, groups: [1: "a", 2: "a", 3: "a"])
    }
    #expect(
      error.description == "dataset.validation holds out 1 of 1 training groups, none is left to "
        + "train on. Lower dataset.validation.")
  }
}
