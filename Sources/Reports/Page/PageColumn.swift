import Store
import Sweeps

/// A column of the page's table: its values, and the texts that reports show for them.
struct PageColumn {
  let column: RunColumn

  func record(of runs: [RunSummary]) -> JSONValue {
    let cells = runs.map { column.cell(of: $0) }
    let values = runs.map { Self.plain(column.value(of: $0)) }
    let texts = cells.map(\.shownText)
    let isConstant = Set(values).count == 1 && Set(texts).count == 1
    var members: [JSONValue.Member] = [
      .init("name", .string(column.name)), .init("title", .string(column.title)),
      .init("kind", .string(kind)), .init("format", .string(format(of: values))),
      .init("values", .array((isConstant ? Array(values.prefix(1)) : values).map(JSONValue.init))),
    ]
    if case .measure(let name) = column {
      members.append(.init("minimized", .bool(Measure(name).isMinimized)))
    }
    // Texts say nothing new where the values are texts themselves.
    if !values.allSatisfy({ $0 == .null || $0.text != nil }) {
      let shown = isConstant ? Array(texts.prefix(1)) : texts
      members.append(.init("texts", .array(shown.map(JSONValue.string))))
    }
    return .object(members)
  }

  private var kind: String {
    switch column {
    case .field: "field"
    case .setting, .batchClasses, .batchItems, .fold: "setting"
    case .measure: "measure"
    }
  }

  private func format(of values: [SettingValue]) -> String {
    switch column {
    case .measure(let name): Self.format(of: name)
    case .field(.wallSeconds), .field(.processorSeconds): "seconds"
    case .field(.peakMemoryBytes): "bytes"
    default: values.allSatisfy { $0 == .null || $0.number != nil } ? "plain" : "text"
    }
  }

  static func format(of measure: String) -> String {
    Measure(measure).isRatio ? "ratio" : "number"
  }

  /// As expressions see it: lists and mappings are texts.
  private static func plain(_ value: SettingValue) -> SettingValue {
    switch value {
    case .list, .mapping: .text(value.canonicalJSON)
    default: value
    }
  }
}
