import Store
import Sweeps

/// What the values of a line were taken from: tuned settings, folds, other axes, dimensions.
extension SweepComparison {
  /// How many values of the tuned settings each line had to choose from.
  var tuningNote: String? {
    guard !tuned.isEmpty else { return nil }
    let list = tuned.map(\.title).joined(separator: " and ")
    let noun = tuned.count == 1 ? "value" : "combination"
    let start = "Each line is taken at its best \(list) by \(objective.metric)"
    let counts = cells.map { $0.tuning?.tried.count ?? 1 }
    guard let first = counts.first, counts.contains(where: { $0 != first }) else {
      let count = counts.first ?? 1
      return start + ", out of \(Counted(count, noun))"
        + (count == 1 ? ": nothing was tuned." : ".")
    }
    let each = zip(cells, counts).map { "\(label(of: $0)) \($1)" }.joined(separator: ", ")
    return start + ". The lines had different numbers of \(noun)s to choose from, which favours "
      + "those with more: \(each)."
  }

  var unusableNote: String? {
    let parts = cells.compactMap { cell -> String? in
      guard let tuning = cell.tuning, tuning.unusable > 0 else { return nil }
      return "\(tuning.unusable) of the \(tuning.tried.count)\(possessive(cell))"
    }
    guard !parts.isEmpty else { return nil }
    return "Chosen only where there is nothing else, as runs or \(objective.metric) are missing: "
      + parts.joined(separator: ", ") + "."
  }

  /// A note that names more lines than this is not read.
  static let mostNamedLines = 4

  /// A best value at an end of its range may not be the best there is.
  var edgeNote: String? {
    let sentences = tuned.indices.compactMap { place -> String? in
      let parts = cells.compactMap { cell -> String? in
        guard let tuning = cell.tuning, let end = Self.end(of: tuning, at: place),
          cell.rank(by: objective).0 < 2
        else { return nil }
        return "\(possessive(cell)) (\(tuning.values[place].display), the \(end) tried)"
      }
      guard !parts.isEmpty else { return nil }
      let owners =
        parts.count <= Self.mostNamedLines
        ? parts.joined(separator: " and") : " of \(parts.count) of the \(cells.count) lines"
      return "The best \(tuned[place].title)\(owners) is at the edge of its axis: widen it."
    }
    return sentences.isEmpty ? nil : sentences.joined(separator: " ")
  }

  /// At which end of its range the chosen value lies. 0 and infinity are ends that cannot be moved.
  private static func end(of tuning: Tuning, at place: Int) -> String? {
    let values = tuning.tried.map { $0[place] }
    let numbers = Set(values.compactMap(\.number))
    guard values.allSatisfy({ $0.number != nil }), numbers.count > 1,
      let chosen = tuning.values[place].number, chosen.isFinite, chosen != 0
    else { return nil }
    if chosen == numbers.max() { return "largest" }
    return chosen == numbers.min() ? "smallest" : nil
  }

  func label(of cell: Cell) -> String {
    guard !settings.isEmpty else { return "all" }
    return zip(settings, cell.values).map { column, value in
      value.text ?? "\(column.title) \(Self.cell(value).shownText)"
    }.joined(separator: ", ")
  }

  private func possessive(_ cell: Cell) -> String {
    settings.isEmpty ? "" : " of \(label(of: cell))"
  }

  var foldNote: String? {
    guard averagesFolds else { return nil }
    let all = cells.flatMap(\.replicates)
    let texts = Set(
      all.compactMap { replicate -> String? in
        guard let folds = replicate.folds else { return nil }
        let total = replicate.summary.foldCount ?? folds
        return folds < total ? "\(folds) of \(total)" : "\(folds)"
      }
    ).sorted()
    let list = texts.joined(separator: " or ")
    let subject = all.allSatisfy { $0.folds != nil } ? "Each value" : "With folds each value"
    return subject + " is a mean over \(list) folds; n counts seeds."
  }

  var averagedNote: String? {
    guard !averaged.isEmpty else { return nil }
    let list = averaged.map { "\($0.column.name) (\($0.values) values)" }
    let text =
      "Each seed of a line is a mean over \(list.joined(separator: ", ")); n, deviations and "
      + "intervals are over seeds."
    return hasUnequalSeeds
      ? text + " Not every seed has the same of them, which widens its line's deviation." : text
  }

  /// Whether the seeds of a line are means over different settings.
  private var hasUnequalSeeds: Bool {
    cells.contains { cell in
      !SeedValues(
        cell.replicates, measure: objective.metric, averaging: averaged.map(\.column)
      ).isBalanced
    }
  }

  /// The lengths of all embeddings compared, shortest first.
  private var dimensions: [Int] { Set(cells.flatMap(\.dimensions)).sorted() }

  var hasSeveralDimensions: Bool { dimensions.count > 1 }

  var dimensionNote: String? {
    guard hasSeveralDimensions else { return nil }
    let list = dimensions.map(String.init).joined(separator: ", ")
    let reason =
      "The dimensions of the embeddings differ (\(list)): "
      + "a longer one may score higher for that alone."
    guard groups.count > 1 else { return reason }
    return reason + " Each is ranked for itself; --allow-mixed-dimension ranks all together."
  }
}
