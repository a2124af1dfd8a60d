import Foundation
import TestSupport
import Testing

/// `rll-report sensitivity` on a sweep that was run.
struct SensitivityCommandTests {
  @Test func `a sweep's settings have shares and best values, of trials alone`() throws {
    let practice = try Practice.launched(Practice.sweep)
    let ending = try sensitivity(of: practice, "practice", "--json")
    #expect(ending.status == 0, "\(ending.errors)")
    let object = try #require(
      try JSONSerialization.jsonObject(with: Data(ending.output.utf8)) as? [String: Any])
    #expect(object["method"] as? String == "anova")
    let terms = try #require(object["terms"] as? [[String: Any]])
    let shares = terms.compactMap { $0["share"] as? Double }
    let rest = ["noise_share", "higher_share"].compactMap { object[$0] as? Double }
    #expect(shares.count == 3 && abs((shares + rest).reduce(0, +) - 1) < 1e-12, "\(shares)")
    let effects = try #require(object["main_effects"] as? [[String: Any]])
    #expect(effects.compactMap { $0["setting"] as? String } == ["loss.alpha", "loss.margin"])
  }

  @Test func `a measure that there is not is refused with those that there are`() throws {
    let practice = try Practice.launched()
    let ending = try sensitivity(of: practice, "practice", "--metric", "test/recal@1")
    #expect(ending.status == 64)
    #expect(
      ending.errors.hasPrefix(
        "error: no completed run of practice has test/recal@1. There are test/"), "\(ending.errors)"
    )
  }

  private func sensitivity(
    of practice: Practice, _ arguments: String...
  ) throws -> BuiltProgram.Ending {
    try BuiltProgram.report.run(
      ["sensitivity", "--store", practice.storePath] + arguments, in: practice.folder.path)
  }
}
