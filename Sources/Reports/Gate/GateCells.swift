import Store
package import Sweeps

/// One combination of swept values.
package struct GateCell: Sendable, Hashable {
  /// By the names of the settings, in the order of the sweep.
  package let settings: [String]
  package let values: [SettingValue]

  /// `alpha=1.2 margin=0.4`, or that there is only one.
  package var label: String {
    let known = zip(settings, values).filter { $1 != .null }
    if known.isEmpty { return "the only cell" }
    return known.map { "\(RunColumn.setting($0).title)=\($1.display)" }.joined(separator: " ")
  }

  var record: JSONValue {
    .object(zip(settings, values).map { JSONValue.Member($0, JSONValue($1)) })
  }
}

/// The jobs of a sweep by cell, seed and fold.
struct GateCells {
  /// What tells the jobs of one sweep apart.
  struct Place: Hashable {
    let cell: GateCell
    let seed: Int
    let fold: Int?
  }

  /// In job order.
  private(set) var cells: [GateCell] = []
  private var members: [GateCell: [(place: Place, job: SweepResults.Job)]] = [:]
  private var jobs: [Place: SweepResults.Job] = [:]

  init(_ results: SweepResults, settings: [String]) {
    for job in results.jobs {
      let place = Place(
        cell: GateCell(
          settings: settings, values: settings.map { Self.value(of: $0, in: job) }),
        seed: job.seed, fold: Self.fold(of: job))
      if members[place.cell] == nil { cells.append(place.cell) }
      members[place.cell, default: []].append((place, job))
      jobs[place] = job
    }
  }

  func jobs(of cell: GateCell) -> [(place: Place, job: SweepResults.Job)] { members[cell] ?? [] }

  func job(at place: Place) -> SweepResults.Job? { jobs[place] }

  func seeds(of cell: GateCell) -> Set<Int> { Set(jobs(of: cell).map(\.place.seed)) }

  private static let seed = "seed"
  private static let validation = "dataset.validation"

  private static func fold(of job: SweepResults.Job) -> Int? {
    job.settings[validation]?.mapping?["fold"]?.integer
  }

  private static func value(of setting: String, in job: SweepResults.Job) -> SettingValue {
    let value = job.settings[setting] ?? .null
    guard setting == validation, var parts = value.mapping else { return value }
    parts["fold"] = nil
    return .mapping(parts)
  }

  /// The settings by whose values the cells of several results pair: all that one of them sweeps;
  /// where these do not tell its jobs apart, all in which they differ.
  static func settings(of all: [SweepResults]) -> [String] {
    var swept: [String] = []
    for name in all.flatMap(\.axes) {
      // P and K are parts of the setting batch.
      let setting = name == "P" || name == "K" ? "batch" : name
      if setting != seed, !swept.contains(setting) { swept.append(setting) }
    }
    let isAmbiguous = all.contains {
      GateCells($0, settings: swept).jobs.count < $0.jobs.count
    }
    guard isAmbiguous else { return swept }
    let differing = all.flatMap { results in
      Set(results.jobs.flatMap(\.settings.keys)).filter { name in
        Set(results.jobs.map { value(of: name, in: $0) }).count > 1
      }
    }
    return swept + Set(differing).subtracting(swept + [seed]).sorted()
  }

  /// Settings that all jobs of two results give one value, another one in each; by name.
  static func changedSettings(
    from old: SweepResults, to new: SweepResults, besides swept: [String]
  ) -> [(name: String, before: SettingValue, after: SettingValue)] {
    func common(_ results: SweepResults, _ name: String) -> SettingValue? {
      let values = Set(results.jobs.map { value(of: name, in: $0) })
      return values.count == 1 ? values.first : nil
    }
    let names = Set((old.jobs + new.jobs).flatMap(\.settings.keys))
    return names.subtracting(swept + [seed]).sorted().compactMap { name in
      guard let before = common(old, name), let after = common(new, name), before != after else {
        return nil
      }
      return (name, before, after)
    }
  }
}
