import Store
import TestSupport
import Testing

@Suite struct AnnotationTests {
  @Test func `tags come and go, and doing it twice changes nothing`() throws {
    let fixture = try StoreFixture()
    let runs = try fixture.begin(jobs: 2).jobs.map(\.runID)
    for _ in 0..<2 {
      try fixture.store.tag(runs, add: ["paper", "α good one"], remove: ["none"])
    }
    #expect(
      try fixture.store.runs().map(\.tags) == [["paper", "α good one"], ["paper", "α good one"]])
    try fixture.store.tag([runs[0]], add: [], remove: ["paper"])
    #expect(try fixture.store.runs().map(\.tags) == [["α good one"], ["paper", "α good one"]])
  }

  @Test(arguments: ["", " x", "x ", "a\nb", "\u{1B}[1m", String(repeating: "x", count: 101)])
  func `what is no tag is refused`(tag: String) throws {
    let fixture = try StoreFixture()
    let run = try fixture.begin().jobs[0].runID
    #expect(
      storeErrorText { try fixture.store.tag([run], add: ["fine", tag], remove: []) }
        == "'\(tag)' is no tag; a tag is one line of 1 to 100 characters, with no space at its "
        + "ends")
    #expect(try fixture.store.runs().map(\.tags) == [[]])
  }

  @Test func `one unknown run and none is tagged`() throws {
    let fixture = try StoreFixture()
    let run = try fixture.begin().jobs[0].runID
    #expect(
      storeErrorText { try fixture.store.tag([run, "nobody"], add: ["x"], remove: []) }
        == "there is no run nobody")
    #expect(try fixture.store.runs().map(\.tags) == [[]])
  }

  @Test func `a note is replaced and removed`() throws {
    let fixture = try StoreFixture()
    let run = try fixture.begin().jobs[0].runID
    try fixture.store.note(run, "first\nsecond")
    try fixture.store.note(run, "it's better")
    #expect(try fixture.store.runs().map(\.note) == ["it's better"])
    try fixture.store.note(run, nil)
    #expect(try fixture.store.runs().map(\.note) == [nil])
    #expect(storeErrorText { try fixture.store.note("nobody", "x") } == "there is no run nobody")
  }
}
