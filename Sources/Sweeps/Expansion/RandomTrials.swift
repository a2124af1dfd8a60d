/// Settings drawn at random from the axes of a sweep.
struct RandomTrials {
  let content: SweepFile
  let walk: AxisWalk
  let draw: TrialDraw

  static let mostAttempts = 1_000

  /// Rows of the axis of losses where each of them gets trials of its own, else one empty row.
  var strata: [[Assignment]] {
    guard content.comparisonProtocol != nil, let place = stratifiedAxis else { return [[]] }
    return content.axes[place].rows
  }

  private var stratifiedAxis: Int? {
    content.axes.firstIndex { $0.conditions.isEmpty && $0.settings.contains("loss.name") }
  }

  /// What a trial assigns. Trials of one number draw alike in every stratum.
  func row(trial: Int, stratum: Int, attempt: Int) -> [Assignment] {
    let fixed = content.comparisonProtocol == nil ? nil : stratifiedAxis
    return walk.trial { axis, place in
      if place == fixed { return axis.rows[stratum] }
      let purpose = axis.settings.joined(separator: "+")
      guard let interval = axis.interval, var cell = axis.rows.first?.first else {
        return axis.rows[
          draw.index(below: axis.rows.count, trial: trial, attempt: attempt, of: purpose)]
      }
      cell.value = .number(
        interval.value(at: draw.share(trial: trial, attempt: attempt, of: purpose)))
      return [cell]
    }
  }
}
