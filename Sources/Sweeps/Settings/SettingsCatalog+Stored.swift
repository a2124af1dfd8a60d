/// Settings that were not read from a sweep file just now but from a store or a run folder, which
/// may be damaged or of somebody else.
extension SettingsCatalog {
  /// The first setting, by name, whose value no sweep file could have given; nil where there is
  /// none. Names that the catalog does not have mean nothing and are left alone.
  package static func unsound(in settings: [String: SettingValue]) -> String? {
    settings.keys.sorted().first { name in
      guard let value = settings[name], let definition = definition(named: name, in: settings)
      else { return false }
      return !isSound(value, of: definition)
    }
  }

  private static func isSound(_ value: SettingValue, of definition: SettingDefinition) -> Bool {
    do throws(SettingProblem) {
      _ = try SettingReader(setting: definition).read(DocumentNode(asWritten(value, definition)))
      return true
    } catch {
      return false
    }
  }

  /// Without what a plan adds to a value: the digest of the names by which classes are grouped.
  private static func asWritten(
    _ value: SettingValue, _ definition: SettingDefinition
  ) -> SettingValue {
    guard definition.name == "dataset.validation", var form = value.mapping else { return value }
    if form["class_names"]?.text != nil { form["class_names"] = nil }
    return .mapping(form)
  }
}

extension DocumentNode {
  /// A value as a text would give it.
  fileprivate init(_ value: SettingValue) {
    let content: Content =
      switch value {
      case .null: .scalar("null", isPlain: true)
      case .bool(let value): .scalar(value ? "true" : "false", isPlain: true)
      case .number(let value): .scalar(SettingValue.shortest(value), isPlain: true)
      case .text(let text): .scalar(text, isPlain: false)
      case .list(let values): .sequence(values.map { DocumentNode($0) })
      case .mapping(let values):
        .mapping(
          values.sorted { $0.key < $1.key }.map { key, value in
            Entry(key: DocumentNode(.text(key)), value: DocumentNode(value))
          })
      }
    self.init(content: content, position: SourceText.Position(line: 1, column: 1))
  }
}
