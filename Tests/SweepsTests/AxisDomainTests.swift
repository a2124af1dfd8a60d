import Sweeps
import Testing

@Suite struct AxisDomainTests {
  @Test(arguments: [
    ("{range: [0.2, 0.6, 0.2]}", "0.2 0.4 0.6"),
    ("{range: [0, 1, 0.1]}", "0 0.1 0.2 0.3 0.4 0.5 0.6 0.7 0.8 0.9 1"),
    ("{range: [1e-3, 3e-3, .001]}", "0.001 0.002 0.003"),
    ("{range: [5, 5, 1]}", "5"),
    ("{range: [100, 300, 1e2]}", "100 200 300"),
    ("{range: [0, 0.00003, 0.00001]}", "0 1e-05 2e-05 3e-05"),
    ("{linspace: [0.3, 0.7, 3]}", "0.3 0.5 0.7"),
    ("{linspace: [0, 1, 4]}", "0 0.333333333333333 0.666666666666667 1"),
    ("{linspace: [1, 0, 3]}", "1 0.5 0"),
    ("{linspace: [2, 2, 1]}", "2"),
    ("{linspace: [0, 0.7, 8]}", "0 0.1 0.2 0.3 0.4 0.5 0.6 0.7"),
    ("{logspace: [0.001, 10, 5]}", "0.001 0.01 0.1 1 10"),
    ("{logspace: [1, 4, 3]}", "1 2 4"),
    ("[0, 10, inf]", "0 10 inf"),
    ("[1e-3, .5, +1, 1.50]", "0.001 0.5 1 1.5"),
  ])
  func `a domain has exactly these values`(domain: String, values: String) throws {
    let sweep = try SweepFixture.expand(SweepFixture.sweep("sweep: {T: \(domain)}\n"))
    #expect(
      SweepFixture.values(of: "loss.temperature", in: sweep).joined(separator: " ") == values)
    #expect(sweep.warnings == [])
  }

  @Test func `every value of a range is the number typed with as many digits`() throws {
    for (step, count) in [("0.1", 20), ("0.01", 200), ("0.03", 66), ("0.007", 285)] {
      let places = step.count - 2
      let sweep = try SweepFixture.expand(
        SweepFixture.sweep("sweep: {T: {range: [0, \(step), \(step)]}, steps: [1, 2]}\n"))
      #expect(sweep.jobs.count == 4)
      let unit = Int(step.dropFirst(2).drop { $0 == "0" }) ?? 0
      let stop = Self.decimal(unit * count, places: places)
      let long = try SweepFixture.expand(
        SweepFixture.sweep("sweep: {T: {range: [0, \(stop), \(step)]}}\n"))
      let typed = (0...count).map { Double(Self.decimal(unit * $0, places: places)) }
      #expect(long.jobs.map { $0.settings["loss.temperature"]?.number } == typed, "step \(step)")
    }
  }

  /// `units` × 10^-places.
  private static func decimal(_ units: Int, places: Int) -> String {
    let digits = String(units)
    let padded = String(repeating: "0", count: max(0, places + 1 - digits.count)) + digits
    return padded.dropLast(places) + "." + padded.suffix(places)
  }

  @Test func `a range that misses its stop says so`() throws {
    let sweep = try SweepFixture.expand(SweepFixture.sweep("sweep: {T: {range: [0, 1, 0.3]}}\n"))
    #expect(SweepFixture.values(of: "loss.temperature", in: sweep) == ["0", "0.3", "0.6", "0.9"])
    #expect(
      sweep.warnings == [
        "sweeps/demo.yaml:3:20: the range ends at 0.9: no whole number of steps leads to 1"
      ])
  }

  @Test(arguments: [
    "{range: [1e-300, 1, 1e-300]}", "{range: [0, 1e300, 1]}", "{linspace: [1e-300, 1e300, 3]}",
    "{range: [0, 123456789012345678901234567890123, 1]}", "{range: [0, 1, [1]]}",
    "{range: {start: 1}}", "{range: 3}", "{range: [0, 1, 0.5], linspace: [0, 1, 2]}",
  ])
  func `what cannot be computed exactly is refused`(domain: String) {
    #expect(throws: SweepError.self) {
      try SweepFixture.expand(SweepFixture.sweep("sweep: {T: \(domain)}\n"))
    }
  }
}
