/// A regression tree over levels of factors: boxes of levels, each with the mean of what fell into
/// it. Breiman, Friedman, Olshen and Stone, Classification and Regression Trees, 1984.
///
/// A split sends some levels of one factor left and the others right: of an ordered factor those up
/// to one of them, of another those with the lowest means, which holds the best split of all for
/// squared errors (ibid., 9.4).
package struct RegressionTree: Sendable {
  package struct Leaf: Sendable {
    /// For each factor whether each of its levels is in the box.
    package let box: [[Bool]]
    package let value: Double

    func contains(_ levels: [Int]) -> Bool {
      levels.indices.allSatisfy { box[$0][levels[$0]] }
    }
  }

  /// No leaf has fewer observations.
  package static let leastInLeaf = 2

  /// Disjoint, together the whole space.
  package private(set) var leaves: [Leaf] = []

  /// - Parameters:
  ///   - rows: Which observations, one may be there several times.
  ///   - candidates: How many factors, drawn anew, are looked at for each split.
  init(
    _ design: SensitivityDesign, rows: [Int], candidates: Int, stream: inout SplitMixStream
  ) {
    let whole = design.factors.map { [Bool](repeating: true, count: $0.levels.count) }
    grow(design, rows: rows, box: whole, candidates: candidates, stream: &stream)
  }

  /// The mean of the leaf into which the levels fall.
  package func value(at levels: [Int]) -> Double {
    leaves.first { $0.contains(levels) }?.value ?? .nan
  }

  private mutating func grow(
    _ design: SensitivityDesign, rows: [Int], box: [[Bool]], candidates: Int,
    stream: inout SplitMixStream
  ) {
    var order = Array(design.factors.indices)
    for place in order.indices {
      order.swapAt(place, place + stream.index(below: order.count - place))
    }
    // Where none of those drawn can split, the others get their turn.
    let splits = order.prefix(candidates).compactMap { Self.split(design, rows, by: $0) }
    let best =
      splits.max { $0.gain < $1.gain }
      ?? order.dropFirst(candidates).lazy.compactMap { Self.split(design, rows, by: $0) }.first
    guard let best else {
      let sum = rows.reduce(0) { $0 + design.observations[$1].value }
      leaves.append(Leaf(box: box, value: sum / Double(rows.count)))
      return
    }
    for side in [true, false] {
      var part = box
      for level in part[best.factor].indices where best.isLeft[level] != side {
        part[best.factor][level] = false
      }
      grow(
        design,
        rows: rows.filter { best.isLeft[design.observations[$0].levels[best.factor]] == side },
        box: part, candidates: candidates, stream: &stream)
    }
  }

  private struct Split {
    let factor: Int
    /// By level; one that no row has goes with its neighbour below, or right.
    let isLeft: [Bool]
    /// By how much the sum of squared errors falls.
    let gain: Double
  }

  private static func split(
    _ design: SensitivityDesign, _ rows: [Int], by factor: Int
  ) -> Split? {
    let count = design.factors[factor].levels.count
    var levels = [(sum: Double, count: Int)](repeating: (0, 0), count: count)
    for row in rows {
      let observation = design.observations[row]
      levels[observation.levels[factor]].sum += observation.value
      levels[observation.levels[factor]].count += 1
    }
    var order = (0..<count).filter { levels[$0].count > 0 }
    if !design.factors[factor].isOrdered {
      order.sort {
        let means = (
          levels[$0].sum / Double(levels[$0].count), levels[$1].sum / Double(levels[$1].count)
        )
        return means.0 == means.1 ? $0 < $1 : means.0 < means.1
      }
    }
    let all = levels.reduce((sum: 0.0, count: 0)) { ($0.sum + $1.sum, $0.count + $1.count) }
    var left = (sum: 0.0, count: 0)
    var best: (end: Int, gain: Double)?
    for (end, level) in order.dropLast().enumerated() {
      left.sum += levels[level].sum
      left.count += levels[level].count
      let right = (sum: all.sum - left.sum, count: all.count - left.count)
      guard left.count >= leastInLeaf, right.count >= leastInLeaf else { continue }
      let gain =
        left.sum * left.sum / Double(left.count) + right.sum * right.sum / Double(right.count)
        - all.sum * all.sum / Double(all.count)
      if gain > best?.gain ?? 0 { best = (end, gain) }
    }
    guard let best else { return nil }
    var isLeft = [Bool](repeating: false, count: count)
    if design.factors[factor].isOrdered {
      for level in 0...order[best.end] { isLeft[level] = true }
    } else {
      for level in order[...best.end] { isLeft[level] = true }
    }
    return Split(factor: factor, isLeft: isLeft, gain: best.gain)
  }
}
