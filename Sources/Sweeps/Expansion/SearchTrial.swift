/// One setting of a search: its jobs differ in fold and seed only.
struct SearchTrial {
  /// In job order.
  private(set) var jobs: [JobSpec]

  /// In the order of their first jobs.
  static func all(of jobs: [JobSpec]) -> [SearchTrial] {
    var places: [[String: SettingValue]: Int] = [:]
    var trials: [SearchTrial] = []
    for job in jobs {
      let setting = JobSpec.trialSetting(of: job.settings)
      if let place = places[setting] {
        trials[place].jobs.append(job)
      } else {
        places[setting] = trials.count
        trials.append(SearchTrial(jobs: [job]))
      }
    }
    return trials
  }

  var loss: SettingValue? { jobs.first?.settings["loss.name"] }

  /// One job of each fold; the only one of a trial without folds.
  var folds: [JobSpec] {
    var seen: Set<SettingValue?> = []
    return jobs.filter { seen.insert($0.settings["dataset.validation"]).inserted }
  }

  /// Mean over folds and seeds; nil where a job has no value.
  func objective(_ values: [Int: Double]) -> Double? {
    let found = jobs.compactMap { values[$0.index] }.filter { !$0.isNaN }
    return found.count == jobs.count ? found.reduce(0, +) / Double(found.count) : nil
  }
}

extension JobSpec {
  /// What the jobs of a trial have in common: all settings but the seed and which fold is held
  /// out.
  package static func trialSetting(
    of settings: [String: SettingValue]
  ) -> [String: SettingValue] {
    var settings = settings
    settings["seed"] = nil
    if var validation = settings["dataset.validation"]?.mapping {
      validation["fold"] = nil
      settings["dataset.validation"] = .mapping(validation)
    }
    return settings
  }
}
