import Store
import Sweeps

/// What a cell scores by one measure with each seed.
///
/// A seed is what differences are paired by. Where a cell averages over other settings, the value
/// of a seed is the mean over these.
struct SeedValues {
  private struct Entry {
    /// What the mean is over.
    var settings: Set<[SettingValue]>
    var values: [Double]
  }

  private let entries: [Int: Entry]
  /// The averaged settings of all seeds.
  private let settings: Set<[SettingValue]>

  /// Complete replicates that have a value.
  init(_ replicates: [Replicate], measure: String, averaging columns: [RunColumn]) {
    var entries: [Int: Entry] = [:]
    for replicate in replicates where replicate.isComplete {
      guard let value = replicate.summary.metrics[measure], value.isFinite else { continue }
      var entry = entries[replicate.seed] ?? Entry(settings: [], values: [])
      entry.settings.insert(columns.map { $0.value(of: replicate.summary) })
      entry.values.append(value)
      entries[replicate.seed] = entry
    }
    self.entries = entries
    settings = entries.values.reduce(into: []) { $0.formUnion($1.settings) }
  }

  /// Whether every seed was measured at all of the averaged settings.
  var isBalanced: Bool { entries.values.allSatisfy { $0.settings == settings } }

  /// Ascending.
  var seeds: [Int] { entries.keys.sorted() }

  var values: [Double] { seeds.compactMap(value(ofSeed:)) }

  func value(ofSeed seed: Int) -> Double? {
    entries[seed].flatMap { CellStatistics($0.values)?.mean }
  }

  /// Seeds with which both were measured at the same of the averaged settings, or each at all of
  /// its own, ascending. What a seed lacks of them would be taken for a difference.
  func seeds(sharedWith other: SeedValues) -> [Int] {
    seeds.filter { seed in
      guard let own = entries[seed]?.settings, let its = other.entries[seed]?.settings else {
        return false
      }
      return own == its || own == settings && its == other.settings
    }
  }

  func pairs(with other: SeedValues) -> [(first: Double, second: Double)] {
    seeds(sharedWith: other).compactMap { seed in
      guard let first = value(ofSeed: seed), let second = other.value(ofSeed: seed) else {
        return nil
      }
      return (first, second)
    }
  }
}
