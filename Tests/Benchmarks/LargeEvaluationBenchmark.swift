import Kernels
import Training

/// Retrieval and clustering of as many rows and classes as the test half of Stanford Online
/// Products has. Times are those of the processor.
struct LargeEvaluationBenchmark {
  private static let rows = 60_000
  private static let embedding = 512
  private static let classes = 11_316
  /// Directions in which the rows vary, and how wide a class is for how far classes are apart.
  private static let directions = 32
  private static let noise = 0.6
  /// The shape of a block of similarities, as retrieval takes it.
  private static let blockRows = 512
  private static let blockColumns = 4_096
  private static let goal = (ratio: 1.3, megabytes: 500)

  let blas: BLASLibrary

  func report() {
    let unit = rows()
    let labels = (0..<Self.rows).map { Int32($0 % Self.classes) }
    let before = ProcessUse.peakMegabytes
    var measures: RetrievalMeasures?
    let seconds = ProcessUse.processorSeconds {
      measures = Retrieval<Float>(blas: blas).leaveOneOut(
        unit: unit, labels: labels, recallAt: [1, 2, 4, 8])
    }
    let above = ProcessUse.peakMegabytes - before
    let alone = ProcessUse.processorSeconds { products(unit) }
    print(
      "retrieval of \(Self.rows) rows E=\(Self.embedding): \(Stopwatch.rounded(seconds)) s, its "
        + "products alone \(Stopwatch.rounded(alone)) s, ratio "
        + "\(Stopwatch.rounded(seconds / alone)) (goal \(Self.goal.ratio)), \(above) MB above the "
        + "data (goal \(Self.goal.megabytes)), recall@1 "
        + "\(Stopwatch.rounded(measures?.recallAt[1] ?? .nan))")
    cluster(unit, labels)
  }

  private func cluster(_ unit: borrowing Matrix<Float>, _ labels: [Int32]) {
    let solver = KMeans<Float>(clusters: Self.classes, seed: 0, blas: blas)
    for restart in 0..<5 {
      var clustering: KMeans<Float>.Clustering?
      let seconds = ProcessUse.processorSeconds { clustering = solver.run(unit, restart: restart) }
      guard let clustering else { continue }
      let table = ContingencyTable(classes: labels, clusters: clustering.clusters)
      print(
        "clustering into \(Self.classes), restart \(restart): \(Stopwatch.rounded(seconds)) s, "
          + "\(clustering.iterations) iterations, squared error "
          + "\(Stopwatch.rounded(clustering.squaredError)), NMI "
          + "\(Stopwatch.rounded(table.normalizedMutualInformation)), peak "
          + "\(ProcessUse.peakMegabytes) MB")
    }
  }

  /// Rows around one centre a class in few directions, as those of a trained embedding are.
  private func rows() -> Matrix<Float> {
    let stream = RandomStream(seed: 5, stream: .synthesis)
    func draw(_ column: Int, tag: UInt64) -> Double {
      stream.uniform(at: UInt32(column), tag: tag) - 0.5
    }
    var latent = Matrix<Float>(rows: Self.rows, columns: Self.directions)
    for row in 0..<Self.rows {
      for column in 0..<Self.directions {
        latent[row, column] = Float(
          draw(column, tag: UInt64(row % Self.classes))
            + Self.noise * draw(column, tag: 1 << 32 | UInt64(row)))
      }
    }
    var directions = Matrix<Float>(rows: Self.embedding, columns: Self.directions)
    for row in 0..<Self.embedding {
      for column in 0..<Self.directions {
        directions[row, column] = Float(draw(column, tag: 2 << 32 | UInt64(row)))
      }
    }
    var unit = Matrix<Float>(rows: Self.rows, columns: Self.embedding)
    blas.multiply(latent, directions, transposingSecond: true, into: &unit)
    RowOperations.normalizeInPlace(&unit, rows: Self.rows)
    return unit
  }

  /// Every pair of rows once, in the blocks that retrieval takes.
  private func products(_ unit: borrowing Matrix<Float>) {
    var similarity = Matrix<Float>(rows: Self.blockRows, columns: Self.blockColumns)
    for rowStart in stride(from: 0, to: Self.rows, by: Self.blockRows) {
      let rows = rowStart..<min(rowStart + Self.blockRows, Self.rows)
      for columnStart in stride(from: rowStart, to: Self.rows, by: Self.blockColumns) {
        let columns = columnStart..<min(columnStart + Self.blockColumns, Self.rows)
        blas.multiply(
          unit, rows: rows, transposingFirst: false, unit, rows: columns,
          transposingSecond: true, into: &similarity, rows: 0..<rows.count)
      }
    }
  }
}
