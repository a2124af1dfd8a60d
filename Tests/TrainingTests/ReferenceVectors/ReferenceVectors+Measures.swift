import Testing

extension ReferenceVectors {
  @Test func `clustering measures agree with every case of eval_clustering.h5`() throws {
    try forEachCase(of: "eval_clustering.h5", as: "Double") { file, group in
      try ClusteringReference(file, group).check()
    }
  }
}
