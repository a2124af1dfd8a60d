import Kernels
import Training

/// The loss of a job from its settings: each parameter under the name of its setting.
struct LossSettings {
  let settings: SettingsReader

  func choice() throws -> LossChoice {
    let name = try settings.text("loss.name")
    switch name {
    case "ranked_list": return .rankedList(try rankedList())
    case "contrastive": return .contrastive(try contrastive())
    case "triplet": return .triplet(try triplet())
    case "margin": return .margin(try margin())
    case "lifted_structure": return .liftedStructure(try liftedStructure())
    case "n_pair": return .nPair(try nPair())
    case "proxy_nca": return .proxyNCA(try proxyNCA())
    case "proxy_anchor": return .proxyAnchor(try proxyAnchor())
    case "multi_similarity": return .multiSimilarity(try multiSimilarity())
    case "group": return .group(try group())
    case "multimodal": return .multiModal(try multiModal())
    default: throw SettingsError(description: "loss.name is \(name)")
    }
  }

  private func rankedList() throws -> RankedListLoss<Float>.Parameters {
    var parameters = RankedListLoss<Float>.Parameters()
    parameters.alpha = try settings.number("loss.alpha")
    parameters.margin = try settings.number("loss.margin")
    parameters.temperature = try settings.number("loss.temperature")
    parameters.positiveTemperature = try settings.number("loss.positive_temperature")
    parameters.lambda = try settings.number("loss.lambda")
    parameters.gradient = try settings.choice("loss.gradient")
    parameters.queryWeighting = try settings.choice("loss.query_weighting")
    parameters.pairGradient = try settings.choice("loss.pair_gradient")
    return parameters
  }

  private func contrastive() throws -> ContrastiveLoss<Float>.Parameters {
    var parameters = ContrastiveLoss<Float>.Parameters()
    parameters.positiveMargin = try settings.number("loss.positive_margin")
    parameters.negativeMargin = try settings.number("loss.negative_margin")
    parameters.power = try settings.integer("loss.power")
    parameters.distance = try settings.choice("loss.distance")
    parameters.reducer = try settings.choice("loss.reducer")
    parameters.dropDuplicatePairs = try settings.flag("loss.drop_duplicate_pairs")
    return parameters
  }

  private func triplet() throws -> TripletLoss<Float>.Parameters {
    var parameters = TripletLoss<Float>.Parameters()
    parameters.margin = try settings.number("loss.margin")
    parameters.mining = try settings.choice("loss.mining")
    parameters.fallback = try settings.choice("loss.fallback")
    parameters.distance = try settings.choice("loss.distance")
    parameters.soft = try settings.flag("loss.soft")
    parameters.swap = try settings.flag("loss.swap")
    parameters.reducer = try settings.choice("loss.reducer")
    parameters.dropDuplicatePairs = try settings.flag("loss.drop_duplicate_pairs")
    return parameters
  }

  private func margin() throws -> MarginLoss<Float>.Parameters {
    var parameters = MarginLoss<Float>.Parameters()
    parameters.margin = try settings.number("loss.margin")
    parameters.beta = try settings.number("loss.beta")
    parameters.betaKind = try settings.choice("loss.beta_kind")
    parameters.betaRateMultiplier = try settings.number("loss.beta_rate_multiplier")
    parameters.nu = try settings.number("loss.nu")
    parameters.mining = try settings.choice("loss.mining")
    parameters.cutoff = try settings.number("loss.cutoff")
    parameters.dropDuplicatePairs = try settings.flag("loss.drop_duplicate_pairs")
    return parameters
  }

  private func liftedStructure() throws -> LiftedStructureLoss<Float>.Parameters {
    var parameters = LiftedStructureLoss<Float>.Parameters()
    parameters.form = try settings.choice("loss.form")
    parameters.positiveMargin = try settings.number("loss.positive_margin")
    parameters.negativeMargin = try settings.number("loss.negative_margin")
    parameters.hingePower = try settings.integer("loss.hinge_power")
    parameters.dropDuplicatePairs = try settings.flag("loss.drop_duplicate_pairs")
    return parameters
  }

  private func nPair() throws -> NPairLoss<Float>.Parameters {
    var parameters = NPairLoss<Float>.Parameters()
    parameters.regularization = try settings.number("loss.regularization")
    parameters.normalizeEmbeddings = try settings.flag("loss.normalize_embeddings")
    return parameters
  }

  private func proxyNCA() throws -> ProxyNCALoss<Float>.Parameters {
    var parameters = ProxyNCALoss<Float>.Parameters()
    parameters.scale = try settings.number("loss.scale")
    parameters.includePositive = try settings.flag("loss.include_positive")
    parameters.proxyRateMultiplier = try settings.number("loss.proxy_rate_multiplier")
    return parameters
  }

  private func proxyAnchor() throws -> ProxyAnchorLoss<Float>.Parameters {
    var parameters = ProxyAnchorLoss<Float>.Parameters()
    parameters.alpha = try settings.number("loss.alpha")
    parameters.margin = try settings.number("loss.margin")
    parameters.proxyRateMultiplier = try settings.number("loss.proxy_rate_multiplier")
    return parameters
  }

  private func multiSimilarity() throws -> MultiSimilarityLoss<Float>.Parameters {
    var parameters = MultiSimilarityLoss<Float>.Parameters()
    parameters.alpha = try settings.number("loss.alpha")
    parameters.beta = try settings.number("loss.beta")
    parameters.base = try settings.number("loss.base")
    parameters.mining = try settings.choice("loss.mining")
    parameters.epsilon = try settings.number("loss.epsilon")
    parameters.denominator = try settings.choice("loss.denominator")
    parameters.dropDuplicatePairs = try settings.flag("loss.drop_duplicate_pairs")
    return parameters
  }

  private func group() throws -> GroupLoss<Float>.Parameters {
    var parameters = GroupLoss<Float>.Parameters()
    parameters.iterations = try settings.integer("loss.iterations")
    parameters.anchorsPerClass = try settings.integer("loss.anchors_per_class")
    parameters.temperature = try settings.number("loss.temperature")
    parameters.scale = try settings.number("loss.scale")
    parameters.classifierRateMultiplier = try settings.number("loss.classifier_rate_multiplier")
    return parameters
  }

  private func multiModal() throws -> MultiModalLoss<Float>.Parameters {
    var parameters = MultiModalLoss<Float>.Parameters()
    parameters.proxiesPerClass = try settings.integer("loss.proxies_per_class")
    parameters.gamma = try settings.number("loss.gamma")
    parameters.proxySoftmaxAxis = try settings.choice("loss.proxy_softmax_axis")
    parameters.proxyRateMultiplier = try settings.number("loss.proxy_rate_multiplier")
    parameters.classifierRateMultiplier = try settings.number("loss.classifier_rate_multiplier")
    return parameters
  }
}
