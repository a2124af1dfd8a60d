package import Kernels

/// Writes a grouped feature file a block of rows at a time: it takes the memory of a block.
///
/// One level is the dataset `features` of each group; several are datasets of a group
/// `features`, in the order of the file's attribute `levels`. Values are contiguous native
/// float32, which is mapped when read.
package final class FeatureFileStream {
  package struct Level: Sendable, Hashable {
    package let name: String
    package let dimension: Int

    package init(name: String, dimension: Int) {
      self.name = name
      self.dimension = dimension
    }
  }

  private let writer: HDF5Writer
  private let levels: [Level]
  /// Of the group that is being written, one for each level.
  private var datasets: [HDF5RowWriter] = []

  package init(path: String, levels: [Level]) throws(DatasetError) {
    precondition(!levels.isEmpty, "a feature file without a level")
    writer = try HDF5Writer(path: path)
    self.levels = levels
  }

  /// Begins a group such as `train` for the embeddings, or whatever becomes of rows, with what is
  /// known of these. A group without a name is the top of the file.
  package func begin(_ rows: FeatureRows) throws(DatasetError) {
    endGroup()
    let folder = rows.group.isEmpty ? "" : "/" + rows.group
    if !rows.group.isEmpty { try writer.group(folder) }
    if levels.count > 1 { try writer.group("\(folder)/features") }
    datasets = try levels.map { level throws(DatasetError) in
      let name = levels.count > 1 ? "features/\(level.name)" : "features"
      return try writer.rows(rows.count, columns: level.dimension, at: "\(folder)/\(name)")
    }
    if let labels = rows.labels { try write(labels, to: "\(folder)/labels") }
    try writer.write(rows.queryGallery, to: folder)
    for annotation in rows.annotations {
      try write(annotation.values, to: "\(folder)/\(annotation.name)")
    }
  }

  private func write(_ values: RowAnnotation.Values, to path: String) throws(DatasetError) {
    switch values {
    case .texts(let texts): try writer.write(texts: texts, to: path)
    case .integers(let integers):
      try writer.write(integers: integers, shape: [integers.count], to: path)
    }
  }

  /// Writes the next rows of the group at one level.
  package func append(_ values: borrowing Matrix<Float>, toLevel level: Int) throws(DatasetError) {
    let dataset = datasets[level]
    try values.withValues { values throws(DatasetError) in try dataset.append(values) }
  }

  /// Writes what is known of the file as a whole, and gives it its name.
  package func finish(
    classNames: [String], attributes: [(name: String, text: String)]
  ) throws(DatasetError) {
    endGroup()
    if !classNames.isEmpty { try writer.write(texts: classNames, to: "/class_names") }
    if levels.count > 1 { try writer.setAttribute("levels", of: "/", to: levels.map(\.name)) }
    for attribute in attributes {
      try writer.setAttribute(attribute.name, of: "/", to: attribute.text)
    }
    try writer.finish()
  }

  private func endGroup() {
    for (dataset, level) in zip(datasets, levels) {
      precondition(dataset.isFull, "level \(level.name) lacks rows")
    }
    datasets = []
  }
}
