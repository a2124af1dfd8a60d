/// A dense matrix, `rows × columns`, row-major, aligned to 64 bytes.
///
/// It owns its memory and cannot be copied by accident, so the training loop allocates
/// nothing. Memory may instead belong to a mapped file: such a matrix is read-only.
///
/// Sendable without the compiler's proof because the pointer is owned uniquely, or refers to
/// a read-only mapping that its owner keeps alive.
package struct Matrix<Scalar: KernelScalar>: ~Copyable, @unchecked Sendable {
  package let rows: Int
  package let columns: Int
  private let base: UnsafeMutablePointer<Scalar>
  /// Keeps borrowed memory alive; nil where the matrix owns its memory.
  private let owner: (any AnyObject & Sendable)?

  private static var alignment: Int { 64 }

  /// A matrix of zeros.
  @_specialize(where Scalar == Float)
  @_specialize(where Scalar == Double)
  package init(rows: Int, columns: Int) {
    precondition(rows >= 0 && columns >= 0, "a matrix of \(rows) × \(columns)")
    let count = rows * columns
    let memory = UnsafeMutableRawPointer.allocate(
      byteCount: max(count, 1) * MemoryLayout<Scalar>.stride, alignment: Self.alignment)
    base = memory.bindMemory(to: Scalar.self, capacity: count)
    base.initialize(repeating: 0, count: count)
    self.rows = rows
    self.columns = columns
    owner = nil
  }

  /// A read-only matrix over memory that `owner` keeps alive, such as a mapped file.
  package init(
    rows: Int, columns: Int, borrowing memory: UnsafePointer<Scalar>,
    from owner: any AnyObject & Sendable
  ) {
    base = UnsafeMutablePointer(mutating: memory)
    self.rows = rows
    self.columns = columns
    self.owner = owner
  }

  /// A matrix of `rows` rows from values in row-major order.
  package init(rows: Int, columns: Int, values: some Collection<Scalar>) {
    precondition(
      values.count == rows * columns, "\(values.count) values for \(rows) × \(columns)")
    self.init(rows: rows, columns: columns)
    var position = 0
    for value in values {
      base[position] = value
      position += 1
    }
  }

  deinit {
    if owner == nil {
      base.deinitialize(count: rows * columns)
      UnsafeMutableRawPointer(base).deallocate()
    }
  }

  package var count: Int { rows * columns }

  /// Whether the memory belongs to somebody else and must not be written.
  package var isReadOnly: Bool { owner != nil }

  package subscript(row: Int, column: Int) -> Scalar {
    get {
      precondition(row >= 0 && row < rows && column >= 0 && column < columns)
      return base[row * columns + column]
    }
    set {
      precondition(owner == nil, "a mapped matrix is read-only")
      precondition(row >= 0 && row < rows && column >= 0 && column < columns)
      base[row * columns + column] = newValue
    }
  }

  /// Copies the first `count` rows of `source` to the rows from `row` on.
  package mutating func copyRows(from source: borrowing Matrix, count: Int, at row: Int = 0) {
    precondition(source.columns == columns && count <= source.rows && row + count <= rows)
    let (columns, first) = (columns, row * columns)
    source.withPointer { source in
      withMutablePointer { ($0 + first).update(from: source, count: count * columns) }
    }
  }

  /// All values in row-major order, copied.
  package var values: [Scalar] {
    Array(UnsafeBufferPointer(start: base, count: count))
  }

  /// The values in row-major order, for as long as the closure runs.
  package func withValues<Result: ~Copyable, Failure: Error>(
    _ body: (UnsafeBufferPointer<Scalar>) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    try body(UnsafeBufferPointer(start: base, count: count))
  }

  /// The values in row-major order, to be written, for as long as the closure runs.
  package mutating func withMutableValues<Result: ~Copyable, Failure: Error>(
    _ body: (UnsafeMutableBufferPointer<Scalar>) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    precondition(owner == nil, "a mapped matrix is read-only")
    return try body(UnsafeMutableBufferPointer(start: base, count: count))
  }

  /// The first value, for a kernel call of this module.
  func withPointer<Result: ~Copyable>(_ body: (UnsafePointer<Scalar>) -> Result) -> Result {
    body(base)
  }

  /// The first value, to be written by a kernel call of this module.
  mutating func withMutablePointer<Result: ~Copyable>(
    _ body: (UnsafeMutablePointer<Scalar>) -> Result
  ) -> Result {
    precondition(owner == nil, "a mapped matrix is read-only")
    return body(base)
  }
}
