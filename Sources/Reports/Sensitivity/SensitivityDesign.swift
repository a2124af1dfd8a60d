import Store
import Sweeps

/// What a sweep tried and what came of it: one value of a measure for each setting and seed.
package struct SensitivityDesign: Sendable {
  package struct Observation: Sendable {
    /// Place of the level of each factor.
    package let levels: [Int]
    package let seed: Int
    package let value: Double

    package init(levels: [Int], seed: Int, value: Double) {
      self.levels = levels
      self.seed = seed
      self.value = value
    }
  }

  /// The settings with more than one level.
  package let factors: [SensitivityFactor]
  package let observations: [Observation]

  /// Takes the completed replicates that have the measure, a finite one.
  ///
  /// - Parameter columns: The settings that the sweep varies.
  init(columns: [RunColumn], replicates: [Replicate], measure: String) {
    let usable = replicates.compactMap { replicate -> (run: RunSummary, value: Double)? in
      guard replicate.isComplete, let value = replicate.summary.metrics[measure], value.isFinite
      else { return nil }
      return (replicate.summary, value)
    }
    let factors = Self.factors(columns, runs: usable.map(\.run))
    let places = factors.map { factor in
      factor.places(of: usable.map { factor.column.value(of: $0.run) })
    }
    self.init(
      factors: factors,
      observations: usable.enumerated().map { number, entry in
        Observation(
          levels: places.map { $0[number] }, seed: entry.run.seed, value: entry.value)
      })
  }

  package init(factors: [SensitivityFactor], observations: [Observation]) {
    self.factors = factors
    self.observations = observations
  }

  /// Those that vary; what moves together with an earlier one, as the settings of a `zip`, is no
  /// factor of its own.
  private static func factors(
    _ columns: [RunColumn], runs: [RunSummary]
  ) -> [SensitivityFactor] {
    let settings = Set(runs.map { run in columns.map { $0.value(of: run) } }).count
    var found: [(column: RunColumn, companions: [RunColumn], values: [SettingValue])] = []
    for column in columns {
      let values = runs.map { column.value(of: $0) }
      guard Set(values).count > 1 else { continue }
      let partner = found.firstIndex { isZip($0.values, values, settings: settings) }
      if let partner {
        found[partner].companions.append(column)
      } else {
        found.append((column, [], values))
      }
    }
    return found.map {
      SensitivityFactor(column: $0.column, companions: $0.companions, values: $0.values)
    }
  }

  /// Whether each value of one goes with a single value of the other, there and back, and that is
  /// no chance: numbers drawn for each setting are all distinct, and pair up as well.
  private static func isZip(
    _ first: [SettingValue], _ second: [SettingValue], settings: Int
  ) -> Bool {
    let pairs = Set(zip(first, second).map { [$0, $1] })
    guard pairs.count == Set(first).count, pairs.count == Set(second).count else { return false }
    let numbers = pairs.compactMap { pair in
      pair[0].number.flatMap { first in pair[1].number.map { (first, $0) } }
    }.sorted { $0.0 < $1.0 }
    guard pairs.count == settings, numbers.count == pairs.count else { return true }
    let steps = zip(numbers, numbers.dropFirst()).map { $0.1 < $1.1 }
    return Set(steps).count <= 1
  }

  /// The observations by their levels, each combination once, in order of appearance.
  var cells: [(levels: [Int], observations: [Observation])] {
    var order: [[Int]] = []
    var members: [[Int]: [Observation]] = [:]
    for observation in observations {
      if members[observation.levels] == nil { order.append(observation.levels) }
      members[observation.levels, default: []].append(observation)
    }
    return order.map { ($0, members[$0] ?? []) }
  }

  /// The seeds of each cell where every combination of levels is there with the same seeds, each
  /// once; nil otherwise.
  var seedsOfFullGrid: [Int]? {
    let cells = cells
    guard let first = cells.first else { return nil }
    let seeds = first.observations.map(\.seed).sorted()
    let combinations = factors.reduce(1) { $0 * $1.levels.count }
    guard cells.count == combinations, Set(seeds).count == seeds.count,
      factors.allSatisfy({ $0.levels.allSatisfy { $0.values.count == 1 } }),
      cells.allSatisfy({ $0.observations.map(\.seed).sorted() == seeds })
    else { return nil }
    return seeds
  }
}
