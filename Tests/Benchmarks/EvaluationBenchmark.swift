import Kernels
import Training

/// One evaluation, embedding and ranking, beside the matrix products in it.
struct EvaluationBenchmark {
  /// Rows of 27 validation classes and of 106 test classes, 20 each.
  static let rowCounts = [540, 2_120]

  private static let repetitions = 11
  private static let dimension = 1_024
  private static let embedding = 512

  let rows: Int
  let blas: BLASLibrary

  func report() throws {
    let stream = RandomStream(seed: 3, stream: .synthesis)
    func random(_ rows: Int, tag: UInt64) -> Matrix<Float> {
      let count = rows * Self.dimension
      let values = (0..<count).map { Float(stream.uniform(at: UInt32($0), tag: tag) - 0.5) }
      return Matrix(rows: rows, columns: Self.dimension, values: values)
    }
    let features = random(rows, tag: 1)
    let weights = random(Self.embedding, tag: 2)
    let indices = (0..<rows).map(Int64.init)
    let labels = (0..<rows).map { Int32($0 / 20) }
    var shape = NetworkShape()
    shape.embedding = Self.embedding
    let network = EmbeddingNetwork<Float>(
      shape: shape, inputs: Self.dimension, batch: 1, seed: 0, blas: blas)
    var input = Matrix<Float>(rows: rows, columns: Self.dimension)
    let preprocessing = try Preprocessing(
      fitting: [.unitLength, .center], rows: indices, of: features, blas: blas)
    var product = Matrix<Float>(rows: rows, columns: Self.embedding)
    var similarity = Matrix<Float>(rows: rows, columns: rows)
    var (embedding, ranking, products): ([Double], [Double], [Double]) = ([], [], [])
    for _ in 0..<Self.repetitions {
      embedding.append(
        Stopwatch.seconds {
          preprocessing.apply(to: indices, of: features, into: &input)
          network.apply(input, rows: rows, into: &product)
          RowOperations.normalizeInPlace(&product, rows: rows)
        })
      ranking.append(
        Stopwatch.seconds {
          _ = Retrieval(blas: blas).leaveOneOut(
            unit: product, labels: labels, recallAt: [1, 2, 4, 8])
        })
      products.append(
        Stopwatch.seconds {
          blas.multiply(features, weights, transposingSecond: true, into: &product)
          blas.multiply(product, product, transposingSecond: true, into: &similarity)
        })
    }
    let parts = [embedding, ranking, products].map {
      "\(Stopwatch.rounded(Stopwatch.median($0) * 1_000)) ms"
    }
    let ratios = zip(zip(embedding, ranking), products).map { ($0.0 + $0.1) / $1 }
    print(
      "evaluation of \(rows) rows D=\(Self.dimension) E=\(Self.embedding): embedding \(parts[0]), "
        + "ranking \(parts[1]), its products alone \(parts[2]), "
        + "ratio \(Stopwatch.rounded(Stopwatch.median(ratios)))")
  }
}
