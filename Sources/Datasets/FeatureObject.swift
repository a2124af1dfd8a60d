/// What a feature file is made of. The raw value is the name that is written by default, and the
/// one under `dataset.keys`.
package enum FeatureObject: String, Sendable, Hashable, CaseIterable {
  case features
  case labels
  case split
  case query
  case gallery
  case classNames = "class_names"

  /// Names under which it is found where nothing else is said; the first one goes over others.
  var knownNames: [String] {
    switch self {
    case .features: ["features", "feats", "embeddings", "x", "X", "data"]
    case .labels: ["labels", "label", "targets", "targs", "y", "classes", "ids"]
    case .split, .query, .gallery, .classNames: [rawValue]
    }
  }
}

/// Which rows a group is about, or an object with the word in its name.
enum FeatureSide: String, Sendable, CaseIterable {
  case train, test, query, gallery

  var split: FeatureFile.Split { self == .train ? .train : .test }
}

/// Where the objects of some rows are: in a group or at the top of the file, there perhaps with
/// the side before or behind their own name (`train_features`, `X_train`).
struct ObjectPlace: Sendable, Hashable {
  /// Empty for the top.
  var group = ""
  var affix: FeatureSide?

  static func group(_ side: FeatureSide) -> Self { Self(group: "/\(side)") }

  static func affix(_ side: FeatureSide) -> Self { Self(affix: side) }

  /// Paths that an object of a name may have.
  func paths(of name: String) -> [String] {
    guard let affix else { return ["\(group)/\(name)"] }
    return ["\(group)/\(affix)_\(name)", "\(group)/\(name)_\(affix)"]
  }

  /// The group that holds the objects.
  var folder: String { group.isEmpty ? "/" : group }
}
