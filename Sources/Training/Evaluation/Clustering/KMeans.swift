package import Kernels

/// Lloyd's k-means over unit rows, from k random distinct rows.
///
/// A row goes to the centre of largest `x·c − ‖c‖²/2`, equal ones to the lower number; that
/// score is a 64-bit sum in fixed order, and a matrix product only finds which centres can have
/// it. Centres are means summed in 64 bits in order of rows, rounded to `Scalar`. So the bits
/// depend neither on blocks nor on the summation of the library.
///
/// A cluster that is left empty takes the row farthest from its centre (of equal ones the
/// first) out of a cluster of several. A run ends when no row changes its cluster, and in any
/// case after `iterationLimit` assignments.
package struct KMeans<Scalar: KernelScalar> {
  /// Rows with their clusters.
  package struct Clustering: Sendable, Hashable {
    /// From 0; the same for rows of one cluster.
    package var clusters: [Int32]
    /// Sum over rows of the squared distance to the centre.
    package var squaredError: Double
    package var iterations: Int
    /// Whether it ended by itself.
    package var isConverged: Bool
  }

  private let clusters: Int
  private let iterationLimit: Int
  private let start: RandomStream
  private let blas: BLASLibrary
  /// Rows per matrix product. Part of no bits.
  private let blockRows: Int

  package init(
    clusters: Int, iterationLimit: Int = 300, seed: UInt64, blas: BLASLibrary,
    blockRows: Int = 512
  ) {
    precondition(clusters >= 1 && iterationLimit >= 1 && blockRows >= 1)
    self.clusters = clusters
    self.iterationLimit = iterationLimit
    start = RandomStream(seed: seed, stream: .clustering)
    self.blas = blas
    self.blockRows = blockRows
  }

  /// Clusters `rows × dimension` of norm at most 1, as many clusters as rows at most. Each
  /// restart begins at other rows.
  ///
  /// O(rows · clusters · dimension) an iteration, less once most centres stand still: only
  /// what has moved is compared again.
  @_specialize(where Scalar == Float)
  @_specialize(where Scalar == Double)
  package func run(_ unit: borrowing Matrix<Scalar>, restart: Int) -> Clustering {
    let first = start.permutation(of: unit.rows, tag: UInt64(restart)).prefix(clusters)
    var state = KMeansState<Scalar>(
      startingAt: first.map(Int64.init), of: unit, blockRows: blockRows)
    var iterations = 0
    var hasChanged = true
    while hasChanged && iterations < iterationLimit {
      if iterations > 0 { state.moveCenters(unit) }
      hasChanged = state.assign(unit, blas: blas)
      iterations += 1
    }
    return Clustering(
      clusters: state.clusters, squaredError: state.squaredError, iterations: iterations,
      isConverged: !hasChanged)
  }
}
