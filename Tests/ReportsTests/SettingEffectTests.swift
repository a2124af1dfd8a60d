import Reports
import Store
import Sweeps
import Testing

struct SettingEffectTests {
  private func effects(of runs: [RunSummary]) -> [SettingEffect] {
    SettingEffect.all(
      of: Replicate.all(of: runs, averagingFolds: true), settings: [.setting("loss.margin")],
      measure: "validation/map@r")
  }

  @Test func `a setting of one value has no effect`() {
    #expect(effects(of: SampleRuns.grid).isEmpty)
  }

  @Test func `with one seed the interval is over runs`() throws {
    let runs = [(0.2, 0.1), (0.2, 0.3), (0.4, 0.5), (0.4, 0.5)].enumerated().map {
      SampleRuns.run("a\($0)", margin: $1.0, validation: $1.1)
    }
    let levels = try #require(effects(of: runs).first).levels
    #expect(levels.map(\.text) == ["0.2", "0.4"])
    #expect(levels.map(\.statistics.count) == [2, 2])
    #expect(abs(levels[0].statistics.mean - 0.2) < 1e-15)
  }

  @Test func `many numbers are put into six ranges of equal counts`() throws {
    let runs = (1...24).map { SampleRuns.run("a\($0)", margin: Double($0) / 10, validation: 0.5) }
    let levels = try #require(effects(of: runs).first).levels
    #expect(
      levels.map(\.text)
        == ["0.1 – 0.4", "0.5 – 0.8", "0.9 – 1.2", "1.3 – 1.6", "1.7 – 2", "2.1 – 2.4"])
    #expect(levels.map(\.values.count) == [4, 4, 4, 4, 4, 4])
  }

  @Test func `runs without the measure do not count`() throws {
    let runs =
      [(0.2, 0.1), (0.4, 0.5)].enumerated().map {
        SampleRuns.run("a\($0)", margin: $1.0, validation: $1.1)
      } + [
        SampleRuns.run("b", margin: 0.4, validation: .nan), SampleRuns.run("c", margin: 0.4),
        SampleRuns.run("d", margin: 0.4, state: .failed, validation: 0.9),
      ]
    #expect(effects(of: runs).first?.levels.map(\.values) == [[0.1], [0.5]])
  }
}
