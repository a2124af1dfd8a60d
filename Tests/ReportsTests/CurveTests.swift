import Reports
import Store
import Testing

@Suite struct CurveTests {
  private static let history = [
    MetricPoint(name: "train/loss", step: 50, value: 0.5),
    MetricPoint(name: "train/loss", step: 100, value: 0.25),
    MetricPoint(name: "train/loss", step: 150, value: 0.25),
    MetricPoint(name: "validation/map@r", step: 50, value: 0.4),
    MetricPoint(name: "validation/map@r", step: 100, value: 0.5),
    MetricPoint(name: "validation/map@r", step: 150, value: .nan),
  ]

  @Test func `curves show first, last and best values`() throws {
    let curves = try MeasureCurve.curves(of: "3f2a9c0100000000", history: Self.history, names: [])
    #expect(
      CurveReport.report(curves).text(as: .table) == """
        measure           evaluations    first    last     best  at step  curve
        train/loss                  3   0.5000  0.2500   0.2500      100  █▁▁
        validation/map@r            3  40.00%      nan  50.00%       100  ▁█

        """)
  }

  @Test func `programs get every point`() throws {
    let curves = try MeasureCurve.curves(
      of: "3f2a9c0100000000", history: Self.history, names: ["validation/map@r"])
    let report = CurveReport.report(curves)
    #expect(
      report.text(as: .csv) == """
        run_id,name,step,value
        3f2a9c0100000000,validation/map@r,50,0.4
        3f2a9c0100000000,validation/map@r,100,0.5
        3f2a9c0100000000,validation/map@r,150,

        """)
    #expect(
      report.text(as: .jsonl) == """
        {"schema":1,"run_id":"3f2a9c0100000000","name":"validation/map@r","steps":[50,100,150],\
        "values":[0.4,0.5,null],"first":0.4,"last":null,"best":0.5,"best_step":100}

        """)
  }

  @Test func `an unknown measure is refused with those there are`() {
    do {
      _ = try MeasureCurve.curves(of: "3f2a", history: Self.history, names: ["nonsense"])
      Issue.record("no error was thrown")
    } catch {
      #expect(
        "\(error)"
          == "run 3f2a has no history of 'nonsense'; it has train/loss, validation/map@r")
    }
  }
}
