import Kernels
import Testing
import Training

struct TrainerTests {
  /// Classes are clusters in the first 8 of 24 dimensions; the rest is noise that a good head
  /// learns to ignore.
  static func data(
    seed: UInt64, validation: Range<Int> = 24..<30, names: [String] = ["high"]
  ) -> TrainingData {
    let (classes, perClass, dimension) = (30, 8, 24)
    let stream = RandomStream(seed: seed, stream: .synthesis)
    func features(_ part: UInt64) -> Matrix<Float> {
      var x = Matrix<Float>(rows: classes * perClass, columns: dimension)
      for row in 0..<x.rows {
        for column in 0..<dimension {
          let center = stream.uniform(at: UInt32(column), tag: part << 40 | UInt64(row / perClass))
          let noise =
            stream.uniform(
              at: UInt32(column), tag: part << 40 | 1 << 39 | UInt64(row)) - 0.5
          x[row, column] = Float(column < 8 ? center + 0.7 * noise : 2 * noise)
        }
      }
      return x
    }
    func part(_ range: Range<Int>) -> TrainingData.Part {
      let rows = (range.lowerBound * perClass)..<(range.upperBound * perClass)
      return TrainingData.Part(
        rows: rows.map(Int64.init), labels: rows.map { Int32($0 / perClass) })
    }
    let levels = names.enumerated().map { number, name in
      TrainingData.Level(
        name: name, training: features(UInt64(2 * number + 1)),
        test: features(UInt64(2 * number + 2)))
    }
    return TrainingData(
      levels: levels, training: part(0..<24), validation: part(validation), test: part(0..<30))
  }

  private static func configuration() -> TrainingConfiguration {
    var configuration = TrainingConfiguration()
    configuration.network.embedding = 8
    configuration.classesPerBatch = 10
    configuration.steps = 120
    configuration.evaluationInterval = 30
    return configuration
  }

  private static func run(
    _ configuration: TrainingConfiguration, _ data: TrainingData
  ) throws -> (outcome: TrainingOutcome, history: [MeasuredValue]) {
    let trainer = try Trainer(
      configuration: configuration, data: data, blas: try BLASLibrary.load())
    var history: [MeasuredValue] = []
    let outcome = try trainer.run { history += $0 }
    return (outcome, history)
  }

  private static func value(_ name: String, in values: [MeasuredValue]) -> Double {
    values.first { $0.name == name }?.value ?? .nan
  }

