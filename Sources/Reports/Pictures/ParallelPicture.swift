import Sweeps

/// One line for each run through its settings to the objective.
package struct ParallelPicture: Sendable {
  private static let frame = (top: 48.0, height: 300.0, step: 150.0, left: 60.0, bottom: 28.0)
  private static let gap = 14.0

  private let sensitivity: SweepSensitivity

  package init(_ sensitivity: SweepSensitivity) {
    self.sensitivity = sensitivity
  }

  /// Room for the labels of the first axis, and for half of its title.
  private var left: Double {
    guard let factor = sensitivity.design.factors.first else { return Self.frame.left }
    return max(Self.frame.left, Self.room(for: factor), Self.gap + Self.width(factor.title) / 2)
  }

  /// Between two axes: room for labels, and for their titles beside each other.
  private var step: Double {
    let titles =
      sensitivity.design.factors.map(\.title) + [Measure(sensitivity.objective.metric).name]
    let pairs = zip(titles, titles.dropFirst()).map { (Self.width($0) + Self.width($1)) / 2 }
    return max(
      Self.frame.step, Self.gap + (pairs.max() ?? 0),
      sensitivity.design.factors.dropFirst().map(Self.room).max() ?? 0)
  }

  private static func room(for factor: SensitivityFactor) -> Double {
    gap + (factor.levels.map { width($0.text) }.max() ?? 0)
  }

  private static func width(_ text: String) -> Double { Picture.letterWidth * Double(text.count) }

  package var picture: Picture {
    let factors = sensitivity.design.factors
    let measure = Measure(sensitivity.objective.metric)
    let lower = Self.frame.top + Self.frame.height
    let end = left + Double(factors.count) * step
    let values = sensitivity.design.observations.map(\.value)
    let scale = NumberScale(fitting: values, from: lower, to: Self.frame.top)
    let axes = factors.enumerated().flatMap { place, factor in
      axis(factor, x: left + Double(place) * step)
    }
    let ticks = scale.ticks(6)
    let tickStep = ticks.count > 1 ? ticks[1] - ticks[0] : 1
    let objective =
      [line(x: end), title(measure.name, x: end)]
      + ticks.map { tick in
        SVGElement(
          "text",
          [
            "class": "small", "x": .init(end + 6), "y": .init(scale.place(of: tick)),
            "dominant-baseline": "central",
          ], text: MeasureAxis.label(tick, measure, step: tickStep))
      }
    return Picture(
      width: end + 90, height: lower + Self.frame.bottom,
      title: "\(Counted(values.count, "run")) of \(sensitivity.sweep): "
        + "\(factors.map(\.title).joined(separator: ", ")) and \(MeasureAxis.title(measure))",
      elements: lines(scale, end: end) + axes + objective + remark(measure))
  }

  private func remark(_ measure: Measure) -> [SVGElement] {
    guard measure.isOnTest else { return [] }
    let y = Self.frame.top + Self.frame.height + 18
    return [SVGElement("text", ["x": 8, "y": .init(y)], text: MeasureAxis.title(measure))]
  }

  /// The best last, so that they lie on top.
  private func lines(_ scale: NumberScale, end: Double) -> [SVGElement] {
    let observations = sensitivity.design.observations
    let sign = sensitivity.objective.goal == .maximize ? 1.0 : -1
    let values = observations.map(\.value)
    let (least, most) = (values.min() ?? 0, values.max() ?? 1)
    let order = observations.indices.sorted {
      sign * values[$0] == sign * values[$1] ? $0 < $1 : sign * values[$0] < sign * values[$1]
    }
    return order.map { number in
      let observation = observations[number]
      let points = observation.levels.enumerated().map { place, level in
        (
          x: left + Double(place) * step,
          y: height(level, of: sensitivity.design.factors[place].levels.count)
        )
      }
      let share = most > least ? (observation.value - least) / (most - least) : 0.5
      return SVGElement.path(
        points + [(end, scale.place(of: observation.value))],
        [
          "fill": "none", "stroke": Palette.scale(sign > 0 ? share : 1 - share),
          "stroke-width": 1.5, "stroke-opacity": 0.8,
        ])
    }
  }

  /// Levels stand at equal distances, whatever their numbers.
  private func height(_ level: Int, of count: Int) -> Double {
    Self.frame.top + Self.frame.height * (1 - (Double(level) + 0.5) / Double(count))
  }

  private func axis(_ factor: SensitivityFactor, x: Double) -> [SVGElement] {
    [line(x: x), title(factor.title, x: x)]
      + factor.levels.enumerated().map { place, level in
        SVGElement(
          "text",
          [
            "class": "small end", "x": .init(x - 6),
            "y": .init(height(place, of: factor.levels.count)), "dominant-baseline": "central",
          ], text: level.text)
      }
  }

  private func line(x: Double) -> SVGElement {
    SVGElement(
      "line",
      [
        "class": "axis", "x1": .init(x), "x2": .init(x), "y1": .init(Self.frame.top),
        "y2": .init(Self.frame.top + Self.frame.height),
      ])
  }

  private func title(_ text: String, x: Double) -> SVGElement {
    SVGElement(
      "text", ["class": "middle", "x": .init(x), "y": .init(Self.frame.top - 16)], text: text)
  }
}
