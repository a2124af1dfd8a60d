/// Finds the objects of a feature file by the names that people use, or by those of
/// `dataset.keys`.
struct ObjectFinder {
  let file: HDF5File
  let names: [FeatureObject: String]

  /// The path of an object; nil where there is none. Throws where several could be meant.
  func find(_ object: FeatureObject, in place: ObjectPlace) throws(DatasetError) -> String? {
    let preferred = names[object] ?? object.rawValue
    let certain = try existing(place.paths(of: preferred))
    let found =
      names[object] != nil || !certain.isEmpty
      ? certain : try existing(object.knownNames.flatMap(place.paths))
    guard found.count < 2 else {
      let listed = found.map { $0.split(separator: "/").last.map(String.init) ?? $0 }
      throw DatasetError(
        .wrongType, file: file.path, object: place.folder,
        "\(listed.joined(separator: " and ")) could each be the \(object.rawValue)",
        advice: "Say which with dataset.keys, as {\(object.rawValue): \(listed[0])}")
    }
    return found.first
  }

  /// The path of an object of the kind, or of any kind where nil.
  func require(
    _ object: FeatureObject, in place: ObjectPlace, _ kind: HDF5File.ObjectKind?
  ) throws(DatasetError) -> String {
    guard let path = try find(object, in: place) else { throw try missing(object, in: place) }
    try require(path, kind)
    return path
  }

  /// Throws unless there is an object of the kind, or of any kind where nil.
  func require(_ path: String, _ kind: HDF5File.ObjectKind?) throws(DatasetError) {
    guard let found = try file.kind(of: path) else {
      throw try missing(path, advice: "Write it, as the README shows")
    }
    if let kind, kind != found {
      throw DatasetError(
        .wrongType, file: file.path, object: path,
        kind == .group ? "this is a dataset, not a group" : "this is a group, not a dataset",
        advice: "Lay the file out as the README shows")
    }
  }

  func missing(_ object: FeatureObject, in place: ObjectPlace) throws(DatasetError) -> DatasetError
  {
    let path = place.paths(of: names[object] ?? object.rawValue)[0]
    return try missing(
      path,
      advice: names[object] == nil
        ? "Write it, or say what it is called with dataset.keys" : "Correct dataset.keys")
  }

  func missing(_ path: String, advice: String) throws(DatasetError) -> DatasetError {
    let parts = path.split(separator: "/").map(String.init)
    let parent = parts.dropLast().map { "/\($0)" }.joined()
    let there = try file.children(of: parent.isEmpty ? "/" : parent)
    return Self.missing(path, in: file, there: there, advice: advice)
  }

  static func missing(
    _ path: String, in file: HDF5File, there names: [String], advice: String
  ) -> DatasetError {
    let name = path.split(separator: "/").last.map(String.init) ?? path
    // An object that belongs where it is was not meant to be another.
    let known = FeatureObject.allCases.flatMap(\.knownNames)
    let sided = FeatureSide.allCases.flatMap { side in
      known.flatMap { ["\(side)_\($0)", "\($0)_\(side)"] }
    }
    let belonging = known + sided + FeatureSide.allCases.map(\.rawValue)
    let misspelt = names.filter { !belonging.contains($0) }
    let nearest = NearestName.of(name, among: misspelt).map { "Rename \($0) to \(name)" }
    return DatasetError(
      .missingObject, file: file.path, object: path, "it is missing; \(listing(names))",
      advice: nearest ?? advice)
  }

  static func listing(_ names: [String]) -> String {
    if names.isEmpty { return "there is nothing beside it" }
    let shown = names.prefix(10).joined(separator: ", ")
    return "there is \(shown)\(names.count > 10 ? " and \(names.count - 10) more" : "")"
  }

  private func existing(_ paths: [String]) throws(DatasetError) -> [String] {
    var found: [String] = []
    for path in paths where try file.kind(of: path) != nil { found.append(path) }
    return found
  }
}