  @Test func `training helps on test classes and the best validation step is selected`() throws {
    let data = Self.data(seed: 6)
    var untrained = Self.configuration()
    untrained.learningRate = 0
    let before = try Self.run(untrained, data)
    let after = try Self.run(Self.configuration(), data)
    #expect(
      Self.value("test/map@r", in: after.outcome.test)
        > Self.value("test/map@r", in: before.outcome.test) + 0.05)
    let validation = after.history.filter { $0.name == "validation/map@r" }
    let best = validation.max { $0.value < $1.value }
    #expect(validation.map(\.step) == [30, 60, 90, 120])
    #expect(after.outcome.selected.step == best?.step)
  }

  @Test(arguments: [
    ("validation/recall@1", true), ("validation/precision@1", false), ("validation/map", true),
    ("validation/low/r_precision", true),
  ])
  func `the objective picks the weights, of one level too`(metric: String, isMaximized: Bool) throws
  {
    var configuration = Self.configuration()
    configuration.measures.ranksAll = true
    configuration.objective.metric = metric
    configuration.objective.isMaximized = isMaximized
    let (outcome, history) = try Self.run(
      configuration, Self.data(seed: 6, names: ["low", "high"]))
    let values = history.filter { $0.name == metric }
    let best = values.map { isMaximized ? $0.value : -$0.value }.max()
    #expect(values.count == 4)
    #expect(
      outcome.selected.step
        == values.first { (isMaximized ? $0.value : -$0.value) == best }?.step, "\(values)")
  }

  @Test(arguments: RankedListLoss<Float>.Gradient.allCases)
  func `the same run twice gives the same bits`(
    gradient: RankedListLoss<Float>.Gradient
  ) throws {
    var configuration = Self.configuration()
    var loss = RankedListLoss<Float>.Parameters()
    loss.gradient = gradient
    loss.queryWeighting = .hardness
    configuration.loss = .rankedList(loss)
    let first = try Self.run(configuration, Self.data(seed: 7))
    let second = try Self.run(configuration, Self.data(seed: 7))
    #expect(first.history == second.history)
    #expect(first.outcome.last.tensors == second.outcome.last.tensors)
    #expect(first.outcome.test == second.outcome.test)
    configuration.seed = 1
    #expect(try Self.run(configuration, Self.data(seed: 7)).history != first.history)
  }

  /// Every loss, with what it needs besides.
  private static let losses: [(name: String, loss: LossChoice, levels: [String])] = [
    ("ranked list", .rankedList(.init()), ["high"]),
    ("ranked list over levels", .rankedList(.init()), ["low", "high"]),
    ("contrastive", .contrastive(.init()), ["high"]), ("triplet", .triplet(.init()), ["high"]),
    ("margin", .margin(.init()), ["high"]),
    ("lifted structure", .liftedStructure(.init()), ["high"]),
    ("n-pair", .nPair(.init()), ["high"]), ("proxy NCA", .proxyNCA(.init()), ["low", "high"]),
    ("proxy anchor", .proxyAnchor(.init()), ["high"]),
    ("multi-similarity", .multiSimilarity(.init()), ["high"]), ("group", .group(.init()), ["high"]),
    ("multimodal", .multiModal(.init()), ["low", "high"]),
  ]

  @Test(arguments: losses.indices)
  func `every loss trains, gives the same bits twice and resumes to them`(index: Int) throws {
    let (name, loss, levels) = Self.losses[index]
    let data = Self.data(seed: 13, names: levels)
    var configuration = Self.configuration()
    configuration.loss = loss
    configuration.optimizer = .adam(
      firstDecay: 0.9, secondDecay: 0.999, epsilon: 1e-8, decouplesDecay: true)
    configuration.learningRate = 0.003
    configuration.network.hidden = [12]
    configuration.network.dropout = 0.1
    configuration.network.normalizesBatches = true
    let whole = try Self.run(configuration, data)
    #expect(try Self.run(configuration, data).outcome == whole.outcome, "\(name)")
    var untrained = configuration
    untrained.learningRate = 0
    let before = try Self.run(untrained, data)
    let trained = whole.history.filter { $0.name == "train/loss" }
    let untouched = before.history.filter { $0.name == "train/loss" }
    #expect((trained.last?.value ?? .nan) < (untouched.last?.value ?? .nan), "\(name)")
    // Class probabilities need more steps than these to tell unseen classes apart.
    if name != "multimodal" {
      #expect(
        Self.value("test/map@r", in: whole.outcome.test)
          > Self.value("test/map@r", in: before.outcome.test), "\(name)")
    }

    let first = try Trainer(
      configuration: configuration, data: data, blas: try BLASLibrary.load())
    #expect(throws: TrainingError(.cancelled(step: 47))) {
      try first.run(observe: { _ in }, isCancelled: { first.step == 47 })
    }
    let second = try Trainer(
      configuration: configuration, data: data, blas: try BLASLibrary.load(),
      resuming: first.state)
    #expect(second.state == first.state, "\(name)")
    #expect(try second.run { _ in } == whole.outcome, "\(name)")
  }

  @Test func `what is asked for at the end is measured on the test classes only`() throws {
    var configuration = Self.configuration()
    configuration.steps = 30
    configuration.measures.ranksAll = true
    configuration.measures.clusters = true
    configuration.measures.distances = true
    configuration.measures.fewShot = [FewShot(ways: 5, shots: 1, episodes: 20)]
    let (outcome, history) = try Self.run(configuration, Self.data(seed: 16))
    for name in ["map", "nmi", "f1", "few_shot_5w1s", "distance_within_mean"] {
      #expect(Self.value("test/" + name, in: outcome.test).isFinite, "\(name)")
      #expect(history.contains { $0.name == "validation/" + name } == (name == "map"), "\(name)")
    }
  }

  @Test func `levels are measured one by one and together`() throws {
    let data = Self.data(seed: 14, names: ["low", "mid", "high"])
    let (outcome, _) = try Self.run(Self.configuration(), data)
    let names = outcome.test.map(\.name).filter { $0.hasSuffix("map@r") }
    #expect(
      names.sorted() == [
        "test/high/map@r", "test/low/map@r", "test/map@r", "test/mid/map@r",
      ])
    #expect(
      outcome.selected.tensors.map(\.name) == [
        "low.preprocess.mean", "mid.preprocess.mean", "high.preprocess.mean",
        "low.embedding.weight", "mid.embedding.weight", "high.embedding.weight",
      ])
    var normalized = Self.configuration()
    normalized.concatenation = .normalized
    let other = try Self.run(normalized, data).outcome
    #expect(
      Self.value("test/low/map@r", in: other.test)
        == Self.value("test/low/map@r", in: outcome.test))
    #expect(other.test != outcome.test)
  }

  @Test(arguments: [1, 30, 47, 60, 119, 120])
  func `a run resumed from its state ends with the bits of one never interrupted`(
    stop: Int
  ) throws {
    let data = Self.data(seed: 10)
    let whole = try Self.run(Self.configuration(), data)
    let blas = try BLASLibrary.load()
    let first = try Trainer(configuration: Self.configuration(), data: data, blas: blas)
    var history: [MeasuredValue] = []
    if stop < 120 {
      #expect(throws: TrainingError(.cancelled(step: stop))) {
        try first.run(observe: { history += $0 }, isCancelled: { first.step == stop })
      }
    } else {
      _ = try first.run { history += $0 }
    }
    let second = try Trainer(
      configuration: Self.configuration(), data: data, blas: blas, resuming: first.state)
    #expect(second.state == first.state)
    let outcome = try second.run { history += $0 }
    #expect(history == whole.history)
    #expect(outcome == whole.outcome)
  }

  @Test func `a run that is stopped after its last step has not seen the test classes yet`() throws
  {
    let trainer = try Trainer(
      configuration: Self.configuration(), data: Self.data(seed: 10),
      blas: try BLASLibrary.load())
    #expect(throws: TrainingError(.cancelled(step: 120))) {
      try trainer.run(observe: { _ in }, isCancelled: { trainer.step == 120 })
    }
    #expect(
      try trainer.run { _ in } == Self.run(Self.configuration(), Self.data(seed: 10)).outcome)
  }

  @Test func `a run starts from the weights of another and refuses those of another model`()
    throws
  {
    let data = Self.data(seed: 15)
    let blas = try BLASLibrary.load()
    var configuration = Self.configuration()
    configuration.loss = .proxyNCA(.init())
    let first = try Self.run(configuration, data).outcome.selected.tensors
    configuration.steps = 1
    configuration.evaluationInterval = 1
    configuration.learningRate = 0
    let second = try Trainer(
      configuration: configuration, data: data, blas: blas, initial: first
    ).run { _ in }
    #expect(second.selected.tensors == first)

    configuration.network.embedding = 9
    #expect(
      throws: TrainingError(.otherModel("embedding.weight has the shape [8, 24], not [9, 24]"))
    ) {
      try Trainer(configuration: configuration, data: data, blas: blas, initial: first)
    }
    configuration.network.hidden = [5]
    #expect(throws: TrainingError(.otherModel("they have no hidden.0.weight"))) {
      try Trainer(configuration: configuration, data: data, blas: blas, initial: first)
    }
  }

  @Test func `without validation classes the last weights are taken`() throws {
    let (outcome, history) = try Self.run(
      Self.configuration(), Self.data(seed: 11, validation: 0..<0))
    #expect(outcome.selected.step == 120)
    #expect(outcome.selected.tensors == outcome.last.tensors)
    #expect(outcome.selected.validation.isEmpty && outcome.last.validation.isEmpty)
    #expect(!history.contains { $0.name.hasPrefix("validation/") })
    #expect(outcome.test.allSatisfy { $0.step == 120 })
  }

  @Test func `every step is reported once and the outcome holds what a model needs`() throws {
    let data = Self.data(seed: 12)
    let trainer = try Trainer(
      configuration: Self.configuration(), data: data, blas: try BLASLibrary.load())
    var steps: [Int] = []
    var history: [MeasuredValue] = []
    let outcome = try trainer.run(observe: { history += $0 }, progress: { steps.append($0) })
    #expect(steps == Array(1...120))
    #expect(outcome.selected.tensors.map(\.name) == ["preprocess.mean", "embedding.weight"])
    #expect(outcome.selected.tensors[0].values.contains { $0 != 0 })
    let validation = history.filter { $0.name.hasPrefix("validation/") }
    #expect(outcome.last.validation == validation.filter { $0.step == 120 })
    #expect(outcome.selected.validation == validation.filter { $0.step == outcome.selected.step })
  }

  @Test func `the outcomes of queries are those that the test measures are means of`() throws {
    let (outcome, _) = try Self.run(Self.configuration(), Self.data(seed: 13))
    let measures = Dictionary(
      outcome.test.map { ($0.name, $0.value) }, uniquingKeysWith: { first, _ in first })
    let count = Double(outcome.queries.count)
    #expect(count > 0)
    for cutoff in [1, 2, 4, 8] {
      let hits = outcome.queries.count { $0.firstHit <= cutoff }
      #expect(measures["test/recall@\(cutoff)"] == Double(hits) / count)
    }
    let precisions = outcome.queries.compactMap(\.averagePrecisionAtR)
    #expect(precisions.count == outcome.queries.count)
    #expect(abs((measures["test/map@r"] ?? 0) - precisions.reduce(0, +) / count) < 1e-12)
  }

  @Test func `a run that diverges says at which step`() throws {
    let data = Self.data(seed: 8)
    var configuration = Self.configuration()
    configuration.learningRate = 1e30
    configuration.weightDecay = 1
    let error = #expect(throws: TrainingError.self) { try Self.run(configuration, data) }
    guard case .diverged = error?.code else {
      Issue.record("ended with \(String(describing: error))")
      return
    }
  }

  @Test func `more classes in a batch than there are is an error with both numbers`() throws {
    var configuration = Self.configuration()
    configuration.classesPerBatch = 25
    let error = #expect(throws: TrainingError.self) {
      try Self.run(configuration, Self.data(seed: 9))
    }
    #expect(
      error?.description
        == "a batch needs 25 classes, but only 24 are left for training. "
        + "Lower P in batch, or dataset.validation")
  }
}
