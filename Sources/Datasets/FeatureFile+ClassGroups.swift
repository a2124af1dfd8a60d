/// Training classes that belong together, by a part of their names.
package struct ClassGroups: Sendable, Hashable {
  /// The group of each training class.
  package let groups: [Int64: String]
  /// Of the names, where they are not the labels and so in no digest of the data.
  package let namesDigest: DataDigest?
}

extension FeatureFile {
  /// A name of a class and where it stands.
  private struct ClassName {
    let text: String
    let file: HDF5File
    let object: String
    let row: Int
  }

  /// Groups the training classes by what a regular expression with one group finds in their
  /// names: the labels where these are texts, else the rows of `class_names` that they number.
  package func classGroups(matching pattern: String) throws(DatasetError) -> ClassGroups {
    let setting = "group_by in dataset.validation"
    let expression = try TextPattern(pattern, setting: setting)
    let names = try classTexts == nil ? storedNames() : namesInLabels()
    var groups: [Int64: String] = [:]
    for label in classes(of: .train) {
      guard let name = names[label] else { continue }
      guard let group = expression.group(of: name.text) else {
        throw DatasetError(
          .wrongType, file: name.file.path, object: name.object, row: name.row,
          "the class '\(name.text)' does not match the pattern '\(pattern)' of \(setting)",
          advice: "Correct the pattern or the name")
      }
      groups[label] = group
    }
    return ClassGroups(
      groups: groups,
      namesDigest: classTexts == nil ? DataDigest(ofNames: names.mapValues(\.text)) : nil)
  }

  private func namesInLabels() throws(DatasetError) -> [Int64: ClassName] {
    var names: [Int64: ClassName] = [:]
    for (row, label) in zip(parts[0].rows, parts[0].labels) where names[label] == nil {
      let place = pools[parts[0].pool].place(of: row)
      names[label] = ClassName(
        text: text(of: label), file: place.segment.file, object: place.segment.labelsPath,
        row: place.row)
    }
    return names
  }

  private func storedNames() throws(DatasetError) -> [Int64: ClassName] {
    let array = try classNames()
    guard array.elementType.isText, array.shape.count == 1 else {
      throw DatasetError(
        .wrongType, file: array.file.path, object: array.path,
        "its values are \(array.elementType) of shape \(array.shape), names of classes must be a "
          + "list of texts", advice: "Write one name for each class")
    }
    let texts = try array.strings()
    var names: [Int64: ClassName] = [:]
    for label in classes(of: .train) {
      guard label >= 0, label < texts.count else {
        throw DatasetError(
          .missingObject, file: array.file.path, object: array.path,
          "class \(label) has no name: there are \(texts.count), for the classes from 0",
          advice: "Write one name for each class")
      }
      names[label] = ClassName(
        text: texts[Int(label)], file: array.file, object: array.path, row: Int(label))
    }
    return names
  }

  private func classNames() throws(DatasetError) -> HDF5Array {
    if let array = try foundClassNames() { return array }
    throw DatasetError(
      .missingObject, file: path, object: "/\(source.names[.classNames] ?? "class_names")",
      "group_by in dataset.validation needs names of classes, but labels are integers and this "
        + "is missing",
      advice: "Write labels as text, or into it the names of the classes 0, 1, …")
  }

  /// The names of the first file with training rows that has some.
  private func foundClassNames() throws(DatasetError) -> HDF5Array? {
    for segment in pools[0].segments {
      let finder = ObjectFinder(file: segment.file, names: source.names)
      guard let path = try finder.find(.classNames, in: ObjectPlace()) else { continue }
      try finder.require(path, .array)
      return try segment.file.array(path)
    }
    return nil
  }

  /// What to call each class of the test rows, ascending: its text or name, else its number.
  package func namesOfTestClasses() throws(DatasetError) -> [String] {
    let names = try namesOfClasses()
    return classes(of: .test).map { label in
      if let classTexts { return classTexts[Int(label)] }
      let place = Int(label)
      return names.indices.contains(place) ? names[place] : "\(label)"
    }
  }

  /// The names of the classes 0, 1, … where labels are integers; empty where there are none.
  package func namesOfClasses() throws(DatasetError) -> [String] {
    guard classTexts == nil, let array = try foundClassNames(), array.elementType.isText else {
      return []
    }
    return try array.strings()
  }
}
