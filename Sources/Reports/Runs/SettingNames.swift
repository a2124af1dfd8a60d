package import Sweeps

/// The names by which reports accept settings.
package enum SettingNames {
  /// Canonical names, each with everything it may be called, itself included.
  package static let spellings: [(setting: String, names: [String])] = [
    ("loss.alpha", ["loss.alpha", "alpha", "α"]),
    ("loss.margin", ["loss.margin", "margin", "m"]),
    ("loss.temperature", ["loss.temperature", "temperature", "T"]),
    ("loss.lambda", ["loss.lambda", "lambda", "λ"]),
    ("optimizer.learning_rate", ["optimizer.learning_rate", "learning_rate", "lr"]),
    ("model.embedding", ["model.embedding", "embedding"]),
    ("steps", ["steps"]),
    ("batch", ["batch"]),
  ]

  /// P and K of a batch such as `60x3`.
  static func batchParts(
    of settings: [String: SettingValue]
  ) -> (classes: SettingValue, items: SettingValue)? {
    let parts = settings["batch"]?.text?.split(separator: "x").compactMap { Double($0) } ?? []
    return parts.count == 2 ? (.number(parts[0]), .number(parts[1])) : nil
  }
}
