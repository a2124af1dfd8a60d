import Kernels
import Testing
import Training

/// A model out of its stored tensors, and several models judged as one.
@Suite struct StoredModelTests {
  private struct Trained {
    let configuration: TrainingConfiguration
    let data: TrainingData
    let outcome: TrainingOutcome
    let blas: BLASLibrary

    init(
      seed: UInt64 = 6, names: [String] = ["high"], _ change: (inout TrainingConfiguration) -> Void
    ) throws {
      var configuration = TrainingConfiguration()
      configuration.network.embedding = 8
      configuration.classesPerBatch = 10
      configuration.steps = 20
      configuration.evaluationInterval = 10
      configuration.seed = seed
      change(&configuration)
      self.configuration = configuration
      data = TrainerTests.data(seed: 6, names: names)
      blas = try BLASLibrary.load()
      outcome = try Trainer(configuration: configuration, data: data, blas: blas)
        .run(observe: { _ in })
    }

    func stored(
      _ change: (inout [WeightsFile.Tensor]) -> Void = { _ in }
    ) throws(TrainingError) -> StoredModel {
      var tensors = outcome.selected.tensors
      change(&tensors)
      return try StoredModel(
        tensors, configuration: configuration,
        inputs: data.levels.map { ($0.name, $0.training.columns) },
        classes: data.training.rowsOfClass.count, blas: blas)
    }

    /// The measures of retrieval of the run itself.
    func value(_ name: String) -> Double? { outcome.test.first { $0.name == name }?.value }
  }

  private static let shapes: [@Sendable (inout TrainingConfiguration) -> Void] = [
    { _ in },
    {
      $0.network.hidden = [12]
      $0.network.normalizesBatches = true
      $0.network.dropout = 0.2
      $0.network.hasBias = true
      $0.preprocessing = [.whitened(10), .unitLength, .center]
    },
    {
      $0.loss = .proxyAnchor(.init())
      $0.concatenation = .normalized
    },
    { $0.loss = .multiModal(.init()) },
  ]

  @Test(arguments: shapes.indices, [["high"], ["low", "high"]])
  func `a stored model gives the test measures of its run, to the bit`(
    shape: Int, names: [String]
  ) throws {
    let trained = try Trained(names: names, Self.shapes[shape])
    let model = try trained.stored()
    let measures = JointEvaluation.measures(
      of: [(model, trained.data)], recallAt: [1, 2, 4, 8], blas: trained.blas
    ).named("test/", step: trained.outcome.selected.step)
    #expect(measures.count > 4)
    for measure in measures { #expect(trained.value(measure.name) == measure.value) }
  }

  @Test func `several models are judged by their embeddings side by side`() throws {
    let trained = try (0..<3).map { seed in
      try Trained(seed: UInt64(seed)) { $0.network.embedding = 4 + seed }
    }
    let members = try trained.map { (model: try $0.stored(), data: $0.data) }
    let test = trained[0].data.test
    // Side by side, each at unit length; the whole is √3 long.
    var rows = [[Double]](repeating: [], count: test.rows.count)
    for (model, data) in members {
      let unit = model.embed(test.rows, split: .test, of: data)
      #expect(unit.columns == model.dimension)
      for row in rows.indices {
        let values = (0..<unit.columns).map { Double(unit[row, $0]) }
        #expect(abs(values.reduce(0) { $0 + $1 * $1 } - 1) < 1e-5)
        rows[row] += values
      }
    }
    var hits = 0
    for (row, values) in rows.enumerated() {
      let similarities = rows.map { zip($0, values).reduce(0) { $0 + $1.0 * $1.1 } }
      let nearest = rows.indices.filter { $0 != row }.max { similarities[$0] < similarities[$1] }
      if let nearest, test.labels[nearest] == test.labels[row] { hits += 1 }
    }
    let joint = JointEvaluation.measures(of: members, recallAt: [1], blas: trained[0].blas)
    #expect(joint.recallAt[1] == Double(hits) / Double(rows.count))
    let alone = try #require(trained[0].value("test/recall@1"))
    #expect(joint.recallAt[1] != alone)
    #expect(JointEvaluation.bytes(rows: 240, dimensions: [4, 5, 6]) == 240 * 15 * 4)
  }

  @Test func `weights that are not those of the run are refused`() throws {
    let trained = try Trained(names: ["low", "high"]) { $0.loss = .proxyAnchor(.init()) }
    func message(_ change: (inout [WeightsFile.Tensor]) -> Void) -> String? {
      do throws(TrainingError) {
        _ = try trained.stored(change)
        return nil
      } catch {
        return error.description
      }
    }
    #expect(message { _ in } == nil)
    let start = "the weights cannot be read: "
    #expect(
      message { $0.removeAll { $0.name == "high.preprocess.mean" } } == start
        + "level high lacks what preprocessing learned")
    #expect(
      message { $0.removeAll { $0.name == "low.embedding.weight" } } == start
        + "they have no low.embedding.weight")
    #expect(
      message { $0.removeAll { $0.name == "low.loss.proxies" } } == start
        + "they have no low.loss.proxies")
    let other = WeightsFile.Tensor(
      name: "low.embedding.weight", shape: [2, 3], values: [Float](repeating: 0, count: 6))
    #expect(
      message { tensors in
        tensors = tensors.map { $0.name == other.name ? other : $0 }
      } == start + "low.embedding.weight has the shape [2, 3], not [8, 24]")
  }
}
