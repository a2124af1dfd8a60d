import Kernels
import Testing

/// Rows that are at unit length already.
struct UnitLengthTests {
  private static let widths = [1, 2, 7, 15, 16, 17, 64, 100, 511, 1_536, 5_000]
  private static let scales: [Float] = [1e-9, 1, 1e9]

  private static func random(rows: Int, columns: Int, scale: Float, seed: UInt64) -> Matrix<Float> {
    let stream = RandomStream(seed: seed, stream: .synthesis)
    var x = Matrix<Float>(rows: rows, columns: columns)
    for row in 0..<rows {
      for column in 0..<columns {
        let draw = stream.uniform(at: UInt32(column), tag: UInt64(row))
        x[row, column] = Float(2 * draw - 1) * scale
      }
    }
    return x
  }

  @Test(arguments: widths, scales)
  func `what normalize gives is at unit length and stays as it is`(
    columns: Int, scale: Float
  ) throws {
    for seed in UInt64(0)..<5 {
      var unit = Self.random(rows: 40, columns: columns, scale: scale, seed: seed)
      RowOperations.normalizeInPlace(&unit, rows: 40)
      var others: [Int] = []
      for row in 0..<40 where !RowOperations.isAtUnitLength(unit, row: row) { others.append(row) }
      #expect(others.isEmpty, "seed \(seed)")
      var result = Matrix<Float>(rows: 40, columns: columns)
      let rows = (0..<40).map { Int64(39 - $0) }
      RowOperations.gatherAtUnitLength(rows, from: unit, into: &result)
      var reversed: [Float] = []
      for row in 0..<40 { reversed += (0..<columns).map { unit[39 - row, $0] } }
      #expect(result.values == reversed)
    }
  }

  @Test func `normalising twice would change bits`() {
    var unit = Self.random(rows: 200, columns: 64, scale: 1, seed: 3)
    RowOperations.normalizeInPlace(&unit, rows: 200)
    let once = unit.values
    RowOperations.normalizeInPlace(&unit, rows: 200)
    #expect(unit.values != once)
  }

  @Test func `other rows are brought to unit length`() {
    var nearly = Self.random(rows: 20, columns: 33, scale: 3, seed: 1)
    let plain = nearly.values
    RowOperations.normalizeInPlace(&nearly, rows: 20)
    nearly.withMutableValues { for place in $0.indices { $0[place] *= 1.00001 } }
    for source in [plain, nearly.values] {
      let matrix = Matrix<Float>(rows: 20, columns: 33, values: source)
      var result = Matrix<Float>(rows: 20, columns: 33)
      var expected = Matrix<Float>(rows: 20, columns: 33)
      let rows = (0..<20).map { Int64($0) }
      RowOperations.gatherAtUnitLength(rows, from: matrix, into: &result)
      RowOperations.gather(rows, from: matrix, normalized: true, into: &expected)
      #expect(result.values == expected.values)
      #expect(result.values != source)
    }
    let zero = Matrix<Float>(rows: 1, columns: 8)
    let isUnit = RowOperations.isAtUnitLength(zero, row: 0)
    #expect(!isUnit)
  }
}
