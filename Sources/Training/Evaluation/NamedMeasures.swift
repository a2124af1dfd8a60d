extension ClusteringMeasures {
  /// The measures under their public names, each with a prefix such as `test/`.
  package func named(_ prefix: String, step: Int) -> [MeasuredValue] {
    [
      ("nmi", normalizedMutualInformation), ("ami", adjustedMutualInformation), ("f1", f1),
      ("nmi_spread", spread),
    ].map { MeasuredValue(name: prefix + $0, step: step, value: $1) }
  }
}

extension FewShot.Measures {
  /// The measures of N-way K-shot under their public names, such as `test/few_shot_5w1s` and
  /// `test/few_shot_5w1s_centroid`, each with the half width of its interval.
  package func named(_ prefix: String, of episodes: FewShot, step: Int) -> [MeasuredValue] {
    let name = "\(prefix)few_shot_\(episodes.ways)w\(episodes.shots)s"
    return [
      (name, nearestSupport.mean), (name + "_interval", nearestSupport.interval),
      (name + "_centroid", nearestCentroid.mean),
      (name + "_centroid_interval", nearestCentroid.interval),
    ].map { MeasuredValue(name: $0, step: step, value: $1) }
  }
}

extension ClassDistances {
  /// The distances under their public names, such as `test/distance_within_mean` and
  /// `test/distance_between_p5`; none for a kind that has no pairs.
  package func named(_ prefix: String, step: Int) -> [MeasuredValue] {
    [("within", within), ("between", between)].flatMap { kind, distribution in
      guard let distribution else { return [MeasuredValue]() }
      let quantiles = zip(DistanceDistribution.quantiles, distribution.values).map {
        ("p\(Int(($0 * 100).rounded()))", $1)
      }
      return ([("mean", distribution.mean)] + quantiles).map {
        MeasuredValue(name: "\(prefix)distance_\(kind)_\($0)", step: step, value: $1)
      }
    }
  }
}
