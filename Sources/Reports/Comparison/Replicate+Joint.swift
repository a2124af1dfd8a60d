package import Store

extension Replicate {
  /// The models of all folds as one; nil without folds, or where some weights are not kept.
  ///
  /// - Parameter weights: The digest of the weights that each run selected, under the run's id.
  package func jointModel(_ weights: [String: String]) -> JointModel? {
    guard folds != nil, isComplete else { return nil }
    let members = runs.compactMap { weights[$0.id] }
    return members.count == runs.count ? JointModel(weights: members) : nil
  }
}

extension ExperimentStore {
  /// What the models of all folds of a replicate score as one; nil where that is not kept.
  package func jointFigures(of replicate: Replicate) throws -> [String: Double]? {
    let weights = try selectedWeights(of: replicate.runs.map(\.id))
    return try replicate.jointModel(weights).flatMap(figures(of:))
  }
}
