/// What a feature file says of single rows beside features and labels: image names, cameras.
package struct RowAnnotation: Sendable, Hashable {
  package enum Values: Sendable, Hashable {
    case texts([String])
    case integers([Int64])

    package var count: Int {
      switch self {
      case .texts(let values): values.count
      case .integers(let values): values.count
      }
    }

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

  /// The name of its dataset.
  package let name: String
  package let values: Values

  package init(name: String, values: Values) {
    self.name = name
    self.values = values
  }
}

extension FeatureFile {
  /// Texts and whole numbers that stand beside the labels, one for each row, by name. Of queries
  /// and a gallery in groups of their own, what both have.
  package func annotations(of split: Split) throws(DatasetError) -> [RowAnnotation] {
    var found: [RowAnnotation]?
    for part in parts where part.split == split {
      let own = try annotations(of: part)
      guard let before = found else {
        found = own
        continue
      }
      found = before.compactMap { annotation in
        guard let other = own.first(where: { $0.name == annotation.name }),
          let values = annotation.values + other.values
        else { return nil }
        return RowAnnotation(name: annotation.name, values: values)
      }
    }
    return found ?? []
  }

  private func annotations(of part: Part) throws(DatasetError) -> [RowAnnotation] {
    let folder = part.labelsPath.split(separator: "/").dropLast().map { "/\($0)" }.joined()
    let rows = try hdf5.array(part.labelsPath).rows
    let known =
      [part.labelsPath, part.features]
      + ["query", "gallery", "split", "class_names"].map { "\(folder)/\($0)" }
    var annotations: [RowAnnotation] = []
    for name in try hdf5.children(of: folder.isEmpty ? "/" : folder) {
      let path = "\(folder)/\(name)"
      guard !known.contains(path), try hdf5.kind(of: path) == .array else { continue }
      let array = try hdf5.array(path)
      guard array.rows == rows, array.rowCount == 1 else { continue }
      let values: RowAnnotation.Values
      if array.elementType.isText {
        values = .texts(try array.strings())
      } else if array.elementType.isInteger {
        values = .integers(try array.integers())
      } else {
        continue
      }
      annotations.append(RowAnnotation(name: name, values: values.restricted(to: part.rows)))
    }
    return annotations
  }

  /// The names of the classes 0, 1, …; empty where the file has none.
  package func classNames() throws(DatasetError) -> [String] {
    guard try hdf5.kind(of: "/class_names") == .array else { return [] }
    let array = try hdf5.array("/class_names")
    return array.elementType.isText ? try array.strings() : []
  }
}
