/// A curve in one line of text: ▁▂▃▄▅▆▇█, from its least to its greatest value.
package enum Sparkline {
  private static let marks: [Character] = ["▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"]

  /// One mark a value, a space where it is missing or not finite.
  ///
  /// A curve longer than `limit` is shown by the means of equal stretches of it.
  package static func text(_ values: [Double], limit: Int = 40) -> String {
    let points = values.count > limit ? means(values, count: limit) : values
    let finite = points.filter(\.isFinite)
    guard let least = finite.min(), let greatest = finite.max() else {
      return String(repeating: " ", count: points.count)
    }
    return String(
      points.map { value in
        guard value.isFinite else { return " " }
        // Halves, so that values near the largest double do not overflow.
        let range = greatest / 2 - least / 2
        let place = range > 0 ? (value / 2 - least / 2) / range : 0.5
        return marks[min(Int(place * Double(marks.count)), marks.count - 1)]
      })
  }

  private static func means(_ values: [Double], count: Int) -> [Double] {
    (0..<count).map { position in
      let stretch = values[position * values.count / count..<(position + 1) * values.count / count]
        .filter(\.isFinite)
      return stretch.isEmpty ? .nan : stretch.reduce(0, +) / Double(stretch.count)
    }
  }
}
