import Store
import Sweeps

/// Differences as people and programs see them.
extension SweepComparison {
  /// One table for each measure and group that is ranked together.
  var differenceSections: [Report.Section] {
    shownDifferences.enumerated().map { number, found in
      Report.Section(
        title: title(of: found), table: table(of: found),
        notes: (number == 0 ? [Self.differenceNote(of: found)] : []) + notes(of: found))
    }
  }

  private func title(of found: MeasureDifferences) -> String {
    let name = label(of: cells[found.reference])
    let dimensions = groups.first { $0.places.contains(found.reference) }?.dimensions ?? []
    let group =
      dimensions.isEmpty ? "" : ", \(dimensions.map(String.init).joined(separator: "/")) dimensions"
    return "Differences in \(found.measure) to "
      + (found.method == .best ? "the best, \(name)" : name) + group
  }

  private func table(of found: MeasureDifferences) -> ReportTable {
    let hasFlips = found.differences.values.contains { $0.signFlip != nil }
    let isFamily = found.differences.count > 1
    let titles =
      (settings.isEmpty ? ["setting"] : settings.map(\.title))
      + ["n", "difference", "p", Self.title(of: found.method)]
      + (isFamily ? ["p Holm"] : []) + (hasFlips ? ["p flips"] : []) + ["r", "least"]
    let rows = found.differences.sorted { $0.key < $1.key }.map { place, difference in
      let paired = difference.paired
      return (settings.isEmpty ? [.text("all")] : cells[place].values.map(Self.cell))
        + [
          .integer(paired?.statistics.count ?? 0), difference.cell(of: found.measure),
          Self.probability(paired?.p), Self.probability(difference.simultaneous?.p),
        ] + (isFamily ? [Self.probability(difference.holm)] : [])
        + (hasFlips ? [Self.probability(difference.signFlip?.p)] : [])
        + [
          paired?.correlation.map { .number(ReportCell.rounded($0, decimals: 2), decimals: 2) }
            ?? .missing,
          Measure(found.measure).cell(paired?.smallestDetectable),
        ]
    }
    return ReportTable(columns: titles.map { .init($0) }, rows: rows)
  }

  static func probability(_ p: Double?) -> ReportCell {
    guard let p else { return .missing }
    return p < 0.001 ? .text("<0.001") : .number(p, decimals: 3)
  }

  // MARK: For programs

  private var comparedMeasures: [String] {
    let compared = Set(differences.map(\.measure))
    return shownMeasures.filter(compared.contains)
  }

  /// Of each measure shown: its difference, interval and p.
  var differenceColumns: [String] {
    comparedMeasures.flatMap { name in
      ["", "_low", "_high", "_p", "_p_corrected"].map { "\(name)_difference\($0)" }
    }
  }

  func differenceCells(at place: Int) -> [ReportCell] {
    comparedMeasures.flatMap { name -> [ReportCell] in
      let difference = differences.first { $0.measure == name && $0.contains(place) }?
        .differences[place]
      let paired = difference?.paired?.statistics
      let values = [paired?.mean, paired?.interval?.low, paired?.interval?.high]
      return values.map(Measure(name).cell)
        + [difference?.paired?.p, difference?.correctedP].map { p in
          p.map { .number($0, decimals: 4) } ?? .missing
        }
    }
  }

  func differenceRecords(at place: Int) -> JSONValue {
    let found = differences.compactMap { measure -> (String, JSONValue)? in
      measure.differences[place].map {
        (measure.measure, differenceRecord($0, at: place, in: measure.measure))
      }
    }
    return .sorted(Dictionary(found) { first, _ in first }) { $0 }
  }

  func differenceRecord(
    _ difference: CellDifference, at place: Int, in measure: String
  ) -> JSONValue {
    let family = differences.first {
      $0.measure == measure && $0.reference == difference.reference
    }
    let method = difference.simultaneous == nil ? "holm" : family?.method.rawValue
    let paired = difference.paired
    return [
      "measure": .string(measure),
      "reference": Self.record(settings, cells[difference.reference].values),
      "n": .integer(paired?.statistics.count ?? 0), "mean": JSONValue(difference.mean),
      "low": JSONValue(paired?.statistics.interval?.low),
      "high": JSONValue(paired?.statistics.interval?.high), "p": JSONValue(paired?.p),
      "p_corrected": JSONValue(difference.correctedP),
      "p_corrected_by": JSONValue(difference.correctedP == nil ? nil : method),
      "p_holm": JSONValue(difference.holm), "sd": JSONValue(paired?.statistics.deviation),
      "correlation": JSONValue(paired?.correlation),
      "smallest_detectable": JSONValue(paired?.smallestDetectable),
      "simultaneous": difference.simultaneous.map {
        ["low": .number($0.low), "high": .number($0.high)]
      } ?? .null,
      "sign_flip": difference.signFlip.map {
        ["p": .number($0.p), "smallest_p": .number($0.smallestP)]
      } ?? .null,
      "bootstrap": difference.bootstrap.map {
        ["low": .number($0.low), "high": .number($0.high)]
      } ?? .null,
      "over_classes": Self.record(classDoubt[measure, place]?.difference),
      "welch": difference.unpaired.map {
        [
          "mean": .number($0.mean), "low": .number($0.low), "high": .number($0.high),
          "p": JSONValue($0.p),
        ]
      } ?? .null,
    ]
  }
}

extension CellDifference {
  /// The difference with its interval over the seeds.
  func cell(of measure: String) -> ReportCell {
    guard let paired else { return .missing }
    return .interval(
      mean: paired.statistics.mean, halfWidth: paired.statistics.halfWidth,
      isRatio: Measure(measure).isRatio)
  }
}
