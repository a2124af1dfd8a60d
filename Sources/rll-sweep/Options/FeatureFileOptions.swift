import ArgumentParser
import Datasets
import Foundation
import Reports
import Sweeps

/// The feature files that a command is about.
struct FeatureFileOptions: ParsableArguments {
  @Argument(
    help: ArgumentHelp(
      "HDF5 files with features and labels, each a set of its own.", valueName: "file"))
  var files: [String]

  @Option(
    help: ArgumentHelp(
      "The file with the test rows; FILE has the training rows.", valueName: "file"))
  var test: String?

  @Flag(help: "The files are one set, its rows in their order.")
  var shards = false

  @Option(
    name: .customLong("set"), parsing: .singleValue,
    help: ArgumentHelp(
      "How a file is read, as a sweep has it under dataset: keys, labels or split.",
      valueName: "path=value"))
  var overrides: [String] = []

  private static let readings: Set = ["dataset.keys", "dataset.labels", "dataset.split"]

  func validate() throws {
    if test != nil, files.count > 1 || shards {
      throw ValidationError("--test goes with one file, which has the training rows")
    }
  }

  /// The sets that the files are, read as `--set` says, else as a job of `settings` reads them.
  func sources(readAs settings: [String: SettingValue] = [:]) throws -> [FeatureSource] {
    let given = try SweepExpansion.settings(
      of: overrides, environment: ProcessInfo.processInfo.environment)
    for name in given.keys.sorted() where !Self.readings.contains(name) {
      throw ValidationError(
        "--set \(name) does not say how a feature file is read; keys, labels and split do")
    }
    let all: [FeatureSource.Files] =
      if let test { [.split(train: files[0], test: test)] } else {
        shards ? [.shards(files)] : files.map { .one($0) }
      }
    return try all.map { files in
      var source = FeatureSource(files)
      try source.read(settings.merging(given) { $1 })
      return source
    }
  }

  /// One report about all sets: in JSON an object for one file or set of shards, an array where
  /// several files were named; the columns of a table of all then begin with the file.
  func report(_ sets: [(file: String, report: Report)]) -> Report {
    let first = sets[0].report
    guard sets.count > 1 else { return first }
    let rows = sets.flatMap { set in
      set.report.data.rows.map { [ReportCell.text(set.file)] + $0 }
    }
    return Report(
      sections: sets.flatMap(\.report.sections),
      data: ReportTable(columns: [.init("file")] + first.data.columns, rows: rows),
      document: .array(sets.map(\.report.document)),
      records: sets.flatMap(\.report.records))
  }
}
