/// The axis of a measure on the left of a panel: ticks, grid lines, and what is better.
struct MeasureAxis: Sendable {
  let measure: Measure
  let scale: NumberScale
  let left: Double
  let right: Double

  private static let ticks = 5

  /// `MAP@R, higher is better`, beside the values.
  static func title(_ measure: Measure) -> String {
    measure.name + (measure.isMinimized ? ", lower is better" : ", higher is better")
      + (measure.isOnTest ? ", test figures: nothing to choose by" : "")
  }

  /// A value with as many digits as its axis needs.
  static func label(_ value: Double, _ measure: Measure, step: Double) -> String {
    let (value, step, unit) = measure.isRatio ? (value * 100, step * 100, " %") : (value, step, "")
    var decimals = 0
    var size = step
    while size < 0.999, decimals < 6 {
      size *= 10
      decimals += 1
    }
    return ReportCell.fixed(value, decimals: decimals) + unit
  }

  var elements: [SVGElement] {
    let ticks = scale.ticks(Self.ticks)
    let step = ticks.count > 1 ? ticks[1] - ticks[0] : 1
    return ticks.flatMap { tick -> [SVGElement] in
      let y = SVGElement.Value(scale.place(of: tick))
      return [
        SVGElement(
          "line", ["class": "grid", "x1": .init(left), "x2": .init(right), "y1": y, "y2": y]),
        SVGElement(
          "text",
          [
            "class": "small end", "x": .init(left - 6), "y": y, "dominant-baseline": "central",
          ], text: Self.label(tick, measure, step: step)),
      ]
    }
  }
}
