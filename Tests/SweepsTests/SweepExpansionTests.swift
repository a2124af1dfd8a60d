import Foundation
import Sweeps
import Testing

@Suite struct SweepExpansionTests {
  @Test func `the last axis is the fastest and seeds are faster still`() throws {
    let sweep = try SweepFixture.expand(
      """
      name: order
      base: {dataset: d.h5}
      sweep:
        T: [1, 2]
        m: [0.1, 0.2]
      seeds: [7, 3]
      """)
    let rows = sweep.jobs.map { job in
      ["loss.temperature", "loss.margin", "seed"].map { job.settings[$0]?.display ?? "" }
        .joined(separator: " ")
    }
    #expect(
      rows == [
        "1 0.1 7", "1 0.1 3", "1 0.2 7", "1 0.2 3", "2 0.1 7", "2 0.1 3", "2 0.2 7", "2 0.2 3",
      ])
    #expect(sweep.jobs.map(\.index) == Array(0..<8))
    #expect(sweep.seeds == [7, 3])
    #expect(
      sweep.axes == [
        .init(name: "loss.temperature", values: [.number(1), .number(2)]),
        .init(name: "loss.margin", values: [.number(0.1), .number(0.2)]),
      ])
    #expect(sweep.warnings == [])
  }

  @Test func `a sweep without axes is one job with every default`() throws {
    let sweep = try SweepFixture.expand(SweepFixture.sweep(""))
    let job = try #require(sweep.jobs.first)
    #expect(sweep.jobs.count == 1)
    #expect(sweep.seeds == [0])
    let lines = job.settings.sorted { $0.key < $1.key }.map { "\($0.key) = \($0.value.display)" }
    #expect(
      lines.joined(separator: "\n") == """
        batch = 60x3
        checkpoint.keep = ["best","last"]
        dataset.path = sweeps/d.h5
        dataset.preprocess = ["l2","center"]
        dataset.split = auto
        dataset.split_seed = 0
        dataset.validation = 0.2
        evaluation.clustering = true
        evaluation.distances = false
        evaluation.every = 50
        evaluation.few_shot = false
        evaluation.map = false
        evaluation.recall_at = [1,2,4,8]
        loss.alpha = 1.2
        loss.gradient = query_only
        loss.lambda = 0.5
        loss.margin = 0.4
        loss.name = ranked_list
        loss.pair_gradient = unit
        loss.positive_temperature = 0
        loss.query_weighting = uniform
        loss.temperature = 10
        model.batch_normalization = false
        model.bias = false
        model.concatenation = raw
        model.dropout = 0
        model.embedding = 512
        model.hidden = []
        optimizer.learning_rate = 0.1
        optimizer.momentum = 0.9
        optimizer.name = sgd
        optimizer.weight_decay = 2e-05
        sampler = balanced
        schedule = {"cosine":{"floor":0}}
        seed = 0
        select = best
        steps = 1000
        """)
  }

  @Test func `every job says where each of its settings comes from`() throws {
    let sweep = try SweepFixture.expand(
      """
      name: origins
      base:
        dataset: d.h5
        P: 30
      sweep:
        m: [0.1,
            0.2]
      seeds: 2
      """, overrides: ["T=inf"])
    let origins = try #require(sweep.jobs.last?.origins)
    #expect(origins["dataset.path"] == .line(3))
    #expect(origins["batch"] == .line(4))
    #expect(origins["loss.margin"] == .line(7))
    #expect(origins["seed"] == .line(8))
    #expect(origins["loss.temperature"] == .commandLine)
    #expect(origins["loss.alpha"] == .defaults)
    #expect(Set(origins.keys) == Set(sweep.jobs.last?.settings.keys.map(\.self) ?? []))
  }

  @Test(arguments: [
    "alpha: 1.1", "α: 1.1", "loss: {alpha: 1.1}", "loss: {α: 1.1}", "loss.alpha: 1.1",
    "loss: {name: ranked_list, alpha: 1.10}", "alpha: 11e-1", "alpha: +1.1", "alpha: 1.1 # why",
  ])
  func `a setting has many spellings and one name`(spelling: String) throws {
    let sweep = try SweepFixture.expand("name: a\nbase:\n  dataset: d.h5\n  \(spelling)\n")
    #expect(SweepFixture.values(of: "loss.alpha", in: sweep) == ["1.1"])
  }

  @Test(arguments: [
    ("m: 0.1", "loss.margin", "0.1"), ("margin: .5", "loss.margin", "0.5"),
    ("T: inf", "loss.temperature", "inf"), ("T: .inf", "loss.temperature", "inf"),
    ("temperature: 1e-3", "loss.temperature", "0.001"), ("λ: 0.25", "loss.lambda", "0.25"),
    ("lambda: 1.", "loss.lambda", "1"), ("lr: 0.01", "optimizer.learning_rate", "0.01"),
    ("learning_rate: 1", "optimizer.learning_rate", "1"),
    ("embedding: 64", "model.embedding", "64"),
    ("momentum: 0", "optimizer.momentum", "0"), ("margin: -0.0", "loss.margin", "0"),
    ("batch: 30x6", "batch", "30x6"), ("batch: 30×6", "batch", "30x6"),
    ("batch: {P: 30, K: 6}", "batch", "30x6"), ("K: 6", "batch", "60x6"),
    ("{P: 30, K: 6}", "batch", "30x6"), ("optimizer: sgd", "optimizer.name", "sgd"),
    ("schedule: constant", "schedule", "constant"),
    ("schedule: cosine", "schedule", "{\"cosine\":{\"floor\":0}}"),
    ("schedule: {cosine: {floor: 0.1}}", "schedule", "{\"cosine\":{\"floor\":0.1}}"),
    ("dataset.levels: high", "dataset.levels", "[\"high\"]"),
    ("levels: [1]", "dataset.levels", "[\"1\"]"),
    ("preprocess: [center, l2]", "dataset.preprocess", "[\"center\",\"l2\"]"),
    ("preprocess: []", "dataset.preprocess", "[]"), ("validation: 12", "dataset.validation", "12"),
    ("recall_at: [1, 10]", "evaluation.recall_at", "[1,10]"), ("select: last", "select", "last"),
    ("positive_temperature: inf", "loss.positive_temperature", "inf"),
    ("levels: [mid, high, low]", "dataset.levels", "[\"high\",\"low\",\"mid\"]"),
    ("hidden: [1024, 512]", "model.hidden", "[1024,512]"), ("bias: true", "model.bias", "true"),
    ("dropout: 0.5", "model.dropout", "0.5"), ("sampler: uniform", "sampler", "uniform"),
    ("{hidden: [8], batch_normalization: true}", "model.batch_normalization", "true"),
    ("preprocess: [l2, {pca: 64}]", "dataset.preprocess", "[\"l2\",{\"pca\":64}]"),
    ("preprocess: [{whiten: 64}, l2]", "dataset.preprocess", "[{\"whiten\":64},\"l2\"]"),
    ("validation: {fold: 1, folds: 4}", "dataset.validation", "{\"fold\":1,\"folds\":4}"),
    ("validation: {share: 0.2}", "dataset.validation", "0.2"),
    ("validation: {classes: 9, order: random}", "dataset.validation", "9"),
    (
      "validation: {folds: 4, fold: 0, order: contiguous}", "dataset.validation",
      "{\"fold\":0,\"folds\":4,\"order\":\"contiguous\"}"
    ),
    (
      "validation: {share: 0.2, order: contiguous}", "dataset.validation",
      "{\"order\":\"contiguous\",\"share\":0.2}"
    ),
    ("schedule: {constant: {}, warmup: 0}", "schedule", "constant"),
    ("schedule: {warmup: 10, constant: {}}", "schedule", "{\"constant\":{},\"warmup\":10}"),
    (
      "schedule: {cosine: {floor: 0}, warmup: 100}", "schedule",
      "{\"cosine\":{\"floor\":0},\"warmup\":100}"
    ),
    (
      "schedule: {multistep: {at: [500, 800], factor: 0.2}}", "schedule",
      "{\"multistep\":{\"at\":[500,800],\"factor\":0.2}}"
    ),
    ("few_shot: true", "evaluation.few_shot", episodes),
    ("few_shot: {}", "evaluation.few_shot", episodes),
    ("few_shot: {ways: [5, 20]}", "evaluation.few_shot", episodes),
    ("initial: abcd1234", "initial", "abcd1234"), ("initial: 12345678", "initial", "12345678"),
    ("{optimizer: adam, beta1: 0.8}", "optimizer.beta1", "0.8"),
    ("{loss: triplet, m: 0.3}", "loss.margin", "0.3"),
    ("{loss: triplet, mining: batch_hard}", "loss.mining", "batch_hard"),
    ("{loss: multi_similarity, mining: all}", "loss.mining", "all"),
    ("{loss: multi_similarity, α: 3}", "loss.alpha", "3"),
    ("{loss: multi_similarity, beta: 60}", "loss.beta", "60"),
  ])
  func `values have one canonical form`(line: String, setting: String, value: String) throws {
    let lines = line.hasPrefix("{") ? String(line.dropFirst().dropLast()) : line
    let sweep = try SweepFixture.expand("name: a\nbase: {dataset.path: d.h5, \(lines)}\n")
    #expect(SweepFixture.values(of: setting, in: sweep) == [value])
  }

  private static let episodes = "{\"episodes\":1000,\"shots\":[1,5],\"ways\":[5,20]}"

  @Test func `one part of the batch can be an axis`() throws {
    let sweep = try SweepFixture.expand(
      "name: a\nbase: {dataset: d.h5, batch: 30x6}\nsweep: {P: [10, 20], K: [2, 3]}\n")
    #expect(SweepFixture.values(of: "batch", in: sweep) == ["10x2", "10x3", "20x2", "20x3"])
    #expect(sweep.axes.map(\.name) == ["P", "K"])
  }

  @Test func `axes can stand inside their group`() throws {
    let sweep = try SweepFixture.expand(
      SweepFixture.sweep("sweep: {loss: {alpha: [1.0, 1.1]}, dataset.validation: [0.1, 5]}\n"))
    #expect(sweep.axes.map(\.name) == ["loss.alpha", "dataset.validation"])
    #expect(SweepFixture.values(of: "dataset.validation", in: sweep) == ["0.1", "5", "0.1", "5"])
  }

  @Test func `zipped axes move together, in file order beside the others`() throws {
    let sweep = try SweepFixture.expand(
      SweepFixture.sweep(
        """
        zip:
          - learning_rate: [0.1, 0.03]
            steps: [1000, 3000]
        sweep: {m: [0, 0.1]}
        """))
    let rows = sweep.jobs.map { job in
      ["optimizer.learning_rate", "steps", "loss.margin"].map { job.settings[$0]?.display ?? "" }
    }
    #expect(
      rows == [
        ["0.1", "1000", "0"], ["0.1", "1000", "0.1"], ["0.03", "3000", "0"],
        ["0.03", "3000", "0.1"],
      ])
    #expect(sweep.axes.map(\.name) == ["optimizer.learning_rate", "steps", "loss.margin"])
  }

  @Test func `included jobs follow the grid, and those it has are merged`() throws {
    let sweep = try SweepFixture.expand(
      SweepFixture.sweep(
        """
        sweep: {m: [0, 0.1]}
        seeds: 2
        include:
          - {m: 0.1}
          - {m: 1.3, alpha: 2.0}
        """))
    #expect(
      SweepFixture.values(of: "loss.margin", in: sweep) == ["0", "0", "0.1", "0.1", "1.3", "1.3"])
    #expect(
      SweepFixture.values(of: "loss.alpha", in: sweep).suffix(2) == ["2", "2"])
    #expect(
      sweep.warnings == [
        "sweeps/demo.yaml:1:1: 2 jobs have the same settings as another one and run once with it"
      ])
  }

  @Test func `without validation classes the last weights are taken, said once`() throws {
    let sweep = try SweepFixture.expand(
      SweepFixture.sweep("sweep: {validation: [0, 0.2], T: [1, 2]}\n"))
    #expect(SweepFixture.values(of: "select", in: sweep) == ["last", "last", "best", "best"])
    #expect(
      sweep.warnings == [
        "sweeps/demo.yaml:3:22: without validation classes nothing can be selected: select is "
          + "last, and comparisons use test/… as not selected"
      ])
  }

  @Test func `name, description, text and its digest are kept`() throws {
    let text = "name: a.b_c-1\ndescription: why\nbase: {dataset: /data/d.h5}\n"
    let sweep = try SweepFixture.expand(text)
    #expect(sweep.name == "a.b_c-1")
    #expect(sweep.description == "why")
    #expect(sweep.file == "sweeps/demo.yaml")
    #expect(sweep.text == text)
    #expect(sweep.textDigest.count == 64)
    #expect(sweep.objective == Objective(metric: "validation/map@r", goal: .maximize))
  }

  @Test func `more jobs than the default are allowed where the file says so`() throws {
    let axes = "sweep: {T: {range: [0, 100, 1]}, m: {range: [0, 1, 0.01]}}\n"
    let sweep = try SweepFixture.expand(SweepFixture.sweep("max_jobs: 10201\n" + axes))
    #expect(sweep.jobs.count == 10_201)
  }

  @Test func `a text of more than 1 MiB is refused unread`() {
    let text = SweepFixture.sweep("#" + String(repeating: "x", count: 1 << 20))
    #expect(
      SweepFixture.message(text) == """
        sweeps/demo.yaml: the file has 1048610 bytes
          allowed: at most 1048576 bytes (1 MiB)
        """)
  }

  @Test(arguments: [
    "a & b * c", "\"a &b *c !d <<: e\"", "'a &b'", "a <<b", "x*y", "|\n  &a *b\n   <<: c\n",
    "a\n  & b",
    "a # &b", ">-\n  it's\n  &b\n",
  ])
  func `signs of anchors inside of text are text`(description: String) throws {
    #expect(throws: Never.self) {
      try SweepFixture.expand(SweepFixture.sweep("description: \(description)\n"))
    }
  }

  @Test func `a byte order mark and carriage returns do no harm`() throws {
    let text = "\u{FEFF}name: a\r\nbase: {dataset: d.h5}\r\nsweep:\r\n  T: [x]\r\n"
    #expect(
      SweepFixture.message(text) == """
        sweeps/demo.yaml:4:7: loss.temperature cannot be 'x'
          4 |   T: [x]
            |       ^
          allowed: a number from 0, or inf
        """)
  }
}
