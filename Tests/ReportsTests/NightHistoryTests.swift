import Foundation
import Reports
import Store
import Sweeps
import Testing

/// The section of nights in the page's data.
struct NightHistoryTests {
  private static let gate = [GateRule(measure: "test/map@r", margin: 0.005)]

  @Test func `a page has the nights of its sweep beside the baseline`() throws {
    let fixture = try PageStore(gate: Self.gate)
    try fixture.completeAll()
    try fixture.keepNight(.pass, asBaseline: true)
    let page = try fixture.page()
    #expect(page.text("sweeps.0.nightly.baseline") == "main")
    #expect(page.text("sweeps.0.nightly.nights.0.verdict") == "pass")
    #expect(page.text("sweeps.0.nightly.nights.0.summary") == "all is well")
    #expect(page.text("sweeps.0.nightly.nights.0.at") == "2023-11-14T22:13:20.000Z")
    #expect(page.text("sweeps.0.nightly.measures.0.name") == "test/map@r")
    #expect(page.number("sweeps.0.nightly.measures.0.margin") == 0.005)
    #expect(
      page.text("sweeps.0.nightly.measures.0.cells.1.label") == "margin=0.2 temperature=inf")
    let mean = try #require(page.number("sweeps.0.nightly.measures.0.cells.1.values.0"))
    #expect(abs(mean - 0.325) < 1e-12)
    #expect(page.number("sweeps.0.nightly.measures.0.cells.1.baseline") == mean)
  }

  @Test func `a sweep without nights has no such section`() throws {
    let fixture = try PageStore(gate: Self.gate)
    try fixture.completeAll()
    let sweeps = try #require(try fixture.page().value("sweeps") as? [[String: Any]])
    #expect(sweeps[0]["nightly"] is NSNull)
  }

  @Test func `nights without a baseline, and of no gated measure, are there too`() throws {
    let fixture = try PageStore()
    try fixture.complete(0, ["test/map@r": 0.4])
    try fixture.keepNight(.cannotJudge)
    let page = try fixture.page()
    #expect(page.text("sweeps.0.nightly.nights.0.verdict") == "cannot_judge")
    #expect((page.value("sweeps.0.nightly.measures") as? [Any])?.isEmpty == true)
  }
}
