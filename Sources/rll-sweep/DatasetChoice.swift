import Datasets
import Foundation
import Sweeps

extension TrainingJob {
  /// Which rows a job uses.
  struct DatasetChoice: Hashable {
    var source: FeatureSource
    /// Empty for the only one.
    var levels: [String]
    var validation: ClassSplit.Rule
    /// A regular expression over the names of classes; those of one group are held out together.
    var groupPattern: String?
    var splitSeed: UInt64

    /// Training classes that a job trains on and those it is judged by.
    func division(of file: FeatureFile) throws -> ClassDivision {
      let groups = try groupPattern.map { pattern in try file.classGroups(matching: pattern) }
      return ClassDivision(
        split: try ClassSplit(
          classes: file.labels(of: .train), rule: validation, seed: splitSeed,
          groups: groups?.groups),
        classNames: groups?.namesDigest?.description)
    }
  }
}

/// How the training classes are divided, and by which names.
struct ClassDivision {
  let split: ClassSplit
  /// The digest of the names by which classes are grouped; nil where they are not, or where the
  /// names are the labels, which are in the digests of the levels.
  let classNames: String?

  /// Adds the names' digest to the setting that groups by them, which so is another one for other
  /// names.
  func record(in settings: inout [String: SettingValue]) {
    guard let classNames, var form = settings["dataset.validation"]?.mapping else { return }
    form["class_names"] = .text(classNames)
    settings["dataset.validation"] = .mapping(form)
  }

  /// Throws where the names are no longer those that were recorded.
  func check(against settings: [String: SettingValue], of file: FeatureFile) throws {
    let recorded = settings["dataset.validation"]?.mapping?["class_names"]?.text
    guard classNames != recorded else { return }
    throw SettingsError(
      description: "\(file.path) no longer has the names of classes that this job was planned "
        + "with. Launch again to use the new ones")
  }
}

// MARK: - Settings

extension TrainingJob.DatasetChoice {
  init(_ settings: SettingsReader) throws {
    source = try FeatureSource(settings: settings.settings)
    levels = (settings.settings["dataset.levels"]?.list ?? []).compactMap(\.text)
    validation = try Self.validation(settings)
    groupPattern = settings.settings["dataset.validation"]?.mapping?["group_by"]?.text
    splitSeed = UInt64(try settings.integer("dataset.split_seed"))
  }

  private static func validation(_ settings: SettingsReader) throws -> ClassSplit.Rule {
    guard let form = settings.settings["dataset.validation"]?.mapping else {
      return .holdOut(try settings.number("dataset.validation"))
    }
    let isContiguous = form["order"]?.text == "contiguous"
    if let amount = (form["share"] ?? form["classes"] ?? form["groups"])?.number {
      return isContiguous ? .holdOutLast(amount) : .holdOut(amount)
    }
    guard let folds = form["folds"]?.integer, let fold = form["fold"]?.integer else {
      throw SettingsError(description: "dataset.validation needs folds and fold")
    }
    return .fold(fold, of: folds, isContiguous: isContiguous)
  }
}

extension FeatureSource {
  /// What the settings under `dataset` say of the files.
  init(settings: [String: SettingValue]) throws {
    let paths = settings["dataset.paths"]?.list?.compactMap(\.text)
    let ends = (settings["dataset.train"]?.text, settings["dataset.test"]?.text)
    switch (settings["dataset.path"]?.text, paths, ends) {
    case (let path?, nil, (nil, nil)): self.init(.one(path))
    case (nil, let paths?, (nil, nil)): self.init(.shards(paths))
    case (nil, nil, (let train?, let test?)): self.init(.split(train: train, test: test))
    default: throw SettingsError(description: "a job needs path, paths, or train with test")
    }
    try read(settings)
  }

  /// How files are read: `keys`, `labels` and `split`.
  mutating func read(_ settings: [String: SettingValue]) throws {
    for (name, value) in settings["dataset.keys"]?.mapping ?? [:] {
      guard let object = FeatureObject(rawValue: name) else {
        throw SettingsError(description: "dataset.keys has \(name), which is no object of a file")
      }
      names[object] = value.text
    }
    if let form = settings["dataset.labels"]?.mapping, let object = form["from"]?.text,
      let pattern = form["pattern"]?.text
    {
      labelPattern = LabelPattern(object: object, pattern: pattern)
    }
    switch settings["dataset.split"] {
    case nil, .text("auto"): split = .auto
    case .text("groups"): split = .groups
    case .text("column"): split = .column
    case let form:
      guard let amount = form?.mapping?["classes"]?.number else {
        throw SettingsError(description: "dataset.split is \(form?.display ?? "missing")")
      }
      split = .classes(amount)
    }
  }
}

extension [String: SettingValue] {
  /// With absolute paths: whoever reads them later is not where they were given.
  func withAbsolutePaths() -> Self {
    var settings = self
    for name in SettingsCatalog.dataSources.joined() {
      if let path = settings[name]?.text { settings[name] = .text(Self.absolute(path)) }
      if let paths = settings[name]?.list {
        settings[name] = .list(paths.compactMap(\.text).map { .text(Self.absolute($0)) })
      }
    }
    return settings
  }

  /// Names other files in place of those that are named.
  mutating func setFiles(_ files: FeatureSource.Files) {
    for name in SettingsCatalog.dataSources.joined() { self[name] = nil }
    switch files {
    case .one(let path): self["dataset.path"] = .text(path)
    case .shards(let paths): self["dataset.paths"] = .list(paths.map { .text($0) })
    case .split(let train, let test):
      self["dataset.train"] = .text(train)
      self["dataset.test"] = .text(test)
    }
  }

  private static func absolute(_ path: String) -> String {
    URL(fileURLWithPath: path).standardizedFileURL.path
  }
}
