import Foundation
import Store
import Sweeps

/// What is to be known of a table of differences.
extension SweepComparison {
  static func differenceNote(of found: MeasureDifferences) -> String {
    let corrected =
      found.method == .best
      ? "p best is the chance of a best line to fall so far behind (Hsu)"
      : "p Dunnett is corrected for all lines at once"
    return "Differences, 95 % intervals and p by Student's t over pairs of one seed, r their "
      + "correlation; \(corrected). least: what such seeds show in 80 % of all cases."
  }

  func notes(of found: MeasureDifferences) -> [String] {
    [
      bestNote(of: found), sharedNote(of: found), flipNote(of: found), unpairedNote(of: found),
      spreadNote(of: found), bootstrapNote(of: found),
    ].compactMap(\.self)
  }

  /// Over which seeds all lines stand beside one another, where that is not every seed.
  private func sharedNote(of found: MeasureDifferences) -> String? {
    guard found.hasOtherSeeds else { return nil }
    guard found.sharedSeeds > 1 else {
      let hasHolm =
        found.differences.count > 1 && found.differences.values.contains { $0.holm != nil }
      return "There is no \(Self.title(of: found.method)), as the lines share "
        + (found.sharedSeeds == 0 ? "no seed" : "one seed only")
        + (hasHolm ? ": go by p Holm." : ".")
    }
    return "\(Self.title(of: found.method)) is over the \(found.sharedSeeds) seeds that all lines "
      + "share."
  }

  static func title(of method: MeasureDifferences.Method) -> String {
    method == .best ? "p best" : "p Dunnett"
  }

  private func bestNote(of found: MeasureDifferences) -> String? {
    guard !found.possiblyBest.isEmpty else { return nil }
    let names = found.possiblyBest.map { label(of: cells[$0]) }
    let byTest =
      Measure(found.measure).isOnTest || Measure(found.measure).isJoint
      ? " It is best on the test classes themselves: no choice to report as unseen." : ""
    guard names.count > 1 else {
      return "Only \(names[0]) can be the best by \(found.measure) (Hsu, 95 %)." + byTest
    }
    return "The best by \(found.measure) may be any of \(named(names)) (Hsu, 95 %)." + byTest
  }

  private func flipNote(of found: MeasureDifferences) -> String? {
    let smallest = Set(found.differences.values.compactMap(\.signFlip?.smallestP)).sorted()
    guard !smallest.isEmpty else { return nil }
    let list = smallest.map { ReportCell.fixed($0, decimals: 3) }.joined(separator: " or ")
    return "p flips: the exact test by flips of signs, which so few pairs leave at \(list) or more."
  }

  private func unpairedNote(of found: MeasureDifferences) -> String? {
    let parts = found.differences.sorted { $0.key < $1.key }.compactMap { place, difference in
      difference.unpaired.map { welch in
        let cell = ReportCell.interval(
          mean: welch.mean, halfWidth: (welch.high - welch.low) / 2,
          isRatio: Measure(found.measure).isRatio)
        let p = welch.p.map { ", p \(Self.probability($0).shownText)" } ?? ""
        return "\(label(of: cells[place])) \(cell.shownText)\(p)"
      }
    }
    guard !parts.isEmpty else { return nil }
    return "Where seeds pair nothing (r below 0.2, or no common seeds), unpaired by Welch: "
      + named(parts, separator: "; ") + "."
  }

  /// A ratio of standard deviations above which one error for all lines misleads.
  private static let largestSpreadRatio = 2.0

  private func spreadNote(of found: MeasureDifferences) -> String? {
    guard let ratio = found.spreadRatio, ratio > Self.largestSpreadRatio,
      found.differences.count > 1
    else { return nil }
    let times = ratio.isFinite ? String(format: "%.1f times", ratio) : "infinitely"
    return
      "Some lines vary \(times) as much as others, while \(Self.title(of: found.method)) takes "
      + "one error for all: "
      + "go by p Holm."
  }

  private func bootstrapNote(of found: MeasureDifferences) -> String? {
    let parts = found.differences.sorted { $0.key < $1.key }.compactMap { place, difference in
      difference.bootstrap.map { interval in
        let ends = ReportCell.ends(
          low: interval.low, high: interval.high, isRatio: Measure(found.measure).isRatio)
        return "\(label(of: cells[place])) \(ends.shownText)"
      }
    }
    guard !parts.isEmpty else { return nil }
    return "BCa bootstrap (\(BootstrapInterval.resamples) resamples, SplitMix64 of seed 0): "
      + named(parts, separator: "; ") + "."
  }

  /// The first of many, and how many more there are.
  private func named(_ parts: [String], separator: String = ", ") -> String {
    let rest = parts.count - Self.mostNamedLines
    guard rest > 1 else { return parts.joined(separator: separator) }
    return parts.prefix(Self.mostNamedLines).joined(separator: separator)
      + " and \(rest) more (--json has all)"
  }
}
