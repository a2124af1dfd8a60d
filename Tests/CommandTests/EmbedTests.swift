import Datasets
import Foundation
import Store
import Sweeps
import TestSupport
import Testing

/// `embed`: stored models applied to features.
struct EmbedTests {
  private struct Evaluation: Decodable {
    struct Level: Decodable {
      let level: String
      let dimension: Int
      let metrics: [String: Double]
    }

    let levels: [Level]
  }

  private static func embed(
    _ practice: Practice, _ arguments: String...
  ) throws -> BuiltProgram.Ending {
    try BuiltProgram.sweep.run(
      ["embed", "--store", practice.storePath] + arguments, in: practice.folder.path)
  }

  private static func evaluation(
    of file: String, in practice: Practice
  ) throws -> [Evaluation.Level] {
    let ending = try practice.sweep("data", "evaluate", file, "--json")
    #expect(ending.status == 0, "\(ending.errors)")
    return try JSONDecoder().decode(Evaluation.self, from: Data(ending.output.utf8)).levels
  }

  /// Embeds the file that a run was trained on, and compares what `data evaluate` says of the
  /// result with the stored measures of the run: they are the same numbers, not near ones.
  private static func expectOwnFigures(
    of run: RunSummary, in practice: Practice, levels: [String],
    sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let input = try #require(run.settings["dataset.path"]?.text)
    let ending = try embed(practice, run.id, input, "-o", "out.h5", "--force")
    #expect(ending.status == 0, "\(ending.errors)", sourceLocation: sourceLocation)
    #expect(ending.output == "out.h5\n", sourceLocation: sourceLocation)
    let evaluated = try evaluation(of: "out.h5", in: practice)
    #expect(evaluated.map(\.level) == levels, sourceLocation: sourceLocation)
    for level in evaluated {
      let prefix = level.level == levels[0] ? "test/" : "test/\(level.level)/"
      #expect(level.metrics.count >= 8, sourceLocation: sourceLocation)
      for (name, value) in level.metrics {
        #expect(
          run.metrics[prefix + name]?.bitPattern == value.bitPattern,
          "\(prefix)\(name): \(run.metrics[prefix + name] ?? .nan), \(value)",
          sourceLocation: sourceLocation)
      }
    }
  }

  private static let omniglot: String? = {
    let folder =
      ProcessInfo.processInfo.environment["RLL_DATA"]
      ?? RecordedFile("../shared/data").path
    let path = URL(fileURLWithPath: folder + "/omniglot-small.h5").standardizedFileURL.path
    if FileManager.default.fileExists(atPath: path) { return path }
    print("skipped: \(path) is not there")
    return nil
  }()

  /// Settings of a run on Omniglot, and the levels that its embeddings then have.
  private static let omniglotRuns: [(settings: String, levels: [String])] = [
    ("dataset: {path: DATA, levels: [high]}", ["features"]),
    (
      "dataset: {path: DATA, levels: [low, mid, high]}",
      ["features", "high", "low", "mid"]
    ),
    (
      "dataset: {path: DATA, levels: [low, mid, high]}\n  concatenation: normalized",
      ["features", "high", "low", "mid"]
    ),
    (
      """
      dataset: {path: DATA, levels: [high], preprocess: [l2, {pca: 48}, center]}
        model: {hidden: [40], batch_normalization: true, dropout: 0.1, bias: true}
      """, ["features"]
    ),
    (
      """
      dataset: {path: DATA, levels: [high, mid], preprocess: [{whiten: 32}]}
        loss: {name: multimodal, proxies_per_class: 2}
      """, ["features", "high", "mid"]
    ),
  ]

  @Test(arguments: omniglotRuns.indices)
  func `embeddings of Omniglot score the run's own figures, to the bit`(index: Int) throws {
    guard let path = Self.omniglot else { return }
    let (settings, levels) = Self.omniglotRuns[index]
    let practice = try Practice.launched(
      """
      name: practice
      base:
        \(settings.replacing("DATA", with: path))
        embedding: 24
        batch: 30x3
        steps: 20
        evaluation: {every: 10, clustering: false}
      """)
    let run = try practice.withStore { try #require(try $0.runs().first) }
    try Self.expectOwnFigures(of: run, in: practice, levels: levels)
    let out = try FeatureFile(path: practice.folder.file("out.h5"))
    let input = try FeatureFile(path: path)
    #expect(out.levels.map(\.isMapped) == levels.map { _ in true })
    for split in FeatureFile.Split.allCases {
      #expect(out.labels(of: split) == input.labels(of: split))
      #expect(try out.annotations(of: split) == input.annotations(of: split))
      #expect(try out.annotations(of: split).map(\.name) == ["image_names"])
    }
    #expect(try out.namesOfClasses() == input.namesOfClasses())
    #expect(try out.namesOfClasses().count == 242)
  }

  @Test func `queries and their gallery keep their figures`() throws {
    let isQuery = (0..<60).map { $0 % 6 < 2 }
    let practice = try Practice(
      queryGallery: QueryGallery(isQuery: isQuery, isGallery: isQuery.map { !$0 }))
    try practice.write(Practice.shortSweep)
    #expect(try practice.launch().status == 0)
    for run in try practice.withStore({ try $0.runs() }) {
      try Self.expectOwnFigures(of: run, in: practice, levels: ["features"])
    }
    let out = try FeatureFile(path: practice.folder.file("out.h5"))
    #expect(out.queryGallery?.isQuery == isQuery)
  }

  @Test func `the file says where it comes from`() throws {
    let practice = try Practice.launched()
    let run = try practice.withStore { try #require(try $0.runs().first) }
    for kind in ["best", "last"] {
      let ending = try Self.embed(
        practice, String(run.id.prefix(6)), "features.h5", "--output", "\(kind).h5",
        "--checkpoint", kind)
      #expect(ending.status == 0, "\(ending.errors)")
      let kept = try practice.withStore { store in
        try #require(try store.detail(of: run.id).checkpoints.first { $0.kind == kind })
      }
      let file = try HDF5File(path: practice.folder.file("\(kind).h5"))
      func text(_ name: String) throws -> String { try file.text(name, of: "/") }
      #expect(try text("run_id") == run.id)
      #expect(try text("job_key") == run.jobKey)
      #expect(try text("sweep") == "practice")
      #expect(try text("checkpoint") == kind)
      #expect(try text("checkpoint_step") == "\(kept.step)")
      #expect(try text("checkpoint_sha256") == kept.sha256)
      #expect(try text("source") == "features.h5")
      #expect(try text("data_digest") == "high \(run.dataDigests["high"] ?? "")")
      #expect(try text("trained_on") == text("data_digest"))
      #expect(try text("program").hasPrefix("rll-sweep "))
      #expect(try text("program_commit").count >= 7)
    }
    let (best, last) = (
      try Self.evaluation(of: "best.h5", in: practice),
      try Self.evaluation(of: "last.h5", in: practice)
    )
    #expect(best[0].metrics != last[0].metrics)
    #expect(best[0].metrics["map@r"] == run.metrics["test/map@r"])
    #expect(best[0].dimension == 8)
  }

  @Test func `embeddings can be trained on, and a level of their name is kept apart`() throws {
    let practice = try Practice.launched()
    #expect(try Self.embed(practice, "latest", "features.h5", "-o", "out.h5").status == 0)
    let values = (0..<120).map { Float(1 + $0 % 7) }
    for (name, level) in [("two", "features"), ("other", "low")] {
      let levels: [FeatureFileWriter.LevelValues] = [
        .init(name: "features", dimension: 2, values: values),
        .init(name: level == "low" ? "low" : "_features", dimension: 2, values: values),
      ]
      try FeatureFileWriter().writeGrouped(
        train: .init(labels: (0..<60).map { Int64($0 / 6) }, levels: levels),
        test: .init(labels: (0..<60).map { Int64(10 + $0 / 6) }, levels: levels),
        to: practice.folder.file("\(name).h5"))
    }
    let sweep = """
      name: NAME
      base: {dataset: {path: NAME.h5, levels: LEVELS}, embedding: 2, batch: 4x3, steps: 2}
      """
    for (name, levels, expected) in [
      ("out", "[features]", ["features"]),
      ("two", "[_features, features]", ["__features", "_features", "features"]),
      ("other", "[features, low]", ["_features", "features", "low"]),
    ] {
      try practice.write(
        sweep.replacing("NAME", with: name).replacing("LEVELS", with: levels), to: "\(name).yaml")
      let launch = try practice.sweep("launch", "\(name).yaml", "--store", practice.storePath)
      #expect(launch.status == 0, "\(launch.errors)")
      let ending = try Self.embed(practice, "latest", "\(name).h5", "-o", "\(name)-2.h5")
      #expect(ending.status == 0, "\(ending.errors)")
      let file = try FeatureFile(path: practice.folder.file("\(name)-2.h5"))
      #expect(file.levels.map(\.name) == expected)
    }
  }

  @Test func `files are read as the run reads its own`() throws {
    let folder = try TemporaryFolder()
    let features = (0..<360).map { Float(sin(Double($0 * $0))) }
    for (name, rows) in [("all", 0..<60), ("first", 0..<24), ("second", 24..<60)] {
      let writer = try HDF5Writer(path: folder.file("\(name).h5"))
      try writer.write(
        floats: Array(features[rows.lowerBound * 6..<rows.upperBound * 6]),
        shape: [rows.count, 6], to: "/vectors")
      try writer.write(texts: rows.map { "class \($0 / 6)/\($0).png" }, to: "/image_names")
      try writer.finish()
    }
    let practice = try Practice()
    let read = """
      keys: {features: vectors}, split: {classes: 0.6}, \
      labels: {from: image_names, pattern: "^([^/]+)/"}
      """
    let settings = "embedding: 4, batch: 3x3, steps: 4"
    try practice.write(
      "name: one\nbase: {dataset: {path: \(folder.file("all.h5")), \(read)}, \(settings)}\n",
      to: "one.yaml")
    let ending = try practice.sweep("launch", "one.yaml", "--store", practice.storePath)
    #expect(ending.status == 0, "\(ending.errors)")
    let run = try practice.withStore { try #require(try $0.runs().first) }
    try Self.expectOwnFigures(of: run, in: practice, levels: ["features"])
    let out = try FeatureFile(path: practice.folder.file("out.h5"))
    #expect(try out.rows(of: .test).labels == .texts((36..<60).map { "class \($0 / 6)" }))
    #expect(try out.annotations(of: .test).map(\.name) == ["image_names"])

    let shards = try Self.embed(
      practice, run.id, folder.file("first.h5"), folder.file("second.h5"), "--shards", "-o",
      "shards.h5")
    #expect(shards.status == 0, "\(shards.errors)")
    let (whole, parts) = (
      try DataDigest(of: out.levels[0], in: out),
      try FeatureFile(path: practice.folder.file("shards.h5"))
    )
    #expect(try DataDigest(of: parts.levels[0], in: parts) == whole)
    let several = try Self.embed(
      practice, run.id, folder.file("first.h5"), folder.file("second.h5"), "-o", "two.h5")
    #expect(several.status == 64)
    #expect(
      several.errors.hasPrefix(
        "error: one output holds one set of features, and these are 2; --shards makes them one\n"))
  }

  @Test func `rows without labels are embedded, and it is said`() throws {
    let practice = try Practice.launched()
    let run = try practice.runs()[0]
    let values = try HDF5File(path: practice.folder.file("features.h5"))
      .array("/test/features/high").doubles().map { Float($0) }
    let writer = try HDF5Writer(path: practice.folder.file("new.h5"))
    try writer.group("/features")
    try writer.write(floats: values, shape: [60, 16], to: "/features/high")
    try writer.write(texts: (0..<60).map { "\($0).png" }, to: "/image_names")
    try writer.finish()
    let ending = try Self.embed(practice, run, "new.h5", "-o", "new-out.h5")
    #expect(ending.status == 0)
    #expect(ending.output == "new-out.h5\n")
    #expect(
      ending.errors == """
        note: new.h5 has no labels, so new-out.h5 has none: it can be neither trained on nor \
        evaluated

        """)
    let file = try HDF5File(path: practice.folder.file("new-out.h5"))
    #expect(try file.children(of: "/") == ["features", "image_names"])
    #expect(try file.attributeNames(of: "/").contains("data_digest") == false)
    #expect(try Self.embed(practice, run, "features.h5", "-o", "out.h5").status == 0)
    let own = try HDF5File(path: practice.folder.file("out.h5")).array("/test/features")
    #expect(try file.array("/features").doubles() == own.doubles())
  }
}
