import Datasets
import Foundation
import Store
import TestSupport
import Testing

/// Feature files with queries and a gallery, from outside.
struct QueryGalleryTests {
  /// Two test queries, of which the first finds its class in the gallery and the second does not.
  private static func folder() throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    try FeatureFileWriter().writeGrouped(
      train: .init(
        labels: [1, 1, 2, 2],
        levels: [.init(name: "high", dimension: 2, values: [1, 0, 1, 0.1, 0, 1, 0.1, 1])]),
      test: .init(
        labels: [3, 4, 3, 5],
        levels: [.init(name: "high", dimension: 2, values: [1, 0, 0.9, 0.1, 0.8, 0.1, 0, 1])],
        queryGallery: QueryGallery(
          isQuery: [true, true, false, false], isGallery: [false, false, true, true])),
      to: folder.file("set.h5"))
    return folder
  }

  private static func document(_ arguments: [String]) throws -> [String: Any] {
    let folder = try folder()
    let ending = try BuiltProgram.sweep.run(arguments + ["--json"], in: folder.path)
    #expect(ending.status == 0, "\(ending.errors)")
    let object = try JSONSerialization.jsonObject(with: Data(ending.output.utf8))
    return try #require(object as? [String: Any])
  }

  @Test func `untrained figures are those of the queries`() throws {
    let document = try Self.document(["data", "evaluate", "set.h5"])
    #expect(document["protocol"] as? String == "query/gallery")
    let levels = try #require(document["levels"] as? [[String: Any]])
    let metrics = try #require(levels.first?["metrics"] as? [String: Double])
    // As a row of four, the first would find the row of class 4 first.
    #expect(metrics["recall@1"] == 0.5)
    #expect(metrics["map@r"] == 1)
    let training = try Self.document(["data", "evaluate", "set.h5", "--split", "train"])
    #expect(training["protocol"] as? String == "leave-one-out")
  }

  @Test func `a run and the baselines are tested on the gallery, its choice is not touched`() throws
  {
    // The features are easy, but of 31 queries only the last has its class in the gallery.
    let isQuery = (0..<60).map { $0 < 30 || $0 == 36 }
    let queryGallery = QueryGallery(isQuery: isQuery, isGallery: isQuery.map { !$0 })
    var runs: [(history: [MetricPoint], digests: [String])] = []
    for queryGallery in [nil, queryGallery] {
      let practice = try Practice(queryGallery: queryGallery)
      try practice.write(
        Practice.sweep.replacing("[1.2, 1.4]", with: "[1.2]").replacing("[0.2, 0.4]", with: "[0.4]")
          .replacing("seeds: 2", with: "seeds: 1"))
      let ending = try practice.launch()
      #expect(ending.status == 0, "\(ending.errors)")
      let store = try ExperimentStore(path: practice.storePath, access: .read)
      let run = try #require(try store.runs().first)
      runs.append((try store.history(of: run.id), run.dataDigests.values.sorted()))
      let figures = try store.baselines(dataDigest: run.dataDigests["high"] ?? "").map(\.figures)
      #expect(figures.count == 4)
      let recalls = figures.compactMap { $0["recall@1"] } + [run.metrics["test/recall@1"] ?? .nan]
      #expect(recalls.allSatisfy { $0 == (queryGallery == nil ? 1 : 1.0 / 31) }, "\(recalls)")
      try store.close()
    }
    #expect(runs[0].digests != runs[1].digests)
    func values(_ prefix: String, _ history: [MetricPoint]) -> [MetricPoint] {
      history.filter { $0.name.hasPrefix(prefix) }
    }
    #expect(values("validation/", runs[0].history) == values("validation/", runs[1].history))
    #expect(values("test/map", runs[0].history) != values("test/map", runs[1].history))
    #expect(values("test/nmi", runs[0].history) == values("test/nmi", runs[1].history))
  }

  @Test func `a description has the protocol with its rows`() throws {
    let document = try Self.document(["data", "describe", "set.h5"])
    #expect(document["protocol"] as? String == "query/gallery")
    #expect(document["query_rows"] as? Int == 2 && document["gallery_rows"] as? Int == 2)
    let problem =
      "test: 1 query of 1 class that the gallery has no other row of, which Recall@K counts as "
      + "misses: 4"
    #expect(document["problems"] as? [String] == [problem])
    let folder = try Self.folder()
    let ending = try BuiltProgram.sweep.run(["data", "describe", "set.h5"], in: folder.path)
    #expect(
      ending.output.contains("protocol: query/gallery, 2 query rows and 2 gallery rows\n"),
      "\(ending.output)")
    #expect(ending.output.contains("problem: \(problem)\n"), "\(ending.output)")
  }
}
