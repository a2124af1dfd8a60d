/// Rows that a model can be applied to, with what is known of them, without their values.
package struct FeatureRows: Sendable {
  /// Some rows in memory, at several levels.
  package struct Block: Sendable {
    /// One for each level asked for.
    package let storages: [FeatureStorage]
    /// The rows of the storages that are meant, ascending.
    package let rows: [Int64]
  }

  /// Rows of one dataset for each level.
  struct Stretch: Sendable {
    let levels: [(name: String, array: HDF5Array)]
    /// Ascending.
    let rows: [Int64]
  }

  /// The group of a feature file that they belong into, such as `train`.
  package let group: String
  /// Nil where nothing says their classes.
  package let labels: RowAnnotation.Values?
  /// Nil where each of them queries all the others.
  package let queryGallery: QueryGallery?
  package let annotations: [RowAnnotation]
  let stretches: [Stretch]

  package var count: Int { stretches.reduce(0) { $0 + $1.rows.count } }

  /// Calls `body` with block after block of the rows in their order, so that any number of them
  /// takes the memory of one block. Every value is checked.
  package func forEachBlock(levels: [String], _ body: (Block) throws -> Void) throws {
    for stretch in stretches {
      let arrays = levels.compactMap { name in stretch.levels.first { $0.name == name }?.array }
      precondition(arrays.count == levels.count, "\(levels) of \(stretch.levels.map(\.name))")
      let columns = arrays.reduce(0) { $0 + $1.rowCount }
      let step = arrays[0].blockRows(rowBytes: columns * MemoryLayout<Float>.stride)
      var next = 0
      for start in stride(from: 0, to: arrays[0].rows, by: step) {
        let range = start..<min(start + step, arrays[0].rows)
        let first = next
        while next < stretch.rows.count, range.contains(Int(stretch.rows[next])) { next += 1 }
        guard first < next else { continue }
        let storages = try arrays.map { array in
          let storage = try FeatureStorage(rows: range, of: array)
          if let (row, fault) = storage.faults().first {
            throw FeatureFile.error(fault, row: start + row, of: array)
          }
          return storage
        }
        try body(
          Block(
            storages: storages, rows: stretch.rows[first..<next].map { $0 - Int64(start) }))
      }
    }
  }
}

extension FeatureFile {
  /// The rows of a split, in the order of `labels(of:)`.
  package func rows(of split: Split) throws(DatasetError) -> FeatureRows {
    let numbers = labels(of: split)
    let labels: RowAnnotation.Values =
      classTexts == nil ? .integers(numbers) : .texts(numbers.map(text))
    var stretches: [FeatureRows.Stretch] = []
    for part in parts where part.split == split {
      var offset: Int64 = 0
      for segment in pools[part.pool].segments {
        let range = offset..<(offset + Int64(segment.rows))
        stretches.append(
          FeatureRows.Stretch(
            levels: segment.levels, rows: part.rows.filter(range.contains).map { $0 - offset }))
        offset = range.upperBound
      }
    }
    return FeatureRows(
      group: split.rawValue, labels: labels,
      queryGallery: split == .test ? queryGallery : nil,
      annotations: try annotations(of: split), stretches: stretches)
  }
}
