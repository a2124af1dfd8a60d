import Store

/// How far the test figures of a comparison depend on which classes were tested on.
struct ClassDoubt {
  /// Of a measure of one cell.
  struct Entry {
    let own: ClassBootstrap.Interval
    /// Of its difference to the cell that it is compared with.
    let difference: ClassBootstrap.Interval?
  }

  /// By measure and the place of the cell.
  private let entries: [String: [Int: Entry]]

  static let none = ClassDoubt(entries: [:])

  private init(entries: [String: [Int: Entry]]) {
    self.entries = entries
  }

  /// - Parameters:
  ///   - cells: The runs of each cell.
  ///   - references: For each measure the place of the cell that each is compared with.
  init(
    _ cells: [Int: [String]], outcomes: [String: QueryOutcomes], measures: [String],
    references: (String, Int) -> Int?
  ) {
    let figures = cells.compactMapValues { runs -> ClassFigures? in
      let found = runs.compactMap { outcomes[$0] }
      return found.count == runs.count ? ClassFigures(found) : nil
    }
    var entries: [String: [Int: Entry]] = [:]
    for measure in measures {
      let places = figures.keys.sorted().filter { figures[$0]?.series(of: measure) != nil }
      // Other queries need draws of their own.
      for group in Self.groups(places, of: figures) {
        let own = group.compactMap { figures[$0]?.series(of: measure) }
        let differences = group.map { place -> ClassBootstrap.Series? in
          guard let reference = references(measure, place), let other = figures[reference] else {
            return nil
          }
          return figures[place]?.series(of: measure, minus: other)
        }
        let found = ClassBootstrap.intervals(of: own + differences.compactMap(\.self))
        var rest = found.dropFirst(own.count)
        for (number, place) in group.enumerated() {
          let difference = differences[number] == nil ? nil : rest.popFirst() ?? nil
          guard let interval = found[number] else { continue }
          entries[measure, default: [:]][place] = Entry(own: interval, difference: difference)
        }
      }
    }
    self.entries = entries
  }

  private static func groups(_ places: [Int], of figures: [Int: ClassFigures]) -> [[Int]] {
    places.reduce(into: [[Int]]()) { groups, place in
      let group = groups.firstIndex { group in
        guard let first = figures[group[0]], let own = figures[place] else { return false }
        return first.classes.hasSameQueries(as: own.classes)
      }
      if let group { groups[group].append(place) } else { groups.append([place]) }
    }
  }

  subscript(measure: String, place: Int) -> Entry? { entries[measure]?[place] }

  func has(_ measure: String) -> Bool { entries[measure]?.isEmpty == false }
}
