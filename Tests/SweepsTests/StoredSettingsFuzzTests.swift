import Foundation
import Sweeps
import TestSupport
import Testing

/// Settings from a store or a run folder: what a sweep file gave is sound, and nothing that it
/// could not have given.
struct StoredSettingsFuzzTests {
  private static let pathOfData: [String: SettingValue] = ["dataset.path": .text("d.h5")]

  /// Every loss and optimizer with all of its settings, and each form that a setting may have.
  private static func sound() throws -> [[String: SettingValue]] {
    let selectors = SettingsCatalog.settings.compactMap(\.owner)
    let catalog = selectors.flatMap { owner in
      owner.choices.map { choice in
        SettingsCatalog.completed(pathOfData.merging([owner.selector: .text(choice)]) { $1 })
      }
    }
    let written = try SweepMutationTests.overrides.map { override in
      let sweep = try SweepFixture.expand(SweepFixture.sweep(""), overrides: [override])
      return try #require(sweep.jobs.first).settings
    }
    return catalog + written
  }

  @Test func `what a sweep file gives is sound, before and after it was stored`() throws {
    for settings in try Self.sound() {
      #expect(SettingsCatalog.unsound(in: settings) == nil)
      let stored = try JSONDecoder().decode(
        [String: SettingValue].self, from: try JSONEncoder().encode(settings))
      #expect(SettingsCatalog.unsound(in: stored) == nil)
    }
  }

  @Test func `the digest of names that a plan adds is sound`() {
    var settings = Self.pathOfData
    let form: [String: SettingValue] = ["share": .number(0.2), "group_by": .text("^(.*)/")]
    settings["dataset.validation"] = .mapping(form.merging(["class_names": .text("a1")]) { $1 })
    #expect(SettingsCatalog.unsound(in: settings) == nil)
    settings["dataset.validation"] = .mapping(form.merging(["class_names": .number(1)]) { $1 })
    #expect(SettingsCatalog.unsound(in: settings) == "dataset.validation")
  }

  @Test(
    arguments: [
      ("seed", .number(-1)), ("seed", .number(0.5)), ("steps", .number(-3)),
      ("checkpoint.every", .number(0)), ("evaluation.every", .number(0)),
      ("batch", .text("0x3")), ("batch", .text("9223372036854775807x3")),
      ("model.hidden", .list([.number(-1)])), ("model.embedding", .text("64")),
      ("evaluation.few_shot", .mapping(["ways": .list([.number(0)])])),
      ("schedule", .mapping([:])), ("model.bias", .null), ("loss.alpha", .number(.nan)),
      ("dataset.validation", .mapping(["folds": .number(0), "fold": .number(0)])),
    ] as [(String, SettingValue)])
  func `what no sweep file could give is named`(name: String, value: SettingValue) {
    let settings = SettingsCatalog.completed(Self.pathOfData.merging([name: value]) { $1 })
    #expect(SettingsCatalog.unsound(in: settings) == name)
  }

  @Test(.timeLimit(.minutes(60)))
  func `damaged settings are sound or refused, and never end the program`() throws {
    let run = FuzzRun("StoredSettingsFuzzTests", usually: 2_000)
    let originals = try Self.sound()
    var refused = 0
    for input in run.inputs {
      var generator = run.generator(of: input)
      var settings = originals[input % originals.count]
      for _ in 0..<Int.random(in: 1...3, using: &generator) {
        let names = settings.keys.sorted()
        let name = names[Int.random(in: 0..<names.count, using: &generator)]
        settings[name] = Self.damaged(settings[name], depth: 0, using: &generator)
      }
      if SettingsCatalog.unsound(in: settings) != nil {
        refused += 1
        continue
      }
      // What the training half takes without asking again.
      for name in ["steps", "evaluation.every", "checkpoint.every", "model.embedding"] {
        #expect(settings[name]?.integer ?? 1 >= 1, "\(run.place(of: input)): \(name)")
      }
      for name in ["seed", "dataset.split_seed"] {
        #expect(settings[name]?.integer ?? 0 >= 0, "\(run.place(of: input)): \(name)")
      }
      if let batch = settings["batch"]?.text {
        #expect(BatchShape(batch) != nil, "\(run.place(of: input)): \(batch)")
      }
    }
    #expect(refused > run.inputs.count / 2, "seed \(run.seed): \(refused) refused")
    #expect(refused < run.inputs.count, "seed \(run.seed): \(refused) refused")
  }

  private static let values: [SettingValue] = [
    .null, .bool(true), .bool(false), .number(0), .number(-0.0), .number(-1), .number(1),
    .number(0.5), .number(1e300), .number(.leastNonzeroMagnitude), .number(0x1p53), .number(0x1p63),
    .number(.infinity), .number(-.infinity), .number(.nan), .text(""), .text("inf"), .text("x"),
    .text("0x0"), .text("60x3"), .text("3"), .text("(((((((("), .text("^(.*)/"), .text("\0"),
    .list([]), .mapping([:]), .mapping(["": .null]), .mapping(["share": .number(0.1)]),
  ]

  /// Another value, or the same with one of its parts changed, added or taken away.
  private static func damaged(
    _ value: SettingValue?, depth: Int, using generator: inout SplitMix
  ) -> SettingValue? {
    let other = values[Int.random(in: 0..<values.count, using: &generator)]
    guard Int.random(in: 0..<4, using: &generator) > 0 else { return depth == 0 ? nil : other }
    switch value {
    case .list(var parts):
      let place = Int.random(in: 0...parts.count, using: &generator)
      guard place < parts.count else { return .list(parts + [other]) }
      let part = damaged(parts[place], depth: depth + 1, using: &generator) ?? other
      parts.replaceSubrange(place...place, with: Bool.random(using: &generator) ? [part] : [])
      return .list(parts)
    case .mapping(var parts):
      let keys = parts.keys.sorted() + ["class_names", "fold", "at"]
      let key = keys[Int.random(in: 0..<keys.count, using: &generator)]
      parts[key] = damaged(parts[key], depth: depth + 1, using: &generator)
      return .mapping(parts)
    case .number(let number) where Bool.random(using: &generator): return .number(number + 1)
    default: return other
    }
  }
}
