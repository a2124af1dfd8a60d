/// What a feature file says of single rows beside features and labels: image names, cameras.
package struct RowAnnotation: Sendable, Hashable {
  package enum Values: Sendable, Hashable {
    case texts([String])
    case integers([Int64])

    func restricted(to rows: [Int64]) -> Values {
      switch self {
      case .texts(let values): .texts(rows.map { values[Int($0)] })
      case .integers(let values): .integers(rows.map { values[Int($0)] })
      }
    }

    /// Nil where the two are of different kinds.
    static func + (left: Values, right: Values) -> Values? {
      switch (left, right) {
      case (.texts(let first), .texts(let second)): .texts(first + second)
      case (.integers(let first), .integers(let second)): .integers(first + second)
      default: nil
      }
    }
  }

  /// The name of its dataset, without the side where that is part of it.
  package let name: String
  package let values: Values

  package init(name: String, values: Values) {
    self.name = name
    self.values = values
  }

  /// What several stretches of rows have in common, one behind the other.
  static func joined(_ all: [[RowAnnotation]]) -> [RowAnnotation] {
    guard let first = all.first else { return [] }
    return all.dropFirst().reduce(first) { before, own in
      before.compactMap { annotation in
        guard let other = own.first(where: { $0.name == annotation.name }),
          let values = annotation.values + other.values
        else { return nil }
        return RowAnnotation(name: annotation.name, values: values)
      }
    }
  }
}

// MARK: - Reading

/// Finds the annotations of the rows of one file that are under one group.
struct RowAnnotationReader {
  let file: HDF5File
  /// Where the features are; annotations lie beside them.
  let features: String
  /// What is no annotation though it lies there.
  let known: Set<String>
  let side: FeatureSide?
  let rows: Int

  /// Names that objects of a feature file itself have.
  private static let reserved = Set(FeatureObject.allCases.map(\.rawValue))

  func annotations() throws(DatasetError) -> [RowAnnotation] {
    let folder = features.split(separator: "/").dropLast().map { "/\($0)" }.joined()
    var found: [RowAnnotation] = []
    for child in try file.children(of: folder.isEmpty ? "/" : folder) {
      let path = "\(folder)/\(child)"
      guard !known.contains(path), let name = name(of: child), !Self.reserved.contains(name),
        try file.kind(of: path) == .array
      else { continue }
      let array = try file.array(path)
      guard array.rows == rows, array.rowCount == 1 else { continue }
      if array.elementType.isText {
        found.append(RowAnnotation(name: name, values: .texts(try array.strings())))
      } else if array.elementType.isInteger {
        found.append(RowAnnotation(name: name, values: .integers(try array.integers())))
      }
    }
    return found
  }

  /// Where the side is part of the features' name, it is part of the annotation's too.
  private func name(of child: String) -> String? {
    guard let side else { return child }
    let last = features.split(separator: "/").last ?? ""
    let (before, behind) = ("\(side)_", "_\(side)")
    guard last.hasPrefix(before) || last.hasSuffix(behind) else { return child }
    if child.hasPrefix(before) { return String(child.dropFirst(before.count)) }
    if child.hasSuffix(behind) { return String(child.dropLast(behind.count)) }
    return nil
  }
}

extension FeatureFile {
  /// Texts and whole numbers that stand beside the features, one for each row, by name. Of rows
  /// in several files or groups, what all of them have.
  package func annotations(of split: Split) throws(DatasetError) -> [RowAnnotation] {
    var all: [[RowAnnotation]] = []
    for part in parts where part.split == split {
      var own: [[RowAnnotation]] = []
      for segment in pools[part.pool].segments {
        var known = [
          segment.features, segment.splitPath, segment.query?.path, segment.gallery?.path,
        ]
        if source.labelPattern == nil { known.append(segment.labelsPath) }
        own.append(
          try RowAnnotationReader(
            file: segment.file, features: segment.features, known: Set(known.compactMap(\.self)),
            side: segment.side, rows: segment.rows
          ).annotations())
      }
      all.append(
        RowAnnotation.joined(own).map {
          RowAnnotation(name: $0.name, values: $0.values.restricted(to: part.rows))
        })
    }
    return RowAnnotation.joined(all)
  }
}
