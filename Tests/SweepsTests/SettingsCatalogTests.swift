import Sweeps
import Testing

@Suite struct SettingsCatalogTests {
  @Test func `every default is an allowed value of its setting`() throws {
    for setting in SettingsCatalog.settings {
      guard let value = setting.defaultValue else { continue }
      let sweep = try SweepFixture.expand(
        "name: a\nbase:\n  dataset.path: d.h5\n  \(setting.name): \(value.canonicalJSON)\n")
      #expect(sweep.jobs.first?.settings[setting.name] == value, "\(setting.name)")
    }
  }

  @Test func `every spelling leads to its setting`() throws {
    for (setting, names) in SettingsCatalog.spellings {
      let value =
        switch setting {
        case "P", "K": "5"
        case "dataset.path", "dataset.levels": "high"
        default: SettingsCatalog.definition(named: setting)?.defaultValue?.canonicalJSON ?? ""
        }
      for name in names {
        let path = setting == "dataset.path" ? "" : "  dataset.path: d.h5\n"
        let sweep = try SweepFixture.expand("name: a\nbase:\n\(path)  \(name): \(value)\n")
        let stored = setting == "P" || setting == "K" ? "batch" : setting
        #expect(sweep.jobs.first?.origins[stored] != .defaults, "\(name)")
      }
    }
  }

  @Test func `names are unique and defaults have a version`() {
    let names = SettingsCatalog.settings.map(\.name)
    #expect(Set(names).count == names.count)
    #expect(SettingsCatalog.defaultsVersion == 1)
  }
}
