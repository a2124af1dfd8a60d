import Datasets
import Kernels
import Testing
import Training

extension ReferenceVectors {
  @Test func `contrastive loss agrees with every case of contrastive.h5`() throws {
    try forEachCase(of: "contrastive.h5", as: "Double and Float") { file, group in
      let reference = try PairLossReference(file, group)
      reference.check(try contrastive(reference, Double.self), within: .double)
      reference.check(try contrastive(reference, Float.self), within: .float)
    }
  }

  @Test func `triplet loss agrees with every case of triplet.h5`() throws {
    try forEachCase(of: "triplet.h5", as: "Double and Float") { file, group in
      let reference = try PairLossReference(file, group)
      reference.check(try triplet(reference, Double.self), within: .double)
      reference.check(try triplet(reference, Float.self), within: .float)
    }
  }

  @Test func `lifted structured loss agrees with every case of lifted_structure.h5`() throws {
    try forEachCase(of: "lifted_structure.h5", as: "Double and Float") { file, group in
      let reference = try PairLossReference(file, group)
      reference.check(try lifted(reference, Double.self), within: .double)
      reference.check(try lifted(reference, Float.self), within: .float)
    }
  }

  @Test func `multi-similarity loss agrees with every case of multi_similarity.h5`() throws {
    try forEachCase(of: "multi_similarity.h5", as: "Double and Float") { file, group in
      let reference = try PairLossReference(file, group)
      reference.check(try multiSimilarity(reference, Double.self), within: .double)
      reference.check(try multiSimilarity(reference, Float.self), within: .steepFloat)
    }
  }

  @Test func `margin loss agrees with every case of margin.h5`() throws {
    try forEachCase(of: "margin.h5", as: "Double and Float") { file, group in
      let reference = try PairLossReference(file, group)
      try checkMargin(reference, Double.self, within: .double)
      try checkMargin(reference, Float.self, within: .float)
    }
  }

  private func contrastive<Scalar: KernelScalar>(
    _ reference: PairLossReference, _ type: Scalar.Type
  ) throws -> ContrastiveLoss<Scalar> {
    var parameters = ContrastiveLoss<Scalar>.Parameters()
    parameters.positiveMargin = try reference.number("pos_margin")
    parameters.negativeMargin = try reference.number("neg_margin")
    let power = try reference.file.integer("distance_power", of: reference.group)
    parameters.distance = power == 2 ? .squared : .euclidean
    parameters.reducer = try reference.reducer()
    return ContrastiveLoss(
      parameters: parameters, size: reference.rows, blas: try BLASLibrary.load())
  }

  private func triplet<Scalar: KernelScalar>(
    _ reference: PairLossReference, _ type: Scalar.Type
  ) throws -> TripletLoss<Scalar> {
    var parameters = TripletLoss<Scalar>.Parameters()
    parameters.margin = try reference.number("margin")
    parameters.soft = try reference.flag("smooth_loss")
    parameters.swap = try reference.flag("swap")
    parameters.reducer = try reference.reducer() == .all ? .all : .nonzero
    let name = try reference.text("mining")
    parameters.mining = try #require(
      TripletLoss<Scalar>.Mining(rawValue: name == "semihard" ? "semi_hard" : name), "\(name)")
    return TripletLoss(
      parameters: parameters, size: reference.rows, seed: 1, blas: try BLASLibrary.load())
  }

  private func lifted<Scalar: KernelScalar>(
    _ reference: PairLossReference, _ type: Scalar.Type
  ) throws -> LiftedStructureLoss<Scalar> {
    var parameters = LiftedStructureLoss<Scalar>.Parameters()
    let name = try reference.text("form")
    parameters.form = try #require(LiftedStructureLoss<Scalar>.Form(rawValue: name), "\(name)")
    parameters.positiveMargin = try reference.number("pos_margin")
    parameters.negativeMargin = try reference.number("neg_margin")
    return LiftedStructureLoss(
      parameters: parameters, size: reference.rows, blas: try BLASLibrary.load())
  }

  private func multiSimilarity<Scalar: KernelScalar>(
    _ reference: PairLossReference, _ type: Scalar.Type
  ) throws -> MultiSimilarityLoss<Scalar> {
    var parameters = MultiSimilarityLoss<Scalar>.Parameters()
    parameters.alpha = try reference.number("alpha")
    parameters.beta = try reference.number("beta")
    parameters.base = try reference.number("base")
    let name = try reference.text("mining")
    parameters.mining = try #require(
      MultiSimilarityLoss<Scalar>.Mining(rawValue: name == "none" ? "all" : name), "\(name)")
    parameters.epsilon = try reference.number("miner_epsilon")
    return MultiSimilarityLoss(
      parameters: parameters, size: reference.rows, blas: try BLASLibrary.load())
  }

  private func checkMargin<Scalar: KernelScalar>(
    _ reference: PairLossReference, _ type: Scalar.Type, within bounds: PairLossReference.Bounds
  ) throws {
    let beta = try reference.file.array("\(reference.group)/beta").doubles()
    var parameters = MarginLoss<Scalar>.Parameters()
    parameters.mining = .triplets
    parameters.margin = try reference.number("margin")
    parameters.nu = try reference.number("nu")
    parameters.beta = try #require(beta.first)
    let name = try reference.text("beta_kind")
    parameters.betaKind = try #require(MarginLoss<Scalar>.BetaKind(rawValue: name), "\(name)")
    let loss = MarginLoss<Scalar>(
      parameters: parameters, size: reference.rows, classes: beta.count, seed: 1,
      blas: try BLASLibrary.load())
    #expect(loss.parameters.count == (parameters.betaKind == .fixed ? 0 : 1))
    loss.parameters.first?.value = Matrix(
      rows: 1, columns: beta.count, values: beta.map(Scalar.init))
    reference.check(loss, within: bounds)
    if let learned = loss.parameters.first {
      reference.expect(
        learned.gradient.values.map(Double.init),
        try reference.file.array("\(reference.group)/grad_beta").doubles(), bounds.gradient, "β")
    }
  }
}
