/// Gives the text of another sweep file; `path` is ready to be opened.
package typealias SweepFileReader = @Sendable (_ path: String) throws -> String

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
  ///   - derivation: Gives the values of `{expr: …}`; nil refuses them.
  ///   - reader: Opens what `extends` names; nil refuses it.
  package static func expand(
    text: String, file: String, overrides: [String] = [], environment: [String: String] = [:],
    exclusion: @escaping ExclusionEvaluator, derivation: DerivationEvaluator? = nil,
    reader: SweepFileReader? = nil
  ) throws(SweepError) -> ExpandedSweep {
    let parsed = SettingOverrides.parse(overrides, environment: environment)
    var problems = parsed.diagnostics
    let documents = SweepDocuments(
      text: text, file: file, environment: environment, reader: reader)
    var parser = SweepParser(source: documents.source, paths: documents.paths)
    parser.namesFound.formUnion(parsed.assignments.map(\.setting))
    var content = documents.roots.isEmpty ? nil : parser.content(of: documents.roots)
    problems = documents.problems + parser.diagnostics + problems
    var notes: [String] = []
    content?.override(by: parsed.assignments)
    if let content {
      var scope = SettingScope(
        content: content, overrides: parsed.assignments, unread: parser.unreadSelectors)
      scope.check()
      problems += scope.diagnostics
      notes = scope.notes
    } else {
      problems += parsed.assignments.compactMap(\.refusalByDefault)
    }
    if let content, !problems.isEmpty {
      problems += JobExclusion.problems(of: content.exclude, evaluator: exclusion)
    }
    guard let content, problems.isEmpty else {
      throw SweepError(Self.ordered(problems, as: overrides))
    }
    var grid = JobGrid(
      content: content, overrides: parsed.assignments,
      file: documents.source.place(.init(line: 1, column: 1)), exclusion: exclusion,
      derivation: derivation)
    let drafts = try grid.jobs()
    let sweep = expanded(
      content, drafts: drafts, documents: documents, file: file,
      warnings: content.warnings + grid.warnings, notes: notes)
    let unfit =
      (RepetitionCheck(content: content, drafts: drafts)?.problems(sweep.jobs) ?? [])
      + GatedMeasureCheck(content: content, drafts: drafts).problems
    guard unfit.isEmpty else { throw SweepError(unfit) }
    return sweep
  }

  /// The name that a sweep file gives; nil where it is no mapping with a text for it.
  package static func name(inText text: String, file: String) throws(SweepError) -> String? {
    do throws(SweepDiagnostic) {
      let root = try DocumentReader.read(SourceText(text: text, file: file))
      return root?.mapping?.first { $0.key.scalar == "name" }?.value.scalar
    } catch {
      throw SweepError([error])
    }
  }

  /// The settings that `--set` gives alone, for what is no sweep; those of losses and optimisers
  /// are left unread.
  package static func settings(
    of overrides: [String], environment: [String: String] = [:]
  ) throws(SweepError) -> [String: SettingValue] {
    let parsed = SettingOverrides.parse(overrides, environment: environment)
    guard parsed.diagnostics.isEmpty else { throw SweepError(parsed.diagnostics) }
    let values = parsed.assignments.map { ($0.setting, $0.value) }
    return Dictionary(values) { _, last in last }
  }

  /// With those of the command line in its order.
  private static func ordered(
    _ problems: [SweepDiagnostic], as overrides: [String]
  ) -> [SweepDiagnostic] {
    overrides.reduce(problems.filter { !$0.place.isOverride }) { ordered, override in
      ordered + problems.filter { $0.place == .override(override) }
    }
  }

  private static func expanded(
    _ content: SweepFile, drafts: [JobDraft], documents: SweepDocuments, file: String,
    warnings: [String], notes: [String]
  ) -> ExpandedSweep {
    ExpandedSweep(
      name: content.name, description: content.description, file: file, text: documents.text,
      extended: documents.extended,
      axes: axes(of: content, drafts: drafts), objective: content.objective,
      gate: content.gate, gatePlaces: content.gatePlaces, strategy: content.strategy,
      comparisonProtocol: content.comparisonProtocol,
      resources: content.resources, repetition: content.repetition,
      folds: content.folds?.count,
      seeds: unique(drafts.lazy.map { $0.value(of: "seed") }).compactMap(\.integer),
      jobs: drafts.enumerated().map { index, draft in
        JobSpec(index: index, settings: draft.settings, origins: draft.origins)
      },
      warnings: warnings, notes: notes)
  }

  /// What is swept: the values as the file gives them, or what was drawn.
  private static func axes(of content: SweepFile, drafts: [JobDraft]) -> [ExpandedSweep.Axis] {
    var axes: [ExpandedSweep.Axis] = []
    for axis in content.axes + content.ablations {
      for (column, name) in axis.settings.enumerated() {
        let isListed =
          content.strategy == .grid && axis.rows.allSatisfy { $0[column].expression == nil }
        let values =
          isListed
          ? axis.rows.map { $0[column].value }
          : unique(drafts.lazy.map { $0.value(of: name) }).filter { $0 != .null }
        if let place = axes.firstIndex(where: { $0.name == name }) {
          axes[place].values = unique(axes[place].values + values)
        } else {
          axes.append(.init(name: name, values: values))
        }
      }
    }
    return axes
  }

  private static func unique(_ values: some Sequence<SettingValue>) -> [SettingValue] {
    var seen: Set<SettingValue> = []
    return values.filter { seen.insert($0).inserted }
  }
}

extension SweepDiagnostic.Place {
  fileprivate var isOverride: Bool {
    if case .override = self { true } else { false }
  }
}

extension Assignment {
  /// What is wrong with the value for a job of the default loss and optimiser.
  fileprivate var refusalByDefault: SweepDiagnostic? {
    refusals.isEmpty ? nil : SettingsCatalog.selectors.values.compactMap { refusals[$0] }.first
  }
}
