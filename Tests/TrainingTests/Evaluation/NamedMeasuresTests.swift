import Kernels
import Testing
import Training

struct NamedMeasuresTests {
  private static let labels = (0..<40).map { Int32($0 % 4) }

  private static func names(_ measures: [MeasuredValue]) -> [String] { measures.map(\.name) }

  @Test func `measures have the names that reports know, and their values`() throws {
    let x = UnitRows.clustered(Self.labels, 5, noise: 2, seed: 1)
    let blas = try BLASLibrary.load()
    let retrieval = Retrieval<Float>(blas: blas).leaveOneOut(
      unit: x, labels: Self.labels, recallAt: [1, 8], rankingAll: true)
    #expect(
      Self.names(retrieval.named("test/", step: 7)) == [
        "test/recall@1", "test/recall@8", "test/map@r", "test/r_precision", "test/precision@1",
        "test/map", "test/reciprocal_rank", "test/tied_queries",
      ])
    let clustering = ClusteringMeasures(unit: x, labels: Self.labels, seed: 0, blas: blas)
      .named("test/", step: 7)
    #expect(
      Self.names(clustering) == ["test/nmi", "test/ami", "test/f1", "test/nmi_spread"])
    let episodes = FewShot(ways: 3, shots: 2, episodes: 5)
    let measured = episodes.evaluate(unit: x, labels: Self.labels, seed: 0)
    let fewShot = try #require(measured).named("test/", of: episodes, step: 7)
    #expect(
      Self.names(fewShot) == [
        "test/few_shot_3w2s", "test/few_shot_3w2s_interval", "test/few_shot_3w2s_centroid",
        "test/few_shot_3w2s_centroid_interval",
      ])
    #expect(fewShot[2].value == measured?.nearestCentroid.mean)
    let distances = ClassDistances(unit: x, labels: Self.labels, seed: 0)
    let named = distances.named("test/", step: 7)
    #expect(
      Self.names(named).prefix(6) == [
        "test/distance_within_mean", "test/distance_within_p5", "test/distance_within_p25",
        "test/distance_within_p50", "test/distance_within_p75", "test/distance_within_p95",
      ])
    #expect(named.count == 12 && named[8].value == distances.between?.values[1])
    #expect((clustering + fewShot + named).allSatisfy { $0.step == 7 })
  }
}
