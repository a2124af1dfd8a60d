import Kernels
import Testing
import Training

/// The loss of several levels against one loss for each.
struct LevelLossesTests {
  private static let labels: [Int32] = [0, 0, 1, 1, 2, 2, 3, 3]
  private static let embedding = 5

  private static func setting(levels: Int) -> LossChoice.Setting {
    LossChoice.Setting(
      size: labels.count, embedding: embedding, classes: 4, levels: levels, seed: 9)
  }

  /// A network that has just given random outputs; one of a level.
  private static func network(level: Int, blas: BLASLibrary) -> EmbeddingNetwork<Float> {
    var shape = NetworkShape()
    shape.embedding = embedding
    let network = EmbeddingNetwork<Float>(
      shape: shape, inputs: 3, batch: labels.count, level: level, seed: 4, blas: blas)
    network.forward(
      UnitRows.scattered(labels.count, 3, seed: UInt64(level + 1)), step: 0)
    return network
  }

  @Test func `the loss of levels is the sum of theirs, and shares are their mean`() throws {
    let blas = try BLASLibrary.load()
    let batch = TrainingBatch(distinct: Self.labels)
    let choice = LossChoice.triplet(.init())
    let networks = (0..<3).map { Self.network(level: $0, blas: blas) }
    let whole = LevelLosses(
      choice, setting: Self.setting(levels: 3), levelNames: ["a", "b", "c"], blas: blas
    ).evaluate(networks, batch: batch)
    let gradients = networks.map { $0.outputGradient.values }
    var (loss, positives, negatives) = (0.0, 0.0, 0.0)
    for (network, gradient) in zip(networks, gradients) {
      let single = LevelLosses(
        choice, setting: Self.setting(levels: 1), levelNames: ["a"], blas: blas)
      let outcome = single.evaluate([network], batch: batch)
      loss += outcome.loss
      positives += try #require(outcome.nontrivialPositives) / 3
      negatives += try #require(outcome.nontrivialNegatives) / 3
      #expect(network.outputGradient.values == gradient)
    }
    #expect(loss > 0 && Set(gradients).count == 3)
    #expect(whole.loss == loss)
    #expect(abs(try #require(whole.nontrivialPositives) - positives) < 1e-15)
    #expect(abs(try #require(whole.nontrivialNegatives) - negatives) < 1e-15)
  }

  @Test func `levels start from proxies of their own, under their names`() throws {
    let losses = LevelLosses(
      .proxyNCA(.init()), setting: Self.setting(levels: 2), levelNames: ["low", "high"],
      blas: try BLASLibrary.load())
    #expect(losses.parameters.map(\.name) == ["low.loss.proxies", "high.loss.proxies"])
    #expect(losses.parameters[0].value.values != losses.parameters[1].value.values)
    let single = LevelLosses(
      .proxyNCA(.init()), setting: Self.setting(levels: 1), levelNames: ["low"],
      blas: try BLASLibrary.load())
    #expect(single.parameters.map(\.name) == ["loss.proxies"])
    #expect(single.parameters[0].value.values == losses.parameters[0].value.values)
  }
}
