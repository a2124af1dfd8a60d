import Store
import Sweeps

extension SweepComparison {
  /// Whether checkpoints and settings were chosen without a look at the test classes.
  package var isSelectedOnValidation: Bool { !Measure(objective.metric).isOnTest }

  /// Sentences that say what the table shows and what it does not.
  package var notes: [String] {
    let selection = [searchedNote, selectionNote, luckNote, readingsNote]
    let design = [tuningNote, unusableNote, edgeNote, foldNote, intervalNote, jointNote]
    let gaps = [
      incompleteNote, missingValuesNote, averagedNote, dimensionNote, selectedStepNote, dataNote,
    ]
    return ([subjectNote] + pickedNotes + selection + design + gaps).compactMap(\.self)
  }

  /// Which settings the objective picks and what they score, each behind a star.
  var pickedNotes: [String] {
    picks.isEmpty ? [whyNothingIsPicked] : picks.map(pickedNote)
  }

  private var whyNothingIsPicked: String {
    let measured = cells.filter { $0.rank(by: objective).0 < 2 }
    guard let first = measured.first else {
      return "No completed run has \(objective.metric); nothing is picked."
    }
    if let singleRunNote { return singleRunNote }
    guard groups.allSatisfy({ $0.places.count > 1 }) || groups.count == 1 else {
      return "Nothing is picked: no two lines have embeddings of one length."
    }
    guard measured.count == 1 else {
      return "Nothing is picked: \(name(of: first)), which stands first by \(objective.metric), "
        + "has one \(unit(of: first)) only (n = 1)."
    }
    return "Nothing is picked: \(name(of: first)) is the only line with \(objective.metric) "
      + "(n = \(first.seeds))." + (testScores(of: first) ?? "")
  }

  /// Its settings, the tuned ones included.
  private func name(of cell: Cell) -> String {
    let setting = zip(settings + tuned, cell.values + (cell.tuning?.values ?? []))
      .map { "\($0.title) \(Self.cell($1).shownText)" }
    return setting.isEmpty ? "the only setting" : setting.joined(separator: ", ")
  }

  /// What n counts.
  private func unit(of cell: Cell) -> String {
    averagesFolds || cell.averagesSettings ? "seed" : "run"
  }

  private func pickedNote(_ place: Int) -> String {
    let cell = cells[place]
    let dimensions = groups.first { $0.places.contains(place) }?.dimensions ?? []
    let group =
      dimensions.isEmpty
      ? "" : " among \(dimensions.map(String.init).joined(separator: " or ")) dimensions"
    return "* picked by \(objective.metric)\(group) (mean of \(cell.seeds) \(unit(of: cell))s): "
      + "\(name(of: cell))." + (testScores(of: cell) ?? "")
  }

  /// A sentence behind another; nil where there is no score that a choice did not see.
  private func testScores(of cell: Cell) -> String? {
    guard isSelectedOnValidation else { return nil }
    let measures = ["test/recall@1", Measure(objective.metric).onTest]
      .filter { cell.statistics[$0] != nil }
    let unique = measures.first == measures.last ? Array(measures.prefix(1)) : measures
    guard !unique.isEmpty else { return nil }
    let scores = unique.map { name in
      let rawFeatures = baselines.filter { $0.kind == .raw }
      let raw = rawFeatures.count == 1 ? rawFeatures.first?.measures[name] : nil
      return name.dropFirst("test/".count) + " " + spread(name, in: cell).shownText
        + (raw.map { " (raw features \(Measure(name).cell($0).shownText))" } ?? "")
    }
    return " On test it scores " + scores.joined(separator: " and ") + "."
  }

  /// What choosing by the test classes would have given: never the figure of a choice.
  private var luckNote: String? {
    let name = Measure(objective.metric).onTest
    guard isSelectedOnValidation, groups.count == 1, let picked = picks.first,
      let own = cells[picked].statistics[name]?.mean
    else { return nil }
    let sign = Measure(name).isMinimized ? -1.0 : 1
    let others = cells.filter(\.isComplete).compactMap { cell in
      cell.statistics[name].map { (cell: cell, mean: $0.mean) }
    }
    guard let best = others.max(by: { sign * $0.mean < sign * $1.mean }),
      sign * best.mean > sign * own
    else { return nil }
    return "Best \(name) of all lines: \(spread(name, in: best.cell).shownText) "
      + "(\(label(of: best.cell))); to take it would be to choose by the test classes."
  }

  private var readingsNote: String? {
    testReadings.map {
      "The test classes of this data were evaluated by \(Counted($0, "run")) of this store."
    }
  }

  func spread(_ measure: String, in cell: Cell) -> ReportCell {
    guard let statistics = cell.statistics[measure] else { return .missing }
    let isRatio = Measure(measure).isRatio
    guard subject.isRepeats else {
      return .spread(
        mean: statistics.mean, deviation: statistics.deviation, isRatio: isRatio)
    }
    return .interval(mean: statistics.mean, halfWidth: statistics.halfWidth, isRatio: isRatio)
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
    guard let first = filled.first, filled.allSatisfy({ $0.seeds == 1 }) else { return nil }
    return "With one \(unit(of: first)) a setting (n = 1) nothing can be ranked: "
      + "the differences may be those of the seeds. Repeat with more seeds."
  }

  private var incompleteNote: String? {
    let incomplete = cells.count { !$0.isComplete }
    guard incomplete > 0 else { return nil }
    let runs = cells.reduce(0) { $0 + $1.runs }
    let failed = cells.reduce(0) { $0 + $1.failed }
    let unfinished = cells.reduce(0) { $0 + $1.unfinished }
    let parts = [(failed, "failed"), (unfinished, "not finished")].filter { $0.0 > 0 }
      .map { "\($0.0) \($0.1)" }
    let reason =
      parts.isEmpty ? "" : "Of \(Counted(runs, "run")), \(parts.joined(separator: " and ")): "
    let consequence =
      cells.contains(where: \.isComplete)
      ? "stand last and are not picked" : "are compared all the same, as none is complete"
    return reason + "\(incomplete) of \(cells.count) settings lack some of their runs and "
      + consequence + "." + foldsLackingText
  }

  private var foldsLackingText: String {
    guard averagesFolds else { return "" }
    let all = cells.reduce(0) { $0 + $1.replicates.count }
    let lacking = all - cells.reduce(0) { $0 + $1.completed }
    return " A seed counts with all its folds only; \(lacking) of \(all) do not."
  }

  private var missingValuesNote: String? {
    let completed = cells.flatMap(\.replicates).flatMap(\.runs).filter { $0.state == .completed }
    let names = Set(completed.flatMap(\.metrics.keys)).filter { name in
      // Which levels there are depends on the setting.
      !Measure(name).isOfOneLevel
        && cells.flatMap(\.replicates).contains { replicate in
          replicate.isComplete && (replicate.summary.metrics[name]?.isNaN ?? true)
        }
    }.sorted()
    guard !names.isEmpty else { return nil }
    return "Some completed runs have no value of \(names.joined(separator: ", "))."
  }

  /// Among fewer evaluations the first or the last is no surprise.
  private static let leastChoice = 4

  private var selectedStepNote: String? {
    var (first, last, selected) = (0, 0, 0)
    let compared = cells.flatMap(\.replicates).flatMap(\.runs)
    for run in compared where run.state == .completed && run.settings["select"]?.text == "best" {
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
