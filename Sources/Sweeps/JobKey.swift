internal import Crypto

/// The identity of a job: the same key is the same training on the same data.
package enum JobKey {
  /// SHA-256 of the canonical text in UTF-8, as 64 hexadecimal digits.
  ///
  /// - Parameter dataDigests: The digest of each level that the job uses, under the level's name.
  /// - Parameter initialWeights: The digest of the weights from which the job starts; needed where
  ///   it has a setting `initial`.
  package static func hash(
    of job: JobSpec, dataDigests: [String: String], objective: Objective,
    initialWeights: String? = nil
  ) -> String {
    SHA256.hexadecimal(
      of: canonicalText(
        of: job, dataDigests: dataDigests, objective: objective, initialWeights: initialWeights))
  }

  /// One line of JSON with sorted keys and shortest round-trip numbers:
  ///
  ///     {"data":{"high":"…"},"defaults":1,"objective":{"goal":"maximize",
  ///      "metric":"validation/map@r"},"settings":{"loss.alpha":1.4,"seed":1}}
  ///
  /// - `data`: the digest of each level used;
  /// - `defaults`: the version of the defaults;
  /// - `initial`: the digest of the weights to start from, only where there are some;
  /// - `objective`: only where `select` is `best`;
  /// - `settings`: those that differ from the defaults. A setting whose default is to be absent
  ///   counts where it is there. What names the feature files and the objects in them,
  ///   `dataset.levels`, `initial` (digests stand for them) and the settings of `checkpoint` never
  ///   count.
  ///
  /// 1, 1.0 and 1e0 are `1`; infinities are `"inf"` and `"-inf"`. A setting that a later version
  /// adds leaves the text as it is while it has its default.
  package static func canonicalText(
    of job: JobSpec, dataDigests: [String: String], objective: Objective,
    initialWeights: String? = nil
  ) -> String {
    precondition(
      (job.settings["initial"] == nil) == (initialWeights == nil),
      "initial is \(job.settings["initial"]?.display ?? "absent"), its weights' digest "
        + (initialWeights ?? "absent"))
    let settings = job.settings.filter { name, value in
      guard let definition = SettingsCatalog.definition(named: name, in: job.settings) else {
        return true
      }
      return definition.countsInKey && value != definition.defaultValue
    }
    var parts: [String: SettingValue] = [
      "data": .mapping(dataDigests.mapValues { .text($0) }),
      "defaults": .number(Double(SettingsCatalog.defaultsVersion)),
      "settings": .mapping(settings),
    ]
    if let initialWeights { parts["initial"] = .text(initialWeights) }
    if job.settings["select"] == .text("best") {
      parts["objective"] = .mapping([
        "goal": .text(objective.goal.rawValue), "metric": .text(objective.metric),
      ])
    }
    return SettingValue.mapping(parts).canonicalJSON
  }
}
