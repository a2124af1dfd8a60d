import Datasets
import Kernels
import Testing
import Training

extension ReferenceVectors {
  @Test func `N-pair agrees in Double with every case of npairs.h5`() throws {
    try checkNPair(Double.self, within: .double)
  }

  @Test func `N-pair agrees in Float with every case of npairs.h5`() throws {
    try checkNPair(Float.self, within: .floatPairs)
  }

  @Test func `Proxy-NCA agrees in Double with every case of proxy_nca.h5`() throws {
    try checkProxyNCA(Double.self, within: .double)
  }

  @Test func `Proxy-NCA agrees in Float with every case of proxy_nca.h5`() throws {
    try checkProxyNCA(Float.self, within: .floatProxies)
  }

  @Test func `Proxy-Anchor agrees in Double with every case of proxy_anchor.h5`() throws {
    try checkProxyAnchor(Double.self, within: .double)
  }

  @Test func `Proxy-Anchor agrees in Float with every case of proxy_anchor.h5`() throws {
    try checkProxyAnchor(Float.self, within: .floatProxies)
  }

  private func checkNPair<Scalar: KernelScalar>(
    _ type: Scalar.Type, within bounds: ReferenceBounds
  ) throws {
    try forEachCase(of: "npairs.h5", as: "\(type)") { file, group in
      let reference = try LearnedLossReference(file, group, withProxies: false)
      var parameters = NPairLoss<Scalar>.Parameters()
      parameters.regularization = 0
      parameters.normalizeEmbeddings = try file.integer("normalize_embeddings", of: group) == 1
      reference.check(
        NPairLoss<Scalar>(
          parameters: parameters, size: reference.size, embedding: reference.embedding,
          blas: try BLASLibrary.load()),
        within: bounds)
    }
  }

  private func checkProxyNCA<Scalar: KernelScalar>(
    _ type: Scalar.Type, within bounds: ReferenceBounds
  ) throws {
    try forEachCase(of: "proxy_nca.h5", as: "\(type)") { file, group in
      let reference = try LearnedLossReference(file, group, withProxies: true)
      var parameters = ProxyNCALoss<Scalar>.Parameters()
      parameters.includePositive = true
      parameters.scale = try file.number("softmax_scale", of: group)
      reference.check(
        ProxyNCALoss<Scalar>(
          parameters: parameters, size: reference.size, classes: reference.classes,
          embedding: reference.embedding, seed: 0, blas: try BLASLibrary.load()),
        within: bounds)
    }
  }

  private func checkProxyAnchor<Scalar: KernelScalar>(
    _ type: Scalar.Type, within bounds: ReferenceBounds
  ) throws {
    try forEachCase(of: "proxy_anchor.h5", as: "\(type)") { file, group in
      let reference = try LearnedLossReference(file, group, withProxies: true)
      var parameters = ProxyAnchorLoss<Scalar>.Parameters()
      parameters.alpha = try file.number("alpha", of: group)
      parameters.margin = try file.number("margin", of: group)
      reference.check(
        ProxyAnchorLoss<Scalar>(
          parameters: parameters, size: reference.size, classes: reference.classes,
          embedding: reference.embedding, seed: 0, blas: try BLASLibrary.load()),
        within: bounds)
    }
  }
}
