import Sweeps

/// The values of the objective at each level of each setting: quartiles, extremes and every run.
package struct BoxPicture: Sendable {
  private static let panel = (height: 220.0, left: 64.0, top: 34.0, bottom: 44.0)
  private static let boxWidth = 56.0
  private static let gap = 10.0

  private let sensitivity: SweepSensitivity

  package init(_ sensitivity: SweepSensitivity) {
    self.sensitivity = sensitivity
  }

  /// From box to box: room for the longest label.
  private var step: Double {
    let longest = sensitivity.design.factors.flatMap(\.levels).map(\.text.count).max() ?? 0
    return max(Self.boxWidth, Self.gap + Picture.letterWidth * Double(longest))
  }

  package var picture: Picture {
    let factors = sensitivity.design.factors
    let most = factors.map(\.levels.count).max() ?? 1
    let width = Self.panel.left + Double(most) * step + 12
    let elements = factors.indices.flatMap { factor in
      draw(factor, top: Double(factor) * Self.panel.height, right: width - 12)
    }
    return Picture(
      width: max(width, 360), height: Self.panel.height * Double(factors.count),
      title: "\(sensitivity.objective.metric) by "
        + factors.map(\.title).joined(separator: ", "), elements: elements)
  }

  /// All panels have one scale, so that their heights can be compared.
  private func draw(_ factor: Int, top: Double, right: Double) -> [SVGElement] {
    let design = sensitivity.design
    let measure = Measure(sensitivity.objective.metric)
    let (upper, lower) = (top + Self.panel.top, top + Self.panel.height - Self.panel.bottom)
    let y = NumberScale(
      fitting: design.observations.map(\.value), from: lower, to: upper)
    var elements = [
      SVGElement(
        "text", ["x": 8, "y": .init(top + 18)],
        text: factor == 0 ? MeasureAxis.title(measure) : measure.name)
    ]
    elements +=
      MeasureAxis(measure: measure, scale: y, left: Self.panel.left, right: right).elements
    for (place, level) in design.factors[factor].levels.enumerated() {
      let x = Self.panel.left + (Double(place) + 0.5) * step
      let values = design.observations.filter { $0.levels[factor] == place }.map(\.value).sorted()
      elements += box(values, x: x, y)
      elements.append(
        SVGElement(
          "text", ["class": "small middle", "x": .init(x), "y": .init(lower + 16)],
          text: level.text))
    }
    elements.append(
      SVGElement(
        "text", ["x": .init(Self.panel.left), "y": .init(lower + 34)],
        text: design.factors[factor].title))
    return elements
  }

  private func box(_ values: [Double], x: Double, _ y: NumberScale) -> [SVGElement] {
    guard let least = values.first, let most = values.last else { return [] }
    let (low, middle, high) = (
      y.place(of: Self.quartile(1, of: values)), y.place(of: Self.quartile(2, of: values)),
      y.place(of: Self.quartile(3, of: values))
    )
    let half = Self.boxWidth * 0.28
    func line(_ first: (Double, Double), _ second: (Double, Double), _ width: Double) -> SVGElement
    {
      SVGElement.path(
        [first, second], ["stroke": "#0072b2", "stroke-width": .init(width), "fill": "none"])
    }
    return [
      line((x, y.place(of: least)), (x, low), 1), line((x, high), (x, y.place(of: most)), 1),
      SVGElement(
        "rect",
        [
          "x": .init(x - half), "y": .init(high), "width": .init(2 * half),
          "height": .init(max(low - high, 0.5)), "fill": "#0072b2", "fill-opacity": 0.15,
          "stroke": "#0072b2",
        ]),
      line((x - half, middle), (x + half, middle), 2),
    ]
      + values.map { value in
        SVGElement(
          "circle",
          [
            "cx": .init(x), "cy": .init(y.place(of: value)), "r": 2, "fill": "#222222",
            "fill-opacity": 0.35,
          ])
      }
  }

  /// By linear interpolation between sorted values: definition 7 of Hyndman and Fan, "Sample
  /// quantiles in statistical packages", The American Statistician 50, 1996.
  private static func quartile(_ number: Int, of values: [Double]) -> Double {
    let place = Double(values.count - 1) * Double(number) / 4
    let first = Int(place)
    guard first + 1 < values.count else { return values[first] }
    return values[first] + (place - Double(first)) * (values[first + 1] - values[first])
  }
}
