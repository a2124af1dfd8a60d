import Store
import Sweeps

extension SweepComparison {
  /// The place of the cell that a user names: by its values in their order, or by some of them
  /// with the names of their settings, as `contrastive` or `margin=0.4,lambda=0.5`.
  static func place(
    of text: String, among cells: [Cell], by settings: [RunColumn], columns: RunColumns
  ) throws -> Int {
    let parts = text.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    let named = try parts.map { part -> (column: RunColumn?, value: String) in
      guard let sign = part.firstIndex(of: "=") else { return (nil, part) }
      return (
        try columns.column(named: String(part[..<sign])), String(part[part.index(after: sign)...])
      )
    }
    let found = cells.indices.filter { place in
      let values = cells[place].values
      if values.count == 1, values[0].isWritten(text) { return true }
      let isOrdered = named.allSatisfy { $0.column == nil } && named.count == values.count
      if isOrdered { return zip(values, named).allSatisfy { $0.isWritten($1.value) } }
      return named.allSatisfy { part in
        guard let column = part.column, let index = settings.firstIndex(of: column) else {
          return false
        }
        return values[index].isWritten(part.value)
      }
    }
    guard found.count == 1, let place = found.first else {
      let lines = (found.isEmpty ? Array(cells.indices) : found).map { place in
        zip(settings, cells[place].values).map { "\($0.title)=\($1.display)" }
          .joined(separator: ",")
      }
      throw ReportError(
        .unknownCell,
        "--reference '\(text)' names \(found.isEmpty ? "no line" : "several lines"). "
          + (settings.isEmpty
            ? "There is one line only; name settings to compare by with --by"
            : "Lines are \(lines.joined(separator: "; "))"))
    }
    return place
  }
}

extension SettingValue {
  /// Whether this is what somebody wrote for it.
  fileprivate func isWritten(_ text: String) -> Bool {
    display == text || self.text == text
      || number.map { Double(text) == $0 } ?? false
  }
}
