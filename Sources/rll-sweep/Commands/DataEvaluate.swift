import ArgumentParser
import CommandSupport
import Datasets
import Kernels
import Reports
import Training

struct DataEvaluate: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "evaluate",
    abstract: "Retrieval measures of the features as they are: the line training must beat.",
    discussion: """
      Every row of the split queries all the others by cosine similarity; where the file \
      divides its test rows into queries and a gallery, the queries search the gallery.

      Examples:
        rll-sweep data evaluate features.h5
        rll-sweep data evaluate features.h5 --split train --json
        rll-sweep data evaluate train.h5 --test test.h5
        rll-sweep data evaluate --shards part1.h5 part2.h5
      """)

  @OptionGroup var features: FeatureFileOptions

  @Option(help: "Whose rows are queries and answers: train or test.")
  var split = FeatureFile.Split.test

  @Option(help: "Evaluate this level only.")
  var level: String?

  @OptionGroup var output: OutputOptions

  private static let recallAt = [1, 2, 4, 8]

  func run() throws {
    let blas = try BLASLibrary.load()
    try output.print(
      features.report(
        features.sources().map { source in
          (source.description, try report(of: FeatureFile(source), blas: blas))
        }))
  }

  private func report(of file: FeatureFile, blas: BLASLibrary) throws -> Report {
    let levels = try level.map { [try file.level(named: $0)] } ?? file.levels
    let results = try levels.map { level in
      let data = try file.load(level: level.name)
      let vectors = split == .train ? data.train : data.test
      return (
        level: level,
        measures: RawFeatures.evaluate(vectors, recallAt: Self.recallAt, blas: blas)
          .named("", step: 0)
      )
    }
    let queryGallery = split == .test ? file.queryGallery : nil
    return report(of: results, file: file, RetrievalProtocol(queryGallery))
  }

  private func report(
    of results: [(level: FeatureFile.Level, measures: [MeasuredValue])], file: FeatureFile,
    _ retrievalProtocol: RetrievalProtocol
  ) -> Report {
    let names = results.first?.measures.map(\.name) ?? []
    let table = ReportTable(
      columns: (["level", "dimension"] + names).map { ReportTable.Column($0) },
      rows: results.map { level, measures in
        [.text(level.name), .integer(level.dimension)]
          + measures.map { measure in
            measure.name == "tied_queries"
              ? .integer(Int(measure.value)) : .ratio(measure.value)
          }
      })
    let levels = results.map { level, measures in
      JSONValue.object([
        .init("level", .string(level.name)), .init("dimension", .integer(level.dimension)),
        .init("metrics", .object(measures.map { .init($0.name, .number($0.value)) })),
      ])
    }
    return Report(
      sections: [
        Report.Section(
          title: "\(file.path), \(split.rawValue) split, \(retrievalProtocol.rawValue), untrained",
          table: table)
      ],
      data: table,
      document: .document([
        .init("file", .string(file.path)),
        .init("files", .array(file.source.paths.map(JSONValue.string))),
        .init("split", .string(split.rawValue)),
        .init("protocol", .string(retrievalProtocol.rawValue)),
        .init("levels", .array(levels)),
      ]))
  }
}

extension FeatureFile.Split: ExpressibleByArgument {}
