package import Kernels

/// How well k-means clusters match the classes, protocol.md §7. All but AMI are in 0…1.
package struct ClusteringMeasures: Sendable, Hashable {
  package var normalizedMutualInformation: Double
  package var adjustedMutualInformation: Double
  package var pairPrecision: Double
  package var pairRecall: Double
  package var f1: Double
  /// NMI of every restart, in order; the reported one is that of least squared error.
  package var restarts: [Double]

  /// The largest NMI of a restart less the smallest.
  package var spread: Double { (restarts.max() ?? 0) - (restarts.min() ?? 0) }

  init(_ table: ContingencyTable, restarts: [Double]) {
    normalizedMutualInformation = table.normalizedMutualInformation
    adjustedMutualInformation = table.adjustedMutualInformation
    pairPrecision = table.pairPrecision
    pairRecall = table.pairRecall
    f1 = table.pairF1
    self.restarts = restarts
  }

  /// Clusters unit rows into as many clusters as there are classes, `restarts` times, and
  /// measures the restart of least squared error (the earlier of two equal ones): never the
  /// best NMI, which would choose by the labels.
  package init<Scalar: KernelScalar>(
    unit: borrowing Matrix<Scalar>, labels: [Int32], restarts: Int = 5, seed: UInt64,
    blas: BLASLibrary
  ) {
    precondition(restarts >= 1 && unit.rows == labels.count && !labels.isEmpty)
    let solver = KMeans<Scalar>(clusters: Set(labels).count, seed: seed, blas: blas)
    let first = solver.run(unit, restart: 0)
    var (chosen, least) = (
      ContingencyTable(classes: labels, clusters: first.clusters), first.squaredError
    )
    var figures = [chosen.normalizedMutualInformation]
    for restart in 1..<restarts {
      let clustering = solver.run(unit, restart: restart)
      let table = ContingencyTable(classes: labels, clusters: clustering.clusters)
      figures.append(table.normalizedMutualInformation)
      if clustering.squaredError < least {
        (chosen, least) = (table, clustering.squaredError)
      }
    }
    self.init(chosen, restarts: figures)
  }
}
