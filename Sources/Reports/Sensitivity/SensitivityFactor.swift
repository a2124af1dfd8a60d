import Foundation
package import Sweeps

/// A swept setting as sensitivity sees it: the values it took, many numbers in a few groups.
package struct SensitivityFactor: Sendable {
  /// A value, or a group of neighbouring numbers.
  package struct Level: Sendable, Hashable {
    /// The values in it, ascending where they are numbers.
    package let values: [SettingValue]

    /// `0.4`, or `0.01…0.03`.
    package var text: String {
      guard let first = values.first, let last = values.last, values.count > 1 else {
        return values.first?.display ?? ""
      }
      return "\(Self.rounded(first))…\(Self.rounded(last))"
    }

    /// The ends of a drawn number's group need no seventeen digits.
    private static func rounded(_ value: SettingValue) -> String {
      value.number.map { String(format: "%.3g", $0) } ?? value.display
    }
  }

  /// More numbers than this are drawn from a range and no list of choices: they are grouped.
  package static let mostLevels = 8

  package let column: RunColumn
  /// Settings that have one value for each of its values, as those of a `zip`.
  package let companions: [RunColumn]
  package let levels: [Level]
  /// Whether the levels have an order.
  let isOrdered: Bool

  /// `margin`, or `margin with temperature` where the two move together.
  package var title: String {
    ([column] + companions).map(\.title).joined(separator: " with ")
  }

  /// - Parameter values: One for each observation.
  package init(column: RunColumn, companions: [RunColumn] = [], values: [SettingValue]) {
    self.column = column
    self.companions = companions
    var seen: Set<SettingValue> = []
    let distinct = values.filter { seen.insert($0).inserted }
    let numbers = distinct.compactMap(\.number)
    isOrdered = numbers.count == distinct.count
    guard isOrdered else {
      levels = distinct.map { Level(values: [$0]) }
      return
    }
    let sorted = numbers.sorted()
    let groups =
      sorted.count <= Self.mostLevels
      ? sorted.map { [$0] }
      : (0..<Self.mostLevels).map { group in
        Array(
          sorted[
            group * sorted.count / Self.mostLevels..<(group + 1) * sorted.count / Self.mostLevels])
      }
    levels = groups.map { Level(values: $0.map(SettingValue.number)) }
  }

  /// Place of the level of each value.
  func places(of values: [SettingValue]) -> [Int] {
    var places: [SettingValue: Int] = [:]
    for (place, level) in levels.enumerated() {
      for value in level.values { places[value] = place }
    }
    return values.compactMap { places[$0] }
  }
}
