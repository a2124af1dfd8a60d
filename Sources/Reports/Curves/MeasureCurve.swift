package import Store
import Sweeps

/// The history of one measure of one run.
package struct MeasureCurve: Sendable {
  package let runID: String
  package let measure: Measure
  package let steps: [Int]
  /// NaN where the measure had no value.
  package let values: [Double]

  /// Curves of a run from its history, which is sorted by name, then step.
  ///
  /// Without names, all of them.
  package static func curves(
    of runID: String, history: [MetricPoint], names: [String]
  ) throws -> [MeasureCurve] {
    var points: [String: [MetricPoint]] = [:]
    for point in history { points[point.name, default: []].append(point) }
    let known = points.keys.sorted()
    for name in names where points[name] == nil {
      throw ReportError(
        .unknownMeasure,
        known.isEmpty
          ? "run \(runID) has no history yet"
          : "run \(runID) has no history of '\(name)'; it has \(known.joined(separator: ", "))")
    }
    return (names.isEmpty ? known : names).map { name in
      let points = points[name] ?? []
      return MeasureCurve(
        runID: runID, measure: Measure(name), steps: points.map(\.step),
        values: points.map(\.value))
    }
  }

  /// Place of the best value, the first of equal ones; nil where there is none.
  package var best: Int? {
    let numbered = values.indices.filter { !values[$0].isNaN }
    return measure.isMinimized
      ? numbered.min { values[$0] < values[$1] }
      : numbered.reduce(nil) { best, next in
        guard let best else { return next }
        return values[next] > values[best] ? next : best
      }
  }
}
