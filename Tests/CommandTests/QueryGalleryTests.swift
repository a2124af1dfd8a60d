import Datasets
import Foundation
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
