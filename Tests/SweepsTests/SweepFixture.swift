import Sweeps

/// Expansion of sweep texts in tests, without SQLite.
enum SweepFixture {
  static let file = "sweeps/demo.yaml"

  /// Excludes nothing; fails where it is asked at all.
  struct Unexpected: Error {}

  static let noExclusion: ExclusionEvaluator = { _, _, _ in throw Unexpected() }

  static func expand(
    _ text: String, overrides: [String] = [], environment: [String: String] = [:],
    exclusion: @escaping ExclusionEvaluator = noExclusion,
    derivation: DerivationEvaluator? = nil, reader: SweepFileReader? = nil
  ) throws(SweepError) -> ExpandedSweep {
    try SweepExpansion.expand(
      text: text, file: file, overrides: overrides, environment: environment,
      exclusion: exclusion, derivation: derivation, reader: reader)
  }

  /// A sweep of the given top-level lines, with a name and a data file.
  static func sweep(_ lines: String) -> String {
    "name: demo\nbase: {dataset: d.h5}\n" + lines
  }

  /// The whole message of a sweep that must not expand.
  static func message(
    _ text: String, overrides: [String] = [], environment: [String: String] = [:],
    exclusion: @escaping ExclusionEvaluator = noExclusion,
    derivation: DerivationEvaluator? = nil, reader: SweepFileReader? = nil
  ) -> String {
    do {
      let sweep = try expand(
        text, overrides: overrides, environment: environment, exclusion: exclusion,
        derivation: derivation, reader: reader)
      return "no error, \(sweep.jobs.count) jobs"
    } catch {
      return error.description
    }
  }

  /// The values of one setting over the jobs of a sweep.
  static func values(of setting: String, in sweep: ExpandedSweep) -> [String] {
    sweep.jobs.map { $0.settings[setting]?.display ?? "absent" }
  }
}
