import Foundation
import Training

/// Ranked List Loss of a batch in double loops, straight from losses.md §§3.1, 3.4 and 3.5.
struct NaiveRankedLists {
  typealias Parameters = RankedListLoss<Double>.Parameters

  let pairs: NaivePairs
  let parameters: Parameters
  /// `c_i a_ij`: what a pair of query i counts for, before its direction.
  private(set) var coefficients: [[Double]]
  private(set) var loss = 0.0

  init(_ batch: PairBatch, _ parameters: Parameters) {
    pairs = NaivePairs(batch)
    self.parameters = parameters
    coefficients = Array(
      repeating: Array(repeating: 0, count: batch.size), count: batch.size)
    var hardness: [Double] = []
    for query in pairs.rows {
      let positive = list(
        pairs.positives(of: query), temperature: parameters.positiveTemperature
      ) { pairs.distances[query][$0] - (parameters.alpha - parameters.margin) }
      let negative = list(
        pairs.negatives(of: query), temperature: parameters.temperature
      ) { parameters.alpha - pairs.distances[query][$0] }
      loss += (1 - parameters.lambda) * positive.loss + parameters.lambda * negative.loss
      for (other, slope) in positive.slopes {
        coefficients[query][other] = (1 - parameters.lambda) * slope
      }
      for (other, slope) in negative.slopes {
        coefficients[query][other] = -parameters.lambda * slope
      }
      hardness.append(positive.sum + negative.sum)
    }
    let size = Double(max(batch.size, 1))
    loss /= size
    let total = hardness.reduce(0, +)
    for query in pairs.rows {
      let share = total > 0 ? hardness[query] / total : 0
      let factor = parameters.queryWeighting == .uniform ? 1 / size : share
      for other in pairs.rows { coefficients[query][other] *= factor }
    }
  }

  /// The mean hinge of a list, how it changes with each hinge, and the sum of its weights.
  private func list(
    _ members: [Int], temperature: Double, hinge: (Int) -> Double
  ) -> (loss: Double, slopes: [(Int, Double)], sum: Double) {
    let nontrivial = members.map { ($0, hinge($0)) }.filter { $0.1 > 0 }
    let weights = nontrivial.map { exp(temperature * $0.1) }
    let sum = weights.reduce(0, +)
    let mean = zip(nontrivial, weights).map { $0.1 * $1 / sum }.reduce(0, +)
    let slopes = zip(nontrivial, weights).map { member, weight in
      let through = parameters.gradient == .exact ? 1 + temperature * (member.1 - mean) : 1
      return (member.0, weight / sum * through)
    }
    return (mean, slopes, sum)
  }

  /// A scalar whose derivative by the raw rows of `batch` is the gradient: each pair's length, or
  /// half its square, with this batch's coefficients, the gallery frozen where it gets nothing.
  func surrogate(_ batch: PairBatch) -> Double {
    let moved = NaivePairs(batch)
    var value = 0.0
    for query in pairs.rows {
      for other in pairs.rows where coefficients[query][other] != 0 {
        let distance =
          parameters.gradient == .queryOnly
          ? Self.distance(moved.units[query], pairs.units[other])
          : moved.distances[query][other]
        let length = parameters.pairGradient == .unit ? distance : distance * distance / 2
        value += coefficients[query][other] * length
      }
    }
    return value
  }

  private static func distance(_ a: [Double], _ b: [Double]) -> Double {
    sqrt(zip(a, b).map { ($0 - $1) * ($0 - $1) }.reduce(0, +))
  }
}
