import Sweeps
import Testing

/// Settings of the feature files and their rows.
@Suite struct DatasetSettingTests {
  private static func settings(
    _ dataset: String, overrides: [String] = []
  ) throws -> [String: SettingValue] {
    let sweep = try SweepFixture.expand(
      "name: a\nbase:\n  dataset: \(dataset)\n", overrides: overrides,
      environment: ["DATA": "/data"])
    return try #require(sweep.jobs.first).settings
  }

  private static func canonicalText(_ dataset: String) throws -> String {
    let sweep = try SweepFixture.expand("name: a\nbase:\n  dataset: \(dataset)\n")
    return JobKey.canonicalText(
      of: try #require(sweep.jobs.first), dataDigests: ["high": "ab"], objective: sweep.objective)
  }

  // MARK: Files

  @Test func `two files are relative to the sweep file, with variables`() throws {
    let settings = try Self.settings("{train: '${DATA}/a.h5', test: ../b.h5}")
    #expect(settings["dataset.train"] == .text("/data/a.h5"))
    #expect(settings["dataset.test"] == .text("b.h5"))
    #expect(settings["dataset.path"] == nil)
  }

  @Test func `shards keep their order, each relative to the sweep file`() throws {
    let settings = try Self.settings("{paths: [b.h5, '${DATA}/a.h5', ../c.h5]}")
    #expect(
      settings["dataset.paths"]
        == .list([.text("sweeps/b.h5"), .text("/data/a.h5"), .text("c.h5")]))
  }

  @Test func `shards can be an axis, and so can pairs of files`() throws {
    let shards = try SweepFixture.expand(
      "name: a\nsweep: {dataset.paths: [[a.h5, b.h5], [c.h5]]}\n")
    #expect(
      SweepFixture.values(of: "dataset.paths", in: shards)
        == [#"["sweeps/a.h5","sweeps/b.h5"]"#, #"["sweeps/c.h5"]"#])
    let pairs = try SweepFixture.expand(
      "name: a\nzip: [{dataset.train: [a.h5, b.h5], dataset.test: [c.h5, d.h5]}]\n")
    #expect(SweepFixture.values(of: "dataset.test", in: pairs) == ["sweeps/c.h5", "sweeps/d.h5"])
  }

  @Test func `what comes later takes the place of another way to name the files`() throws {
    let settings = try Self.settings("a.h5", overrides: ["dataset.paths=[b.h5, c.h5]"])
    #expect(settings["dataset.path"] == nil)
    #expect(settings["dataset.paths"] == .list([.text("b.h5"), .text("c.h5")]))
    let two = try Self.settings(
      "{paths: [a.h5, b.h5]}", overrides: ["train=c.h5", "dataset.test=d.h5"])
    #expect(two["dataset.paths"] == nil && two["dataset.test"] == .text("d.h5"))
    let axis = try SweepFixture.expand(
      "name: a\nsweep: {dataset: [a.h5, b.h5]}\n", overrides: ["paths=[c.h5]"])
    #expect(SweepFixture.values(of: "dataset.paths", in: axis) == [#"["c.h5"]"#])
    let included = try SweepFixture.expand(
      SweepFixture.sweep("include: [{dataset: {train: a.h5, test: b.h5}}]\n"))
    #expect(SweepFixture.values(of: "dataset.path", in: included) == ["sweeps/d.h5", "absent"])
  }

  // MARK: How they are read

  @Test func `names, patterns and divisions are kept as they are written`() throws {
    let settings = try Self.settings(
      "{path: a.h5, keys: {labels: targs, features: feats, class_names: 5}, "
        + "labels: {pattern: '^([^/]+)/', from: image_names}, split: {classes: 0.5}}")
    #expect(
      settings["dataset.keys"]?.canonicalJSON
        == #"{"class_names":"5","features":"feats","labels":"targs"}"#)
    #expect(
      settings["dataset.labels"]?.canonicalJSON
        == #"{"from":"image_names","pattern":"^([^/]+)/"}"#)
    #expect(settings["dataset.split"]?.canonicalJSON == #"{"classes":0.5}"#)
  }

  @Test(arguments: [
    ("{group_by: '^([^/]+)/'}", #"{"group_by":"^([^/]+)/","share":0.2}"#),
    ("{order: contiguous}", #"{"order":"contiguous","share":0.2}"#),
    ("{order: random}", "0.2"), ("{share: 0.3}", "0.3"), ("{classes: 3}", "3"),
    ("{share: 0, order: contiguous}", "0"),
    (
      "{group_by: (a), groups: 2, order: contiguous}",
      #"{"group_by":"(a)","groups":2,"order":"contiguous"}"#
    ),
    (
      "{group_by: (a), folds: 3, fold: 1, order: random}",
      #"{"fold":1,"folds":3,"group_by":"(a)"}"#
    ),
  ])
  func `validation classes may be groups, or the last ones`(written: String, text: String) throws {
    let settings = try Self.settings("{path: a.h5, validation: \(written)}")
    #expect(settings["dataset.validation"]?.canonicalJSON == text)
  }

  @Test func `settings of a command are read without a sweep`() throws {
    let settings = try SweepExpansion.settings(of: ["keys={features: x}", "split=column"])
    #expect(settings["dataset.keys"]?.canonicalJSON == #"{"features":"x"}"#)
    #expect(settings["dataset.split"] == .text("column"))
    let error = #expect(throws: SweepError.self) {
      try SweepExpansion.settings(of: ["split=colum"])
    }
    #expect(
      error?.description == """
        --set split=colum: dataset.split cannot be 'colum'
          did you mean 'column'?
          allowed: auto, groups, column or {classes: a share or a number of classes to train on}
        """)
  }

  // MARK: Keys

  @Test(arguments: [
    "{paths: [a.h5, b.h5]}", "{train: a.h5, test: b.h5}",
    "{path: a.h5, keys: {features: x}}", "{path: a.h5, labels: {from: names, pattern: (a)}}",
  ])
  func `where and under which names the data lies is in no key`(dataset: String) throws {
    #expect(try Self.canonicalText(dataset) == Self.canonicalText("d.h5"))
  }

  @Test func `how classes are divided is in the key`() throws {
    #expect(
      try Self.canonicalText(
        "{path: d.h5, split: {classes: 50}, validation: {share: 0.2, group_by: (a)}}") == """
          {"data":{"high":"ab"},"defaults":2,"objective":{"goal":"maximize",\
          "metric":"validation/map@r"},"settings":{"dataset.split":{"classes":50},\
          "dataset.validation":{"group_by":"(a)","share":0.2}}}
          """)
  }

