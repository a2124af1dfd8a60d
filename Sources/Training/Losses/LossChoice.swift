package import Kernels

/// Which loss a run trains with, and its parameters.
package enum LossChoice: Sendable, Hashable {
  case rankedList(RankedListLoss<Float>.Parameters)
  case contrastive(ContrastiveLoss<Float>.Parameters)
  case triplet(TripletLoss<Float>.Parameters)
  case margin(MarginLoss<Float>.Parameters)
  case liftedStructure(LiftedStructureLoss<Float>.Parameters)
  case nPair(NPairLoss<Float>.Parameters)
  case proxyNCA(ProxyNCALoss<Float>.Parameters)
  case proxyAnchor(ProxyAnchorLoss<Float>.Parameters)
  case multiSimilarity(MultiSimilarityLoss<Float>.Parameters)
  case group(GroupLoss<Float>.Parameters)
  case multiModal(MultiModalLoss<Float>.Parameters)

  /// Whether one loss sees all levels side by side, in place of one for each.
  package var joinsLevels: Bool {
    if case .multiModal = self { true } else { false }
  }

  /// What a loss must know of the run besides its parameters.
  package struct Setting {
    /// Rows of a batch.
    package var size: Int
    /// Dimension of the embedding of one level.
    package var embedding: Int
    /// Classes trained on.
    package var classes: Int
    package var levels: Int
    package var seed: UInt64

    package init(size: Int, embedding: Int, classes: Int, levels: Int, seed: UInt64) {
      self.size = size
      self.embedding = embedding
      self.classes = classes
      self.levels = levels
      self.seed = seed
    }
  }

  package func make(_ setting: Setting, blas: BLASLibrary) -> any MetricLoss<Float> {
    let (size, embedding, classes) = (setting.size, setting.embedding, setting.classes)
    let seed = setting.seed
    switch self {
    case .rankedList(let parameters):
      return RankedListLoss(parameters: parameters, size: size, blas: blas)
    case .contrastive(let parameters):
      return ContrastiveLoss(parameters: parameters, size: size, blas: blas)
    case .triplet(let parameters):
      return TripletLoss(parameters: parameters, size: size, seed: seed, blas: blas)
    case .margin(let parameters):
      return MarginLoss(
        parameters: parameters, size: size, classes: classes, seed: seed, blas: blas)
    case .liftedStructure(let parameters):
      return LiftedStructureLoss(parameters: parameters, size: size, blas: blas)
    case .nPair(let parameters):
      return NPairLoss(parameters: parameters, size: size, embedding: embedding, blas: blas)
    case .proxyNCA(let parameters):
      return ProxyNCALoss(
        parameters: parameters, size: size, classes: classes, embedding: embedding, seed: seed,
        blas: blas)
    case .proxyAnchor(let parameters):
      return ProxyAnchorLoss(
        parameters: parameters, size: size, classes: classes, embedding: embedding, seed: seed,
        blas: blas)
    case .multiSimilarity(let parameters):
      return MultiSimilarityLoss(parameters: parameters, size: size, blas: blas)
    case .group(let parameters):
      return GroupLoss(
        parameters: parameters, size: size, classes: classes, embedding: embedding, seed: seed,
        blas: blas)
    case .multiModal(let parameters):
      return MultiModalLoss(
        parameters: parameters, size: size, levels: setting.levels, embedding: embedding,
        classes: classes, seed: seed, blas: blas)
    }
  }
}
