import Foundation
import Kernels
import Testing
import Training

struct CheckpointTests {
  /// What a run may remember from step to step, in all its forms.
  private struct Case: CustomTestStringConvertible, Sendable {
    var testDescription: String
    var loss = LossChoice.rankedList(.init())
    var optimizer = OptimizerRule.sgd(momentum: 0.9)
    var learningRate = 0.1
    var levels = ["high"]
    var selection = TrainingConfiguration.Selection.best
    var network: @Sendable (inout NetworkShape) -> Void = { _ in }

    var configuration: TrainingConfiguration {
      var configuration = TrainingConfiguration()
      configuration.network.embedding = 6
      network(&configuration.network)
      configuration.loss = loss
      configuration.optimizer = optimizer
      configuration.learningRate = learningRate
      configuration.selection = selection
      configuration.schedule = LearningRateSchedule(.cosine(floor: 0.1), warmup: 3)
      configuration.classesPerBatch = 10
      configuration.steps = 14
      configuration.evaluationInterval = 4
      return configuration
    }
  }

  private static func adam(decoupled: Bool) -> OptimizerRule {
    .adam(firstDecay: 0.9, secondDecay: 0.999, epsilon: 1e-8, decouplesDecay: decoupled)
  }

  private static let cases: [Case] = [
    Case(testDescription: "SGD"),
    Case(testDescription: "SGD, last weights", selection: .last),
    Case(testDescription: "Adam", optimizer: adam(decoupled: false), learningRate: 0.01),
    Case(testDescription: "AdamW", optimizer: adam(decoupled: true), learningRate: 0.01),
    Case(testDescription: "proxies", loss: .proxyNCA(.init())),
    Case(
      testDescription: "proxies of levels", loss: .proxyAnchor(.init()), learningRate: 0.003,
      levels: ["low", "high"]),
    Case(testDescription: "learned margins", loss: .margin(.init())),
    Case(testDescription: "levels", levels: ["low", "mid", "high"]),
    Case(testDescription: "joined levels", loss: .multiModal(.init()), levels: ["low", "high"]),
    Case(
      testDescription: "hidden layers, dropout, batch normalization", learningRate: 0.01,
      network: {
        $0.hidden = [9, 7]
        $0.dropout = 0.2
        $0.normalizesBatches = true
        $0.hasBias = true
      }),
  ]

  private static func checkpoint(_ state: TrainingState) -> Checkpoint {
    Checkpoint(
      jobKey: "key", numericsIdentity: "numerics", state: state, historyBytes: 123,
      historyDigest: "digest", wallSeconds: 1.1, processorSeconds: 2.2, peakMemoryBytes: 3)
  }

