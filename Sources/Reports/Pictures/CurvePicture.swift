package import Store
import Sweeps

/// Histories of measures as lines, one panel for each measure.
///
/// Runs that differ in nothing but the seed have one colour: thin lines for the seeds and a thick
/// one for their mean.
package enum CurvePicture {
  private static let panel = (width: 720.0, height: 230.0, left: 64.0, top: 34.0, bottom: 40.0)
  private static let lineHeight = 15.0

  private struct Group {
    let label: String
    let curves: [MeasureCurve]

    /// At each step that all of its curves have.
    var mean: [(step: Int, value: Double)] {
      var sums: [Int: (sum: Double, count: Int)] = [:]
      for curve in curves {
        for (step, value) in zip(curve.steps, curve.values) {
          sums[step, default: (0, 0)].sum += value
          sums[step, default: (0, 0)].count += 1
        }
      }
      return sums.filter { $0.value.count == curves.count }.sorted { $0.key < $1.key }
        .map { ($0.key, $0.value.sum / Double($0.value.count)) }
    }
  }

  /// - Parameters:
  ///   - curves: Measures in the order of their panels.
  ///   - runs: Of which they are.
  package static func picture(_ curves: [MeasureCurve], of runs: [RunSummary]) -> Picture {
    var measures: [Measure] = []
    for curve in curves where !measures.contains(curve.measure) { measures.append(curve.measure) }
    let labels = labels(of: runs)
    let right = 12 + Picture.letterWidth * Double(labels.map(\.text.count).max() ?? 0)
    let elements = measures.enumerated().flatMap { number, measure -> [SVGElement] in
      let own = curves.filter { $0.measure == measure }
      let groups = labels.map { label in
        Group(label: label.text, curves: own.filter { label.runs.contains($0.runID) })
      }
      return draw(groups, measure, top: Double(number) * panel.height, right: right)
    }
    return Picture(
      width: panel.width + right, height: panel.height * Double(max(measures.count, 1)),
      title: "\(measures.map(\.name).joined(separator: ", ")) of "
        + "\(Counted(Set(curves.map(\.runID)).count, "run")) over the steps", elements: elements)
  }

  /// One for each combination of settings, in order, by the settings that tell them apart.
  private static func labels(of runs: [RunSummary]) -> [(text: String, runs: Set<String>)] {
    let columns = RunListing.differing(runs, among: RunColumns(of: runs))
    var order: [[SettingValue]] = []
    var members: [[SettingValue]: [String]] = [:]
    for run in runs {
      let values = columns.map { $0.value(of: run) }
      if members[values] == nil { order.append(values) }
      members[values, default: []].append(run.id)
    }
    return order.map { values in
      let ids = members[values] ?? []
      let text = zip(columns, values).map { "\($0.title) \($1.display)" }.joined(separator: ", ")
      return (
        text.isEmpty ? ids.map { String($0.prefix(8)) }.joined(separator: ", ") : text, Set(ids)
      )
    }
  }

  private static func draw(
    _ groups: [Group], _ measure: Measure, top: Double, right: Double
  ) -> [SVGElement] {
    let curves = groups.flatMap(\.curves)
    let (upper, lower) = (top + panel.top, top + panel.height - panel.bottom)
    let x = NumberScale(
      fitting: curves.flatMap { $0.steps.map(Double.init) }, from: panel.left,
      to: panel.width - 8)
    let y = NumberScale(fitting: curves.flatMap(\.values), from: lower, to: upper)
    var elements = [
      SVGElement("text", ["x": 8, "y": .init(top + 18)], text: MeasureAxis.title(measure))
    ]
    elements +=
      MeasureAxis(measure: measure, scale: y, left: panel.left, right: panel.width - 8).elements
    elements += x.ticks(6).map { tick in
      SVGElement(
        "text", ["class": "small middle", "x": .init(x.place(of: tick)), "y": .init(lower + 16)],
        text: ReportCell.fixed(tick, decimals: 0))
    }
    elements.append(
      SVGElement(
        "text", ["class": "small end", "x": .init(panel.width - 8), "y": .init(lower + 31)],
        text: "step"))
    var ends: [(y: Double, number: Int)] = []
    for (number, group) in groups.enumerated() where !group.curves.isEmpty {
      let mean = group.mean
      elements += lines(of: group, mean, number, x, y)
      if let last = mean.last(where: { $0.value.isFinite }) {
        ends.append((y.place(of: last.value), number))
      }
    }
    return elements + names(ends, of: groups, top: upper)
  }

  private static func lines(
    of group: Group, _ mean: [(step: Int, value: Double)], _ number: Int, _ x: NumberScale,
    _ y: NumberScale
  ) -> [SVGElement] {
    let colour = Palette.category(number)
    let thin = group.curves.map { curve in
      SVGElement.path(
        zip(curve.steps, curve.values).map { (x.place(of: Double($0)), y.place(of: $1)) },
        ["fill": "none", "stroke": colour, "stroke-width": 1, "stroke-opacity": 0.45])
    }
    let thick = SVGElement.path(
      mean.map { (x.place(of: Double($0.step)), y.place(of: $0.value)) },
      [
        "fill": "none", "stroke": colour, "stroke-width": 2,
        "stroke-dasharray": Palette.dash(number / 7),
      ])
    return (group.curves.count > 1 ? thin : []) + [thick]
  }

  /// Beside the ends of the lines, moved apart where they would overlap.
  private static func names(
    _ ends: [(y: Double, number: Int)], of groups: [Group], top: Double
  ) -> [SVGElement] {
    var last = top - lineHeight
    return ends.sorted { $0.y < $1.y }.map { end in
      last = max(end.y, last + lineHeight)
      return SVGElement(
        "text",
        [
          "x": .init(panel.width), "y": .init(last), "dominant-baseline": "central",
          "style": "fill: \(Palette.category(end.number).text)",
        ], text: groups[end.number].label)
    }
  }
}