  // MARK: Messages

  @Test(arguments: cases) func `the whole message is as written here`(_ row: MessageCase) {
    #expect(SweepFixture.message(row.text) == row.message)
  }

  private static let cases: [MessageCase] = [
    MessageCase(
      "two ways to name the files",
      """
      name: demo
      base:
        dataset: {path: a.h5, paths: [b.h5]}
      sweep: {dataset.train: [c.h5], dataset: [d.h5]}

      """,
      """
      sweeps/demo.yaml:3:25: 'paths' gives the feature file again: 'path' on line 3 gives it already
        3 |   dataset: {path: a.h5, paths: [b.h5]}
          |                         ^
        allowed: path, paths, or train with test
      sweeps/demo.yaml:4:32: 'dataset' gives the feature file again: 'dataset.train' on line 4 gives it already
        4 | sweep: {dataset.train: [c.h5], dataset: [d.h5]}
          |                                ^
        allowed: path, paths, or train with test
      """),
    MessageCase(
      "one of two files",
      """
      name: demo
      base:
        dataset: {train: a.h5}

      """,
      """
      sweeps/demo.yaml:3:20: dataset.train is given without dataset.test
        3 |   dataset: {train: a.h5}
          |                    ^
        allowed: train with test, or one of path and paths
      """),
    MessageCase(
      "the other of two files, in some jobs",
      """
      name: demo
      base: {dataset: a.h5}
      include: [{dataset.test: b.h5}]

      """,
      """
      sweeps/demo.yaml:3:26: dataset.test is given without dataset.train (1 of 2 jobs)
        3 | include: [{dataset.test: b.h5}]
          |                          ^
        allowed: train with test, or one of path and paths
      """),
    MessageCase(
      "jobs without a file",
      """
      name: demo
      include: [{dataset: b.h5}]

      """,
      """
      sweeps/demo.yaml:1:1: a job names no feature file (1 of 2 jobs)
        1 | name: demo
          | ^
        allowed: 'dataset: {path: file.h5}' under base
      """),
    MessageCase(
      "shards that are none",
      """
      name: demo
      base: {dataset: {paths: a.h5}}
      sweep: {dataset.paths: [[], [a.h5, a.h5], [{a: b}], ['${NO}']]}

      """,
      """
      sweeps/demo.yaml:2:25: dataset.paths cannot be 'a.h5'
        2 | base: {dataset: {paths: a.h5}}
          |                         ^
        allowed: a list of feature files in their order, as [a.h5, b.h5]
      sweeps/demo.yaml:3:25: dataset.paths cannot be '[]'
        3 | sweep: {dataset.paths: [[], [a.h5, a.h5], [{a: b}], ['${NO}']]}
          |                         ^
        allowed: a list of feature files in their order, as [a.h5, b.h5]
      sweeps/demo.yaml:3:36: dataset.paths has 'a.h5' twice
        3 | sweep: {dataset.paths: [[], [a.h5, a.h5], [{a: b}], ['${NO}']]}
          |                                    ^
        allowed: a list of feature files in their order, as [a.h5, b.h5]
      sweeps/demo.yaml:3:44: dataset.paths cannot be '{a: b}'
        3 | sweep: {dataset.paths: [[], [a.h5, a.h5], [{a: b}], ['${NO}']]}
          |                                            ^
        allowed: a list of feature files in their order, as [a.h5, b.h5]
      sweeps/demo.yaml:3:54: the environment has no variable NO
        3 | sweep: {dataset.paths: [[], [a.h5, a.h5], [{a: b}], ['${NO}']]}
          |                                                      ^
        allowed: set it, or give a default: ${NO:-default}
      """),
    MessageCase(
      "names of objects that are none",
      """
      name: demo
      base:
        dataset: {path: a.h5, keys: {feature: x}}
      include: [{keys: {}}, {keys: feats}, {keys: {labels: [a]}}]

      """,
      """
      sweeps/demo.yaml:3:32: dataset.keys cannot be 'feature'
        3 |   dataset: {path: a.h5, keys: {feature: x}}
          |                                ^
        did you mean 'features'?
        allowed: names of objects in the feature file, as {features: feats, labels: targs}, for features, labels, split, query, gallery and class_names
      sweeps/demo.yaml:4:18: dataset.keys cannot be '{}'
        4 | include: [{keys: {}}, {keys: feats}, {keys: {labels: [a]}}]
          |                  ^
        allowed: names of objects in the feature file, as {features: feats, labels: targs}, for features, labels, split, query, gallery and class_names
      sweeps/demo.yaml:4:30: dataset.keys cannot be 'feats'
        4 | include: [{keys: {}}, {keys: feats}, {keys: {labels: [a]}}]
          |                              ^
        allowed: names of objects in the feature file, as {features: feats, labels: targs}, for features, labels, split, query, gallery and class_names
      sweeps/demo.yaml:4:54: dataset.keys cannot be '[a]'; values to try stand under sweep
        4 | include: [{keys: {}}, {keys: feats}, {keys: {labels: [a]}}]
          |                                                      ^
        allowed: names of objects in the feature file, as {features: feats, labels: targs}, for features, labels, split, query, gallery and class_names
      """),
    MessageCase(
      "patterns that are none",
      """
      name: demo
      base:
        dataset: {path: a.h5, labels: {from: names}}
      include:
        - labels: {from: names, pattern: '('}
        - labels: {from: names, pattern: abc}
        - labels: {from: names, patern: (a)}
        - validation: {group_by: (a)(b)}

      """,
      """
      sweeps/demo.yaml:3:33: dataset.labels cannot be '{from: names}'
        3 |   dataset: {path: a.h5, labels: {from: names}}
          |                                 ^
        allowed: a dataset of texts and a regular expression with one group, as {from: image_names, pattern: '^([^/]+)/'}
      sweeps/demo.yaml:5:36: dataset.labels has the pattern '(', which is no regular expression: expected ')'
        5 |   - labels: {from: names, pattern: '('}
          |                                    ^
        allowed: a dataset of texts and a regular expression with one group, as {from: image_names, pattern: '^([^/]+)/'}
      sweeps/demo.yaml:6:36: dataset.labels has the pattern 'abc', which has not one group without a name and without a '?' behind it
        6 |   - labels: {from: names, pattern: abc}
          |                                    ^
        allowed: a dataset of texts and a regular expression with one group, as {from: image_names, pattern: '^([^/]+)/'}
      sweeps/demo.yaml:7:27: dataset.labels cannot be 'patern'
        7 |   - labels: {from: names, patern: (a)}
          |                           ^
        did you mean 'pattern'?
        allowed: a dataset of texts and a regular expression with one group, as {from: image_names, pattern: '^([^/]+)/'}
      sweeps/demo.yaml:8:28: dataset.validation has the pattern '(a)(b)', which has not one group without a name and without a '?' behind it
        8 |   - validation: {group_by: (a)(b)}
          |                            ^
        allowed: a share of the training classes below 1, their count, 0 for none, {folds: 4, fold: 0} or {share: 0.2, group_by: '^([^/]+)/'}
      """),
    MessageCase(
      "divisions that are none",
      """
      name: demo
      base: {dataset: {path: a.h5, split: {clases: 0.5}}}
      include: [{split: {classes: 0}}, {split: {classes: 1.5}}, {split: {}}]

      """,
      """
      sweeps/demo.yaml:2:38: dataset.split cannot be 'clases'
        2 | base: {dataset: {path: a.h5, split: {clases: 0.5}}}
          |                                      ^
        did you mean 'classes'?
        allowed: auto, groups, column or {classes: a share or a number of classes to train on}
      sweeps/demo.yaml:3:19: dataset.split cannot be '{classes: 0}'
        3 | include: [{split: {classes: 0}}, {split: {classes: 1.5}}, {split: {}}]
          |                   ^
        allowed: auto, groups, column or {classes: a share or a number of classes to train on}
      sweeps/demo.yaml:3:52: dataset.split cannot be '1.5'
        3 | include: [{split: {classes: 0}}, {split: {classes: 1.5}}, {split: {}}]
          |                                                    ^
        allowed: auto, groups, column or {classes: a share or a number of classes to train on}
      sweeps/demo.yaml:3:67: dataset.split cannot be '{}'
        3 | include: [{split: {classes: 0}}, {split: {classes: 1.5}}, {split: {}}]
          |                                                                   ^
        allowed: auto, groups, column or {classes: a share or a number of classes to train on}
      """),
    MessageCase(
      "groups that are counted as classes, and the other way round",
      """
      name: demo
      base: {dataset: {path: a.h5, validation: {groups: 2}}}
      include: [{validation: {classes: 2, group_by: (a)}}, {validation: {}}]

      """,
      """
      sweeps/demo.yaml:2:42: dataset.validation cannot be '{groups: 2}'
        2 | base: {dataset: {path: a.h5, validation: {groups: 2}}}
          |                                          ^
        allowed: a share of the training classes below 1, their count, 0 for none, {folds: 4, fold: 0} or {share: 0.2, group_by: '^([^/]+)/'}
      sweeps/demo.yaml:3:24: dataset.validation cannot be '{classes: 2, group_by: (a)}'
        3 | include: [{validation: {classes: 2, group_by: (a)}}, {validation: {}}]
          |                        ^
        allowed: a share of the training classes below 1, their count, 0 for none, {folds: 4, fold: 0} or {share: 0.2, group_by: '^([^/]+)/'}
      sweeps/demo.yaml:3:67: dataset.validation cannot be '{}'
        3 | include: [{validation: {classes: 2, group_by: (a)}}, {validation: {}}]
          |                                                                   ^
        allowed: a share of the training classes below 1, their count, 0 for none, {folds: 4, fold: 0} or {share: 0.2, group_by: '^([^/]+)/'}
      """),
  ]
}
