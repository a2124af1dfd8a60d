import Sweeps

/// Two settings of a sweep as a table of colours: the mean of the objective over all else.
package struct HeatMapPicture: Sendable {
  private static let cell = (width: 78.0, height: 34.0)
  private static let gap = 10.0
  private static let top = 40.0
  private static let bottom = 46.0

  private let across: SensitivityFactor
  private let down: SensitivityFactor
  private let means: [[Double]]
  private let objective: Objective

  /// - Parameter names: The two settings, across first; nil for the two that matter most.
  package init(_ sensitivity: SweepSensitivity, settings names: (String, String)? = nil) throws {
    let factors = sensitivity.design.factors
    let chosen: [Int]
    if let names {
      chosen = try [names.0, names.1].map { try sensitivity.place(ofSetting: $0) }
      guard chosen[0] != chosen[1] else {
        throw ReportError(.wrongTuning, "a heat map needs two settings; both are \(names.0)")
      }
    } else {
      let ranked = sensitivity.terms.filter { $0.factors.count == 1 }.map { $0.factors[0] }
      chosen = Array((ranked.isEmpty ? Array(factors.indices) : ranked).prefix(2))
    }
    guard chosen.count == 2 else {
      throw ReportError(
        .tooFewRuns, "a heat map needs two settings that vary; \(sensitivity.sweep) has one")
    }
    across = factors[chosen[0]]
    down = factors[chosen[1]]
    objective = sensitivity.objective
    means = factors[chosen[1]].levels.indices.map { row in
      factors[chosen[0]].levels.indices.map { column in
        CellStatistics(
          sensitivity.design.observations.filter {
            $0.levels[chosen[0]] == column && $0.levels[chosen[1]] == row
          }.map(\.value))?.mean ?? .nan
      }
    }
  }

  /// Of a column: room for its label.
  private var width: Double {
    let longest = across.levels.map(\.text.count).max() ?? 0
    return max(Self.cell.width, Self.gap + Picture.letterWidth * Double(longest))
  }

  package var picture: Picture {
    let left =
      24 + Picture.letterWidth * Double(down.levels.map(\.text.count).max() ?? 0)
    let measure = Measure(objective.metric)
    let finite = means.flatMap { $0 }.filter(\.isFinite)
    let (least, most) = (finite.min() ?? 0, finite.max() ?? 1)
    let best = objective.goal == .maximize ? most : least
    var elements = [
      SVGElement("text", ["x": 8, "y": 20], text: "Mean \(MeasureAxis.title(measure))")
    ]
    for (row, values) in means.enumerated() {
      let y = Self.top + Double(row) * Self.cell.height
      elements.append(label(down.levels[row].text, x: left - 6, y: y + Self.cell.height / 2, "end"))
      for (column, value) in values.enumerated() {
        elements += square(
          value, isBest: value == best, x: left + Double(column) * width, y: y,
          share: most > least ? (value - least) / (most - least) : 0.5)
      }
    }
    let lower = Self.top + Double(means.count) * Self.cell.height
    for (column, level) in across.levels.enumerated() {
      let x = left + (Double(column) + 0.5) * width
      elements.append(label(level.text, x: x, y: lower + 12, "middle"))
    }
    elements.append(
      SVGElement(
        "text", ["x": .init(left), "y": .init(lower + 36)],
        text: "across: \(across.title)   down: \(down.title)"))
    let right = left + Double(across.levels.count) * width + 12
    return Picture(
      width: max(right, 330), height: lower + Self.bottom,
      title: "Mean \(measure.name) by \(across.title) and \(down.title)", elements: elements)
  }

  private func square(
    _ value: Double, isBest: Bool, x: Double, y: Double, share: Double
  ) -> [SVGElement] {
    let (width, height) = (width - 2, Self.cell.height - 2)
    let measure = Measure(objective.metric)
    return [
      SVGElement(
        "rect",
        [
          "x": .init(x), "y": .init(y), "width": .init(width), "height": .init(height),
          "fill": Palette.scale(value.isFinite ? share : .nan),
          "stroke": isBest ? "#000000" : "none", "stroke-width": 2,
        ]),
      SVGElement(
        "text",
        [
          "class": "middle", "x": .init(x + width / 2), "y": .init(y + height / 2),
          "dominant-baseline": "central",
          "style": "fill: \(Palette.ink(on: value.isFinite ? share : .nan).text)",
        ], text: value.isFinite ? measure.cell(value).shownText : "–"),
    ]
  }

  private func label(_ text: String, x: Double, y: Double, _ place: String) -> SVGElement {
    SVGElement(
      "text",
      [
        "class": "small \(place)", "x": .init(x), "y": .init(y), "dominant-baseline": "central",
      ], text: text)
  }
}