  @Test(arguments: cases.indices)
  func `a run resumed from the file of any step ends with the same bits`(index: Int) throws {
    let run = Self.cases[index]
    let data = TrainerTests.data(seed: 21, names: run.levels)
    let blas = try BLASLibrary.load()
    let whole = try Trainer(configuration: run.configuration, data: data, blas: blas)
    var history: [MeasuredValue] = []
    // The state at the start, and after each step.
    var files = [(content: Self.checkpoint(whole.state).content, measured: 0)]
    let outcome = try whole.run(
      observe: { history += $0 },
      progress: { _ in files.append((Self.checkpoint(whole.state).content, history.count)) })
    #expect(files.count == 15)
    for (step, file) in files.enumerated() {
      let state = try Checkpoint(content: file.content).state
      #expect(state.step == step)
      let second = try Trainer(
        configuration: run.configuration, data: data, blas: blas, resuming: state)
      var measured = Array(history.prefix(file.measured))
      #expect(
        try second.run { measured += $0 } == outcome, "\(run.testDescription), step \(step)")
      #expect(measured == history, "\(run.testDescription), step \(step)")
    }
  }

  @Test func `the weights selected before a checkpoint and after it are those of the whole run`()
    throws
  {
    let data = TrainerTests.data(seed: 21)
    let blas = try BLASLibrary.load()
    var selected: Set<Int> = []
    for isMaximized in [true, false] {
      var configuration = Self.cases[0].configuration
      configuration.objective.metric = "train/loss"
      configuration.objective.isMaximized = isMaximized
      let whole = try Trainer(configuration: configuration, data: data, blas: blas)
      var middle = whole.state
      let outcome = try whole.run(
        observe: { _ in }, progress: { if $0 == 8 { middle = whole.state } })
      let state = try Checkpoint(content: Self.checkpoint(middle).content).state
      let second = try Trainer(
        configuration: configuration, data: data, blas: blas, resuming: state)
      #expect(try second.run { _ in } == outcome)
      selected.insert(outcome.selected.step)
    }
    #expect(selected.contains { $0 <= 8 } && selected.contains { $0 > 8 }, "\(selected)")
  }

  /// A state with every number that text would change.
  private static let oddState: TrainingState = {
    let odd: [Double] = [
      .nan, Double(nan: 5, signaling: false), -0.0, .infinity, -.infinity,
      .leastNonzeroMagnitude, 0.1, .greatestFiniteMagnitude,
    ]
    let measures = odd.enumerated().map {
      MeasuredValue(name: "measure \"\($0)\"\n", step: $0, value: $1)
    }
    var interval = IntervalMeans()
    interval.count = 3
    interval.loss = Double(nan: 9, signaling: false)
    interval.negatives = -0.0
    let values: [Float] = [
      Float(nan: 3, signaling: false), -0.0, .infinity, .leastNonzeroMagnitude, 0.1, 1,
    ]
    return TrainingState(
      step: 7, tensors: [.init(name: "a", shape: [2, 3], values: values)], interval: interval,
      validation: measures,
      selection: .init(
        step: 4, value: -0.0, validation: measures,
        tensors: [.init(name: "a", shape: [6], values: values)]))
  }()

  private static func bits(_ state: TrainingState) -> [UInt64] {
    let selection = state.selection
    let doubles =
      [state.interval.loss, state.interval.negatives ?? 1, selection?.value ?? 1]
      + (state.validation + (selection?.validation ?? [])).map(\.value)
    let floats = (state.tensors + (selection?.tensors ?? [])).flatMap(\.values)
    return doubles.map(\.bitPattern) + floats.map { UInt64($0.bitPattern) }
  }

  @Test func `numbers keep their bits, whatever they are`() throws {
    let content = Self.checkpoint(Self.oddState).content
    #expect(content == Self.checkpoint(Self.oddState).content)
    let read = try Checkpoint(content: content)
    #expect(Self.bits(read.state) == Self.bits(Self.oddState))
    #expect(read.content == content)
    #expect(read.state.interval.positives == nil)
    #expect(read.state.validation.map(\.name) == Self.oddState.validation.map(\.name))
    #expect(read.jobKey == "key" && read.numericsIdentity == "numerics")
    #expect(read.historyBytes == 123 && read.historyDigest == "digest" && read.peakMemoryBytes == 3)
    #expect(read.wallSeconds == 1.1 && read.processorSeconds == 2.2)
    var without = Self.oddState
    without.selection = nil
    #expect(try Checkpoint(content: Self.checkpoint(without).content).state.selection == nil)
  }

  @Test func `a file cut anywhere or with any byte changed is refused`() {
    let content = Self.checkpoint(Self.oddState).content
    let damaged = TrainingError(.badCheckpoint("its content is damaged"))
    for place in content.indices {
      #expect(throws: damaged, "cut at \(place)") { try Checkpoint(content: content[..<place]) }
      var other = content
      other[place] ^= 1 << UInt8(place % 8)
      #expect(throws: damaged, "changed at \(place)") { try Checkpoint(content: other) }
    }
    #expect(damaged.description == "the checkpoint cannot be used: its content is damaged")
  }

  @Test func `a file of a newer program is refused`() {
    var newer = Self.checkpoint(Self.oddState)
    newer.schema = 2
    let error = #expect(throws: TrainingError.self) { try Checkpoint(content: newer.content) }
    #expect(
      error?.description == "the checkpoint cannot be used: it was written by a newer rll-sweep "
        + "(schema 2, this program knows 1)")
  }

  @Test func `the state of another model is refused`() throws {
    let data = TrainerTests.data(seed: 21)
    let blas = try BLASLibrary.load()
    var other = Self.cases[0].configuration
    let state = try Trainer(configuration: other, data: data, blas: blas).state
    other.network.embedding += 1
    let error = #expect(throws: TrainingError.self) {
      try Trainer(configuration: other, data: data, blas: blas, resuming: state)
    }
    #expect(
      error?.description == "the checkpoint cannot be used: its embedding.weight is missing or "
        + "of another shape")
    other.network.hidden = [5]
    #expect(
      throws: TrainingError(
        .badCheckpoint("its hidden.0.weight is missing or of another shape"))
    ) { try Trainer(configuration: other, data: data, blas: blas, resuming: state) }
  }
}
