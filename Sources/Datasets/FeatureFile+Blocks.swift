/// Some rows of a split at several levels, in memory.
package struct FeatureBlock: Sendable {
  /// One for each level asked for, of the same rows.
  package let storages: [FeatureStorage]
  /// Those rows of the storages that belong to the split, ascending.
  package let rows: [Int64]
}

extension FeatureFile {
  /// Calls `body` with the rows of a split, block after block in the order of `labels(of:)`, so
  /// that a file of any size takes the memory of one block. Every value is checked.
  package func forEachBlock(
    of split: Split, levels: [Level], _ body: (FeatureBlock) throws -> Void
  ) throws {
    for part in parts where part.split == split {
      let arrays = try levels.map { try array(of: $0, in: part) }
      let columns = arrays.reduce(0) { $0 + $1.rowCount }
      let step = arrays[0].blockRows(rowBytes: columns * MemoryLayout<Float>.stride)
      var next = 0
      for start in stride(from: 0, to: arrays[0].rows, by: step) {
        let range = start..<min(start + step, arrays[0].rows)
        let first = next
        while next < part.rows.count, range.contains(Int(part.rows[next])) { next += 1 }
        guard first < next else { continue }
        let storages = try arrays.map { array in
          let storage = try FeatureStorage(rows: range, of: array)
          if let (row, fault) = storage.faults().first {
            throw Self.error(fault, row: start + row, of: array)
          }
          return storage
        }
        try body(
          FeatureBlock(
            storages: storages, rows: part.rows[first..<next].map { $0 - Int64(start) }))
      }
    }
  }
}
