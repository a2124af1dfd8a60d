import Store
import Sweeps

/// The values of a setting as few groups: one by one, or as ranges where there are many.
struct SettingLevels {
  /// More different numbers than this are put into ranges.
  private static let shown = 12
  private static let ranges = 6

  let column: RunColumn
  let labels: [String]
  private let places: [SettingValue: Int]

  /// The values that these runs have: numbers ascending, then the others in the order of the runs.
  init(of column: RunColumn, in runs: [RunSummary]) {
    self.column = column
    var seen: Set<SettingValue> = []
    let values = runs.map { column.value(of: $0) }.filter {
      $0 != .null && seen.insert($0).inserted
    }
    let numbers = values.compactMap(\.number).sorted()
    guard numbers.count == values.count, numbers.count > Self.shown else {
      let ordered = numbers.map(SettingValue.number) + values.filter { $0.number == nil }
      labels = ordered.map(\.display)
      places = Dictionary(uniqueKeysWithValues: ordered.enumerated().map { ($1, $0) })
      return
    }
    // Equal counts of different values; the last number of a range may be far from the next.
    let starts = (0..<Self.ranges).map { $0 * numbers.count / Self.ranges }
    labels = starts.indices.map { range in
      let end = range + 1 < starts.count ? starts[range + 1] : numbers.count
      return SettingValue.shortest(numbers[starts[range]]) + " – "
        + SettingValue.shortest(numbers[end - 1])
    }
    places = Dictionary(
      uniqueKeysWithValues: numbers.enumerated().map { place, number in
        (.number(number), (starts.lastIndex { $0 <= place }) ?? 0)
      })
  }

  /// Which group a run belongs to; nil where it does not have the setting.
  func place(of run: RunSummary) -> Int? { places[column.value(of: run)] }
}
