import Store
import Sweeps

extension SweepComparison {
  /// Whether checkpoints and settings were chosen without a look at the test classes.
  package var isSelectedOnValidation: Bool { !Measure(objective.metric).isOnTest }

  /// Sentences that say what the table shows and what it does not.
  package var notes: [String] {
    [
      pickedNote, selectionNote, singleRunNote, incompleteNote, missingValuesNote, averagedNote,
      selectedStepNote, dataNote,
    ].compactMap(\.self)
  }

  private var pickedNote: String? {
    guard let picked else { return "No completed run has \(objective.metric); nothing is picked." }
    let cell = cells[picked]
    let runs = cell.completed == 1 ? "one run" : "mean of \(cell.completed) runs"
    let setting = zip(settings, cell.values).map { "\($0.title) \($1.display)" }
    let subject = setting.isEmpty ? "the only setting" : setting.joined(separator: ", ")
    var text = "* picked by \(objective.metric) (\(runs)): \(subject)."
    guard isSelectedOnValidation else { return text }
    let measures = ["test/recall@1", Measure(objective.metric).onTest]
      .filter { cell.statistics[$0] != nil }
    let unique = measures.first == measures.last ? Array(measures.prefix(1)) : measures
    guard !unique.isEmpty else { return text }
    let scores = unique.map { name in
      let raw = rawFigures.count == 1 ? rawFigures.first?.measures[name] : nil
      return name.dropFirst("test/".count) + " " + spread(name, in: cell).shownText
        + (raw.map { " (raw features \(Measure(name).cell($0).shownText))" } ?? "")
    }
    text += " On test it scores " + scores.joined(separator: " and ") + "."
    return text
  }

  func spread(_ measure: String, in cell: Cell) -> ReportCell {
    guard let statistics = cell.statistics[measure] else { return .missing }
    return .spread(
      mean: statistics.mean, deviation: statistics.deviation, isRatio: Measure(measure).isRatio)
  }

  private var selectionNote: String? {
    guard !isSelectedOnValidation else { return nil }
    let reason =
      isSubstitute
      ? "There are no validation measures, so \(objective.metric) ranks"
      : "The objective \(objective.metric) is a measure on the test classes"
    return reason + ": not selected on validation, the figures of the best are too good."
  }

  private var singleRunNote: String? {
    let filled = cells.filter { $0.completed > 0 }
    guard !filled.isEmpty, filled.allSatisfy({ $0.completed == 1 }) else { return nil }
    return "With one run a setting (n = 1) nothing can be ranked: "
      + "the differences may be those of the seeds. Repeat with more seeds."
  }

  private var incompleteNote: String? {
    let failed = cells.reduce(0) { $0 + $1.failed }
    let unfinished = cells.reduce(0) { $0 + $1.unfinished }
    guard failed + unfinished > 0 else { return nil }
    let parts = [(failed, "failed"), (unfinished, "not finished")].filter { $0.0 > 0 }
      .map { "\($0.0) \($0.1)" }
    let incomplete = cells.count { !$0.isComplete }
    let consequence =
      cells.contains(where: \.isComplete)
      ? "stand last and are not picked" : "are compared all the same, as none is complete"
    return "Of \(Counted(runs.count, "run")), \(parts.joined(separator: " and ")): "
      + "\(incomplete) of \(cells.count) settings lack some of their runs and \(consequence)."
  }

  private var missingValuesNote: String? {
    let names = Set(cells.flatMap(\.statistics.keys)).sorted().filter { name in
      cells.contains { cell in
        let statistics = cell.statistics[name]
        return statistics.map { $0.count < cell.completed || $0.mean.isNaN } ?? (cell.completed > 0)
      }
    }
    guard !names.isEmpty else { return nil }
    return "Some completed runs have no value of \(names.joined(separator: ", "))."
  }

  private var averagedNote: String? {
    guard !averaged.isEmpty else { return nil }
    let list = averaged.map { column in
      "\(column.name) (\(Set(runs.map { column.value(of: $0) }).count) values)"
    }
    return "Each line also averages over \(list.joined(separator: ", ")); "
      + "its deviation is not that of the seeds alone."
  }

  /// Among fewer evaluations the first or the last is no surprise.
  private static let leastChoice = 4

  private var selectedStepNote: String? {
    var (first, last, selected) = (0, 0, 0)
    for run in runs where run.state == .completed && run.settings["select"]?.text == "best" {
      guard let step = run.selectedStep, let steps = run.settings["steps"]?.integer,
        let every = run.settings["evaluation.every"]?.integer, steps / every >= Self.leastChoice
      else { continue }
      selected += 1
      if step == every { first += 1 }
      if step == steps { last += 1 }
    }
    let parts = [
      first > 0 ? "the first in \(first) (evaluate more often, or learn more slowly)" : nil,
      last > 0 ? "the last in \(last) (train for more steps)" : nil,
    ].compactMap(\.self)
    guard !parts.isEmpty else { return nil }
    return
      "Of \(Counted(selected, "run")) the selected evaluation is \(parts.joined(separator: " and "))."
  }

  private var dataNote: String? {
    let digests = Set(runs.map(\.dataDigests))
    guard digests.count > 1 else { return nil }
    return "The runs have \(digests.count) different sets of data."
  }
}
