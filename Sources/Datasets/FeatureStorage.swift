package import Kernels

/// The feature vectors of one dataset, `rows × columns`, row-major float32: in memory, or
/// mapped from the file where the file holds exactly that.
///
/// Sendable without the compiler's proof: the values are written before the object is handed
/// out and only read from then on.
package final class FeatureStorage: @unchecked Sendable {
  package let rows: Int
  package let columns: Int
  private let base: UnsafePointer<Float>
  private let mapping: MappedFile?

  /// Whether the values are pages of the file, shared by all processes that map it.
  package var isMapped: Bool { mapping != nil }

  /// Maps or reads a dataset `[rows, columns]` of features, or reads several of the same
  /// columns one behind the other.
  init(_ arrays: [HDF5Array]) throws(DatasetError) {
    let array = arrays[0]
    rows = arrays.reduce(0) { $0 + $1.rows }
    columns = array.rowCount
    if arrays.count == 1, let offset = try array.mappableOffset() {
      let file = array.file
      let mapping = try MappedFile(
        path: file.path, identity: file.identity, offset: offset,
        count: array.rows * array.rowCount * MemoryLayout<Float>.stride)
      base = mapping.start.assumingMemoryBound(to: Float.self)
      self.mapping = mapping
    } else {
      base = try Self.memory(count: rows * columns) { values throws(DatasetError) in
        var start = values
        for array in arrays {
          try array.readFloats(rows: 0..<array.rows, into: start)
          start += array.rows * array.rowCount
        }
      }
      mapping = nil
    }
  }

  /// Reads some rows of a dataset `[rows, columns]`.
  init(rows range: Range<Int>, of array: HDF5Array) throws(DatasetError) {
    rows = range.count
    columns = array.rowCount
    base = try Self.memory(count: range.count * array.rowCount) { values throws(DatasetError) in
      try array.readFloats(rows: range, into: values)
    }
    mapping = nil
  }

  private static func memory(
    count: Int, _ fill: (UnsafeMutablePointer<Float>) throws(DatasetError) -> Void
  ) throws(DatasetError) -> UnsafePointer<Float> {
    let memory = UnsafeMutableRawPointer.allocate(
      byteCount: max(1, count) * MemoryLayout<Float>.stride, alignment: 64)
    let values = memory.bindMemory(to: Float.self, capacity: max(1, count))
    values.initialize(repeating: 0, count: max(1, count))
    do {
      try fill(values)
    } catch {
      memory.deallocate()
      throw error
    }
    return UnsafePointer(values)
  }

  deinit {
    if mapping == nil { UnsafeMutableRawPointer(mutating: base).deallocate() }
  }

  /// All rows as a read-only matrix that keeps this storage alive; nothing is copied.
  package func matrix() -> Matrix<Float> {
    Matrix(rows: rows, columns: columns, borrowing: base, from: self)
  }

  /// What is wrong with a row, if anything.
  enum RowFault: Equatable {
    case nonFinite(column: Int, value: Float)
    case zero
  }

  /// Every row that cannot be trained on, in ascending order.
  func faults() -> [(row: Int, fault: RowFault)] {
    let all = matrix()
    var found: [(row: Int, fault: RowFault)] = []
    for row in 0..<rows {
      // In 64 bits squares of float32 neither overflow nor vanish.
      let square = RowOperations.exactDot(all, row: row, all, row: row)
      if square == 0 {
        found.append((row, .zero))
      } else if !square.isFinite,
        let column = (0..<columns).first(where: { !all[row, $0].isFinite })
      {
        found.append((row, .nonFinite(column: column, value: all[row, column])))
      }
    }
    return found
  }
}
