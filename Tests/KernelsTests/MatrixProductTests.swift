import Kernels
import Testing

struct MatrixProductTests {
  @Test(arguments: [(1, 1, 1), (3, 5, 2), (17, 33, 9), (64, 20, 31)])
  func `products agree with a plain triple loop`(m: Int, k: Int, n: Int) throws {
    let blas = try BLASLibrary.load()
    let a = random(rows: m, columns: k, tag: 1)
    let b = random(rows: k, columns: n, tag: 2)
    var c = Matrix<Double>(rows: m, columns: n)
    blas.multiply(a, b, into: &c)
    for i in 0..<m {
      for j in 0..<n {
        let sum = (0..<k).reduce(0.0) { $0 + a[i, $1] * b[$1, j] }
        #expect(abs(c[i, j] - sum) < 1e-13 * Double(k))
      }
    }
    var gram = Matrix<Double>(rows: m, columns: m)
    var product = Matrix<Double>(rows: m, columns: m)
    blas.gram(a, into: &gram)
    blas.multiply(a, a, transposingSecond: true, into: &product)
    for i in 0..<m {
      for j in 0..<m {
        #expect(abs(gram[i, j] - product[i, j]) < 1e-13 * Double(k))
        #expect(gram[i, j] == gram[j, i])
      }
    }
  }

  @Test(arguments: [(1, 1, 1), (5, 40, 16), (6, 3, 17), (13, 129, 31), (20, 64, 48)])
  func `the ordered product has the bits of a plain fused sum in order`(
    rows: Int, inner: Int, columns: Int
  ) {
    let x = random(rows: rows + 2, columns: inner, tag: 3)
    let w = random(rows: columns, columns: inner, tag: 4)
    var product = Matrix<Double>(rows: rows + 1, columns: columns)
    RowOperations.orderedProduct(x, rows: rows, transposing: w, into: &product)
    for i in 0..<rows {
      for j in 0..<columns {
        let sum = (0..<inner).reduce(0.0) { $0.addingProduct(x[i, $1], w[j, $1]) }
        #expect(product[i, j] == sum, "row \(i), column \(j)")
      }
    }
    #expect((0..<columns).allSatisfy { product[rows, $0] == 0 }, "a row too many is written")
  }

  @Test func `the library runs on one thread with the pinned core type`() throws {
    let blas = try BLASLibrary.load()
    #expect(blas.threads == 1)
    #expect(blas.coreName == "Haswell")
    #expect(blas.version.hasPrefix("OpenBLAS "))
  }

  private func random(rows: Int, columns: Int, tag: UInt64) -> Matrix<Double> {
    let stream = RandomStream(seed: 11, stream: .synthesis)
    return Matrix(
      rows: rows, columns: columns,
      values: (0..<rows * columns).map { stream.uniform(at: UInt32($0), tag: tag) - 0.5 })
  }
}
