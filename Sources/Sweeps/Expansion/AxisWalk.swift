/// The axes of a sweep in the order in which they are decided.
///
/// Whether a conditional axis applies to a job depends on axes that may stand anywhere in the file,
/// so axes without conditions come first, then those with `when`, then those that some losses or
/// optimisers lack.
struct AxisWalk {
  private let content: SweepFile
  private let overrides: [Assignment]
  /// Places in `content.axes`, in order of decision.
  private let order: [Int]
  /// How many of them always apply.
  private let unconditionalCount: Int
  private let partial: Set<Int>

  init(content: SweepFile, overrides: [Assignment]) {
    self.content = content
    self.overrides = overrides
    let places = Array(content.axes.indices)
    let asked = places.filter { !content.axes[$0].conditions.isEmpty }
    let partial = places.filter { place in
      content.axes[place].conditions.isEmpty
        && SettingScope.isPartial(content.axes[place], in: content, overrides: overrides)
    }
    let free = places.filter { !asked.contains($0) && !partial.contains($0) }
    order = free + asked + partial
    unconditionalCount = free.count
    self.partial = Set(partial)
  }

  /// Combinations of the axes that always apply; nil where they cannot be counted.
  var unconditionalCombinations: Int? {
    var count = 1
    for place in order.prefix(unconditionalCount) {
      let product = count.multipliedReportingOverflow(by: content.axes[place].rows.count)
      if product.overflow { return nil }
      count = product.partialValue
    }
    return count
  }

  var isConditional: Bool { unconditionalCount < order.count }

  /// Every combination once, in job order: the last axis of the file is the fastest.
  ///
  /// An axis that does not apply takes no part: neither values nor further jobs.
  ///
  /// - Parameter limit: Where there are more combinations, the first `limit + 1` that were found.
  func combinations(limit: Int) -> [[Assignment]] {
    var found: [[Int]] = []
    var chosen = [Int](repeating: -1, count: content.axes.count)
    extend(&chosen, depth: 0, found: &found, limit: limit)
    if isConditional { found.sort { $0.lexicographicallyPrecedes($1) } }
    return found.map(assignments(of:))
  }

  /// One row of each axis that applies, as `pick` says.
  ///
  /// - Parameter pick: Assignments of the axis at a place in the file.
  func trial(_ pick: (_ axis: SweepFile.Axis, _ place: Int) -> [Assignment]) -> [Assignment] {
    var rows = [[Assignment]](repeating: [], count: content.axes.count)
    for place in order where applies(place, given: rows.flatMap(\.self)) {
      rows[place] = pick(content.axes[place], place)
    }
    return rows.flatMap(\.self)
  }

  private func extend(_ chosen: inout [Int], depth: Int, found: inout [[Int]], limit: Int) {
    guard found.count <= limit else { return }
    guard depth < order.count else { return found.append(chosen) }
    let place = order[depth]
    if depth >= unconditionalCount, !applies(place, given: assignments(of: chosen)) {
      return extend(&chosen, depth: depth + 1, found: &found, limit: limit)
    }
    for row in content.axes[place].rows.indices {
      chosen[place] = row
      extend(&chosen, depth: depth + 1, found: &found, limit: limit)
    }
    chosen[place] = -1
  }

  private func assignments(of chosen: [Int]) -> [Assignment] {
    zip(content.axes, chosen).flatMap { axis, row in row < 0 ? [] : axis.rows[row] }
  }

  private func applies(_ place: Int, given: [Assignment]) -> Bool {
    let axis = content.axes[place]
    guard partial.contains(place) || !axis.conditions.isEmpty else { return true }
    let draft = JobDraft(content.base + given + overrides)
    guard draft.meets(axis.conditions) else { return false }
    return axis.settings.contains {
      SettingsCatalog.definition(named: $0, in: draft.settings) != nil
    }
  }
}
