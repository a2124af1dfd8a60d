import Sweeps

/// One line for each run through its settings to the objective.
package struct ParallelPicture: Sendable {
  private static let frame = (top: 48.0, height: 300.0, step: 150.0, left: 60.0, bottom: 28.0)

  private let sensitivity: SweepSensitivity

  package init(_ sensitivity: SweepSensitivity) {
    self.sensitivity = sensitivity
  }

  package var picture: Picture {
    let factors = sensitivity.design.factors
    let measure = Measure(sensitivity.objective.metric)
    let lower = Self.frame.top + Self.frame.height
    let end = Self.frame.left + Double(factors.count) * Self.frame.step
    let values = sensitivity.design.observations.map(\.value)
    let scale = NumberScale(fitting: values, from: lower, to: Self.frame.top)
    let axes = factors.enumerated().flatMap { place, factor in
      axis(factor, x: Self.frame.left + Double(place) * Self.frame.step)
    }
    let ticks = scale.ticks(6)
    let step = ticks.count > 1 ? ticks[1] - ticks[0] : 1
    let objective =
      [line(x: end), title(measure.name, x: end)]
      + ticks.map { tick in
        SVGElement(
          "text",
          [
            "class": "small", "x": .init(end + 6), "y": .init(scale.place(of: tick)),
            "dominant-baseline": "central",
          ], text: MeasureAxis.label(tick, measure, step: step))
      }
    return Picture(
      width: end + 90, height: lower + Self.frame.bottom,
      title: "\(Counted(values.count, "run")) of \(sensitivity.sweep): "
        + "\(factors.map(\.title).joined(separator: ", ")) and \(measure.name)",
      elements: lines(scale, end: end) + axes + objective)
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
          x: Self.frame.left + Double(place) * Self.frame.step,
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
