/// Exact analysis of variance of a full grid of settings with the same seeds in each cell.
///
/// The sum of squares about the grand mean is split into those of each setting, of each pair of
/// settings beyond the two, of all higher interactions together, and of the noise, which is what
/// the seeds make within cells: Montgomery, Design and Analysis of Experiments, chapter 5. In a
/// balanced grid the parts add up and do not depend on an order.
struct VarianceAnalysis: Sendable {
  /// Single settings, then pairs, in their order.
  let terms: [SensitivityTerm]
  /// Interactions of three settings or more.
  let higherShare: Double
  /// Nil with one seed, where noise and the highest interaction cannot be told apart.
  let noiseShare: Double?

  /// Nil where the observations are no full grid, or are all equal. O(cells · pairs of settings).
  init?(_ design: SensitivityDesign) {
    guard let seeds = design.seedsOfFullGrid else { return nil }
    let values = design.observations.map(\.value)
    let grand = values.reduce(0, +) / Double(values.count)
    let total = values.reduce(0) { $0 + ($1 - grand) * ($1 - grand) }
    guard total > 0 else { return nil }

    /// Sum of squares of the means over the levels of some factors, and their number.
    func squares(of factors: [Int]) -> (sum: Double, groups: Int) {
      let counts = factors.map { design.factors[$0].levels.count }
      var groups = [(sum: Double, count: Int)](
        repeating: (0, 0), count: counts.reduce(1, *))
      for observation in design.observations {
        let place = zip(factors, counts).reduce(0) { $0 * $1.1 + observation.levels[$1.0] }
        groups[place].sum += observation.value
        groups[place].count += 1
      }
      let sum = groups.reduce(0.0) { sum, group in
        let difference = group.sum / Double(group.count) - grand
        return sum + Double(group.count) * difference * difference
      }
      return (sum, groups.count)
    }

    let places = Array(design.factors.indices)
    let cells = squares(of: places)
    let noise = max(0, total - cells.sum)
    let noiseFreedom = cells.groups * (seeds.count - 1)
    let noiseSquare = noiseFreedom > 0 ? noise / Double(noiseFreedom) : nil

    func term(_ factors: [Int], _ sum: Double, _ freedom: Int) -> SensitivityTerm {
      var term = SensitivityTerm(factors: factors, share: max(0, sum) / total)
      term.degreesOfFreedom = freedom
      guard let noiseSquare, noiseSquare > 0 else { return term }
      term.chanceShare = Double(freedom) * noiseSquare / total
      let ratio = max(0, sum) / Double(freedom) / noiseSquare
      term.ratio = ratio
      term.p = FisherDistribution(numerator: freedom, denominator: noiseFreedom).above(ratio)
      return term
    }

    let single = places.map { squares(of: [$0]).sum }
    var terms = places.map { term([$0], single[$0], design.factors[$0].levels.count - 1) }
    var explained = single.reduce(0, +)
    for first in places {
      for second in places where second > first && places.count > 1 {
        let sum = squares(of: [first, second]).sum - single[first] - single[second]
        let freedom =
          (design.factors[first].levels.count - 1) * (design.factors[second].levels.count - 1)
        terms.append(term([first, second], sum, freedom))
        explained += sum
      }
    }
    self.terms = terms
    higherShare = max(0, cells.sum - explained) / total
    noiseShare = seeds.count > 1 ? noise / total : nil
  }
}
