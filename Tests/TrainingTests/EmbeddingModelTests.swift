import Kernels
import Testing
import Training

struct EmbeddingModelTests {
  @Test(arguments: [1, 13, 64, 512], [37, 392, 1024])
  func `equal rows have equal embeddings wherever they lie`(
    embedding: Int, dimension: Int
  ) throws {
    let stream = RandomStream(seed: 4, stream: .synthesis)
    let row = (0..<dimension).map { Float(stream.uniform(at: UInt32($0))) }
    var values: [Float] = []
    for index in 0..<541 {
      let shift = Float(index) / 100
      values += index % 7 == 0 || index % 11 == 3 ? row : row.map { $0 * $0 + shift }
    }
    let features = Matrix<Float>(rows: 541, columns: dimension, values: values)
    let weights = Matrix<Float>(
      rows: embedding, columns: dimension,
      values: (0..<embedding * dimension).map {
        Float(stream.uniform(at: UInt32($0), tag: 1) - 0.5)
      })
    let rows = (0..<541).map(Int64.init)
    let preprocessing = Preprocessing(fitting: [.unitLength, .center], rows: rows, of: features)
    let unit = EmbeddingModel.embed(
      rows, of: features, preprocessing: preprocessing, weights: weights
    ).values
    let first = Array(unit[0..<embedding])
    for index in 0..<541 where index % 7 == 0 || index % 11 == 3 {
      #expect(Array(unit[index * embedding..<(index + 1) * embedding]) == first, "row \(index)")
    }
  }
}
