/// The values of `--set PATH=VALUE`.
enum SettingOverrides {
  /// In the order given; problems are collected.
  static func parse(
    _ overrides: [String], environment: [String: String]
  )
    -> (assignments: [Assignment], diagnostics: [SweepDiagnostic])
  {
    var assignments: [Assignment] = []
    var diagnostics: [SweepDiagnostic] = []
    var givers: [String: String] = [:]
    for override in overrides {
      do throws(SweepError) {
        for assignment in try Self.read(override, environment: environment) {
          if let earlier = givers[assignment.setting] {
            throw SweepError([
              SweepDiagnostic(
                code: .conflict, place: .override(override),
                message: "gives \(assignment.setting) again after --set \(earlier)")
            ])
          }
          givers[assignment.setting] = override
          assignments.append(assignment)
        }
      } catch {
        diagnostics += error.diagnostics
      }
    }
    return (assignments, diagnostics)
  }

  private static func read(
    _ override: String, environment: [String: String]
  )
    throws(SweepError) -> [Assignment]
  {
    guard let equals = override.firstIndex(of: "="), equals != override.startIndex else {
      throw SweepError([
        SweepDiagnostic(
          code: .syntax, place: .override(override), message: "this is no override",
          allowed: "PATH=VALUE, as loss.alpha=1.4")
      ])
    }
    let name = String(override[..<equals])
    let value = String(override[override.index(after: equals)...])
    let source = SourceText(value: value, override: override)
    var parser = SweepParser(
      source: source, paths: [DataPath(file: "", environment: environment)])
    let start = SourceText.Position(line: 1, column: 1)
    do {
      let nothing = DocumentNode(content: .scalar("", isPlain: true), position: start)
      let key = DocumentNode(content: .scalar(name, isPlain: true), position: start)
      let node = try DocumentReader.read(source) ?? nothing
      let found = parser.findSettings(in: [.init(key: key, value: node)], group: nil)
      parser.reportRepeated(found)
      let assignments = found.compactMap { parser.assignment($0, value: $0.value) }
      guard parser.diagnostics.isEmpty else { throw SweepError(parser.diagnostics) }
      return assignments
    } catch let diagnostic as SweepDiagnostic {
      throw SweepError([diagnostic])
    } catch let error as SweepError {
      throw error
    } catch {
      throw SweepError([
        SweepDiagnostic(code: .syntax, place: .override(override), message: "\(error)")
      ])
    }
  }
}
