internal import Crypto

/// From the text of a sweep file to its jobs. Pure: what lies outside is passed in.
package enum SweepExpansion {
  /// Expands and checks a sweep file.
  ///
  /// Throws one `SweepError` with everything that is wrong.
  ///
  /// - Parameters:
  ///   - file: The path of the file; paths in it are relative to its folder.
  ///   - overrides: What follows each `--set`: `PATH=VALUE`. An override of an axis takes its place.
  ///   - environment: For `${NAME}` in paths.
  ///   - exclusion: Decides the expressions of `exclude`; not asked where there are none.
  package static func expand(
    text: String, file: String, overrides: [String] = [], environment: [String: String] = [:],
    exclusion: ExclusionEvaluator
  ) throws(SweepError) -> ExpandedSweep {
    let (assignments, problems) = SettingOverrides.parse(overrides, environment: environment)
    var content: SweepFile
    do {
      content = try SweepParser.parse(
        text: text, file: file, environment: environment,
        overridden: assignments.map(\.setting))
    } catch {
      throw SweepError(error.diagnostics + problems)
    }
    guard problems.isEmpty else { throw SweepError(problems) }
    content.override(by: assignments)
    let file = SourceText(text: text, file: file).place(.init(line: 1, column: 1))
    var grid = JobGrid(content: content, overrides: assignments, file: file)
    let drafts = try grid.jobs(exclusion: exclusion)
    return expanded(content, drafts: drafts, text: text, place: file, warnings: grid.warnings)
  }

  private static func expanded(
    _ content: SweepFile, drafts: [JobDraft], text: String, place: SweepDiagnostic.Place,
    warnings: [String]
  ) -> ExpandedSweep {
    var file = ""
    if case .line(let name, _, _, _) = place { file = name }
    var seeds: [Int] = []
    for seed in drafts.compactMap({ $0.value(of: "seed").integer }) where !seeds.contains(seed) {
      seeds.append(seed)
    }
    return ExpandedSweep(
      name: content.name, description: content.description, file: file, text: text,
      textDigest: SHA256.hexadecimal(of: text),
      axes: content.axes.flatMap { axis in
        (axis.rows.first ?? []).indices.map { column in
          .init(
            name: axis.rows[0][column].setting, values: axis.rows.map { $0[column].value })
        }
      },
      objective: content.objective, seeds: seeds,
      jobs: drafts.enumerated().map { index, draft in
        JobSpec(index: index, settings: draft.settings, origins: draft.origins)
      },
      warnings: content.warnings + warnings)
  }
}

extension SweepFile {
  /// Overridden axes keep their place with one value; overridden seeds become the one given.
  mutating func override(by overrides: [Assignment]) {
    for override in overrides {
      let hidden = override.setting == "batch" ? ["batch", "P", "K"] : [override.setting]
      for index in axes.indices {
        axes[index].rows = axes[index].rows.map { row in
          row.compactMap { cell in
            guard hidden.contains(cell.setting) else { return cell }
            return cell.setting == override.setting ? override : nil
          }
        }
        let isConstant = axes[index].rows.first.map {
          $0.allSatisfy { $0.setting == override.setting }
        }
        if isConstant == true { axes[index].rows = Array(axes[index].rows.prefix(1)) }
      }
      axes.removeAll { $0.rows.first?.isEmpty ?? true }
      if override.setting == "seed" { seeds = nil }
    }
  }
}
