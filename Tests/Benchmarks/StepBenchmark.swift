import CAllocationCount
import Kernels
import Training

/// One training step beside the matrix products that it cannot do without.
struct StepBenchmark {
  /// Rows of a batch N (P × 3), features D, embedding E.
  struct Shape {
    let classes: Int
    let dimension: Int
    let embedding: Int
    /// The ratio that a step should stay under.
    let goal: Double
  }

  static let shapes = [
    Shape(classes: 60, dimension: 1_024, embedding: 512, goal: 1.3),
    Shape(classes: 60, dimension: 784, embedding: 64, goal: 2),
  ]

  private static let repetitions = 40
  private static let stepsPerRepetition = 5

  let shape: Shape
  let blas: BLASLibrary

  private var batch: Int { shape.classes * 3 }

  func report() throws {
    let trainer = try Trainer(configuration: configuration, data: data(), blas: blas)
    var products = Products(batch: batch, shape: shape, blas: blas)
    var steps: [Double] = []
    var alone: [Double] = []
    for _ in 0..<3 { _ = trainer.advance() }
    var allocations = 0
    for _ in 0..<Self.repetitions {
      let allocationsBefore = rll_allocation_count()
      let seconds = Stopwatch.seconds {
        for _ in 0..<Self.stepsPerRepetition { _ = trainer.advance() }
      }
      allocations += rll_allocation_count() - allocationsBefore
      steps.append(seconds)
      alone.append(
        Stopwatch.seconds {
          for _ in 0..<Self.stepsPerRepetition { products.run() }
        })
    }
    let ratio = Stopwatch.median(zip(steps, alone).map { $0 / $1 })
    let milliseconds = 1_000 / Double(Self.stepsPerRepetition)
    print(
      "step N=\(batch) D=\(shape.dimension) E=\(shape.embedding): "
        + "\(Stopwatch.rounded(Stopwatch.median(steps) * milliseconds)) ms, "
        + "its products alone \(Stopwatch.rounded(Stopwatch.median(alone) * milliseconds)) ms, "
        + "ratio \(Stopwatch.rounded(ratio)) (goal \(shape.goal)), "
        + "\(allocations) allocations in \(Self.repetitions * Self.stepsPerRepetition) steps")
  }

  private var configuration: TrainingConfiguration {
    var configuration = TrainingConfiguration()
    configuration.network.embedding = shape.embedding
    configuration.classesPerBatch = shape.classes
    configuration.steps = 1_000_000
    return configuration
  }

  private func data() -> TrainingData {
    let stream = RandomStream(seed: 1, stream: .synthesis)
    let perClass = 20
    let rows = 109 * perClass
    var features = Matrix<Float>(rows: rows, columns: shape.dimension)
    for row in 0..<rows {
      for column in 0..<shape.dimension {
        let center = stream.uniform(at: UInt32(column), tag: UInt64(row / perClass))
        let noise = stream.uniform(at: UInt32(column), tag: 1 << 32 | UInt64(row))
        features[row, column] = Float(center + noise)
      }
    }
    let part = TrainingData.Part(
      rows: (0..<rows).map(Int64.init), labels: (0..<rows).map { Int32($0 / perClass) })
    return TrainingData(
      levels: [
        TrainingData.Level(
          name: "features", training: features, test: Matrix(rows: 1, columns: shape.dimension))
      ],
      training: part, validation: .init(rows: [], labels: []),
      test: .init(rows: [0], labels: [0]))
  }
}

/// The products of one step: embedding, its weights' gradient, similarities, pair gradient.
private struct Products: ~Copyable {
  private let blas: BLASLibrary
  private let input: Matrix<Float>
  private let weights: Matrix<Float>
  private var embeddings: Matrix<Float>
  private var similarity: Matrix<Float>
  private var unitGradient: Matrix<Float>
  private var weightGradient: Matrix<Float>

  init(batch: Int, shape: StepBenchmark.Shape, blas: BLASLibrary) {
    self.blas = blas
    let stream = RandomStream(seed: 2, stream: .synthesis)
    func random(_ rows: Int, _ columns: Int) -> Matrix<Float> {
      Matrix(
        rows: rows, columns: columns,
        values: (0..<rows * columns).map { Float(stream.uniform(at: UInt32($0)) - 0.5) })
    }
    input = random(batch, shape.dimension)
    weights = random(shape.embedding, shape.dimension)
    embeddings = random(batch, shape.embedding)
    similarity = random(batch, batch)
    unitGradient = random(batch, shape.embedding)
    weightGradient = random(shape.embedding, shape.dimension)
  }

  mutating func run() {
    blas.multiply(input, weights, transposingSecond: true, into: &embeddings)
    blas.gram(embeddings, into: &similarity)
    blas.multiply(similarity, embeddings, into: &unitGradient)
    blas.multiply(unitGradient, transposingFirst: true, input, into: &weightGradient)
  }
}
