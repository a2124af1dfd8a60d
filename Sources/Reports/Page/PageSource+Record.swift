import Store
import Sweeps

extension PageSource {
  /// Everything about the sweep, for the page's program.
  var record: JSONValue {
    let columns = RunColumns(of: runs)
    let used = columns.all.filter { column in
      guard case .setting(let name) = column else { return true }
      return runs.contains { $0.settings[name] != nil }
    }
    let extra = [RunColumn.batchClasses, .batchItems, .fold].filter { column in
      runs.contains { column.value(of: $0) != .null }
    }
    let known = Set((used + extra).map(\.name))
    return .object(
      headlineMembers
        + [
          .init("run_count", .integer(runs.count)),
          .init("axes", .array(comparison.settings.map { .string($0.name) })),
          .init("columns", .array((used + extra).map { PageColumn(column: $0).record(of: runs) })),
          .init(
            "aliases",
            .sorted(columns.aliases.filter { known.contains($0.value) }) {
              .string($0)
            }),
          .init("tags", .array(runs.map { .array($0.tags.map(JSONValue.string)) })),
        ] + cellMembers + [.init("sensitivity", sensitivityRecord), .init("curves", curves)]
        + [.init("nightly", nightly?.record ?? .null)] + environmentMembers
        + [.init("provenance", provenance)])
  }

  private var headlineMembers: [JSONValue.Member] {
    [
      .init("name", .string(title)), .init("description", JSONValue(sweep.launch.sweepDescription)),
      .init("objective", .string(comparison.objective.metric)),
      .init("test_measure", .string(Measure(comparison.objective.metric).onTest)),
      .init("answer", .string(answer)),
      .init("progress", ["text": .string(progress), "is_sound": .bool(isSound)]),
      .init("failures", .array(failures.map { ["text": .string($0)] })),
      .init("facts", .array(facts.map(JSONValue.string))),
      .init("notes", .array(notes.map(JSONValue.string))),
    ]
  }

  /// Environments that differ, and which of them each run has.
  private var environmentMembers: [JSONValue.Member] {
    var different: [[String: String]] = []
    var numbers: [[String: String]: Int] = [:]
    let places = runs.map { run -> Int? in
      guard let environment = environments[run.id] else { return nil }
      if let number = numbers[environment] { return number }
      numbers[environment] = different.count
      different.append(environment)
      return different.count - 1
    }
    return [
      .init("environments", .array(different.map { .sorted($0, transform: JSONValue.string) })),
      .init("environment_of", .array(places.map { JSONValue($0) })),
    ]
  }

  private var provenance: JSONValue {
    let launch = sweep.launch
    let facts = [
      ("launch", launch.id), ("launched at", launch.startedAt.description),
      ("on", launch.host), ("sweep file", launch.file), ("its sha256", launch.textDigest),
      ("objective", "\(launch.objective.metric), \(launch.objective.goal.rawValue)"),
    ]
    let name = ShellWord(sweep.name).text
    return [
      "commands": .array([
        .string(launch.commandLine.map { ShellWord($0).text }.joined(separator: " ")),
        .string("rll-report compare --sweep \(name)"),
        .string("rll-report html \(name) -o \(ShellWord(sweep.name + ".html").text)"),
      ]),
      "file": .string(launch.file), "text": .string(launch.text),
      "facts": .array(facts.map { .array([.string($0.0), .string($0.1)]) }),
    ]
  }
}
