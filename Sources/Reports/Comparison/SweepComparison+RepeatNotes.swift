import Store
import Sweeps

/// What is to be known of a comparison of repeats, or of a search that was repeated.
extension SweepComparison {
  var subjectNote: String? {
    switch subject {
    case .everything: return nil
    case .search:
      return "These are the trials of the search, whose best figures owe a part to luck; the "
        + "repeats of what it chose are shown without --search."
    case .repeats(let search):
      let trials = Set(search.map { JobSpec.trialSetting(of: $0.settings) }).count
      return "These are repeats, with seeds of their own, of settings chosen among "
        + "\(Counted(trials, "setting")) of the search, which --search shows."
    }
  }

  /// What the objective of repeats is that have no validation classes.
  var searchedNote: String? {
    guard hasSearchedObjective else { return nil }
    return "\(objective.metric) is that of the search: the repeats train on all training classes."
  }

  var intervalNote: String? {
    guard subject.isRepeats, cells.contains(where: { $0.seeds > 1 }) else { return nil }
    return "In brackets are 95 % intervals of the mean by Student's t over the seeds."
  }

  var jointNote: String? {
    guard cells.contains(where: { $0.statistics.keys.contains { Measure($0).isJoint } }) else {
      return nil
    }
    return "concatenated: the models of all folds of a seed as one, their embeddings of a row side "
      + "by side at unit length."
  }
}
