import Sweeps
import Testing

@Suite struct SettingsCatalogTests {
  /// What must be chosen for a job to have a setting.
  private static func choice(for setting: SettingDefinition) -> String {
    let choice = setting.owner?.choices[0]
    let levels = choice == "multimodal" ? "  levels: [high, low]\n" : ""
    return setting.owner.map { levels + "  \($0.selector): \($0.choices[0])\n" } ?? ""
  }

  private static func written(_ value: SettingValue) -> String {
    value.number == nil ? value.canonicalJSON : value.display
  }

  @Test func `every default is an allowed value of its setting`() throws {
    for setting in SettingsCatalog.settings {
      guard let value = setting.defaultValue else { continue }
      let sweep = try SweepFixture.expand(
        "name: a\nbase:\n  dataset.path: d.h5\n\(Self.choice(for: setting))"
          + "  \(setting.name): \(Self.written(value))\n")
      #expect(sweep.jobs.first?.settings[setting.name] == value, "\(setting.name)")
    }
  }

  @Test func `a job has the settings of its loss and optimiser, each with its own default`() throws
  {
    for loss in Self.choices(of: "loss.name") {
      for optimizer in Self.choices(of: "optimizer.name") {
        let levels = loss == "multimodal" ? ", levels: [high, low]" : ""
        let sweep = try SweepFixture.expand(
          SweepFixture.sweep("sweep: {loss: [\(loss)], optimizer: [\(optimizer)]}\n")
            .replacing("{dataset: d.h5}", with: "{dataset: {path: d.h5\(levels)}}"))
        let job = try #require(sweep.jobs.first)
        var expected: [String: SettingValue] = [:]
        for setting in SettingsCatalog.settings {
          if let owner = setting.owner,
            !owner.choices.contains(owner.selector == "loss.name" ? loss : optimizer)
          {
            continue
          }
          expected[setting.name] = setting.defaultValue
        }
        expected["loss.name"] = .text(loss)
        expected["optimizer.name"] = .text(optimizer)
        expected["dataset.path"] = .text("sweeps/d.h5")
        expected["dataset.levels"] = job.settings["dataset.levels"]
        #expect(job.settings == expected, "\(loss), \(optimizer)")
      }
    }
  }

  private static func choices(of selector: String) -> [String] {
    var choices: [String] = []
    for setting in SettingsCatalog.settings {
      guard let owner = setting.owner, owner.selector == selector else { continue }
      choices += owner.choices.filter { !choices.contains($0) }
    }
    return choices
  }

  @Test func `every spelling leads to its setting`() throws {
    for (setting, names) in SettingsCatalog.spellings {
      let definition = SettingsCatalog.definitions(named: setting).first
      let value =
        switch setting {
        case "P", "K", "checkpoint.every": "5"
        case "dataset.path", "dataset.train", "dataset.test", "dataset.levels", "initial": "high"
        case "dataset.paths": "[high.h5]"
        case "dataset.keys": "{features: feats}"
        case "dataset.labels": "{from: names, pattern: (a)}"
        default: definition?.defaultValue.map(Self.written) ?? ""
        }
      for name in names {
        let path =
          switch setting {
          case "dataset.path", "dataset.paths": ""
          case "dataset.train": "  dataset.test: d.h5\n"
          case "dataset.test": "  dataset.train: d.h5\n"
          default: "  dataset.path: d.h5\n"
          }
        let choice = definition.map(Self.choice) ?? ""
        let sweep = try SweepFixture.expand(
          "name: a\nbase:\n\(path)\(choice)  \(name): \(value)\n")
        let stored = setting == "P" || setting == "K" ? "batch" : setting
        #expect(sweep.jobs.first?.origins[stored] != .defaults, "\(name)")
      }
    }
  }

  @Test func `no owner has a setting twice and defaults have a version`() {
    var seen: Set<String> = []
    for setting in SettingsCatalog.settings {
      for choice in setting.owner?.choices ?? [""] {
        #expect(seen.insert(setting.name + " " + choice).inserted, "\(setting.name) of \(choice)")
      }
    }
    #expect(SettingsCatalog.defaultsVersion == 2)
  }
}
