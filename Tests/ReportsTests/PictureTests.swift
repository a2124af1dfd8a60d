import Foundation
import FoundationXML
import Reports
import Store
import Sweeps
import TestSupport
import Testing

/// Pictures as SVG files.
@Suite struct PictureTests {
  /// Two margins, three α, two seeds.
  private static let runs: [RunSummary] = (0..<12).map { number in
    let alphas = [1.0, 1.2, 1.6]
    return SampleRuns.run(
      "r\(number)", alpha: alphas[number / 2 % 3], margin: [0.2, 0.4][number / 6],
      seed: number % 2, validation: 0.5 + Double(number * 5 % 12) / 100)
  }

  private static func sensitivity(
    _ runs: [RunSummary] = runs, axes: [String] = ["loss.margin", "loss.alpha"]
  ) throws -> SweepSensitivity {
    try SweepSensitivity(
      sweep: "practice", objective: Objective(), axes: axes, runs: runs)
  }

  private static func curves(of runs: [RunSummary]) throws -> [MeasureCurve] {
    try runs.enumerated().flatMap { number, run in
      let points = (1...4).map { step in
        MetricPoint(
          name: "train/loss", step: step * 50,
          value: number == 0 && step == 2 ? .nan : 1 / Double(step + number))
      }
      return try MeasureCurve.curves(of: run.id, history: points, names: [])
    }
  }

  private func check(_ picture: Picture, recorded name: String) throws {
    let text = picture.text
    #expect(XMLParser(data: Data(text.utf8)).parse(), "\(name) is no XML")
    let recorded = try RecordedFile("Tests/Fixtures/\(name)").content(recording: text)
    #expect(text == recorded)
  }

  @Test func `two settings are a table of colours with the best outlined`() throws {
    let picture = try HeatMapPicture(Self.sensitivity(), settings: ("alpha", "loss.margin")).picture
    #expect(picture.title == "Mean validation/map@r by alpha and margin")
    #expect(picture.text.matches(of: /stroke="#000000"/).count == 1)
    try check(picture, recorded: "heatmap.svg")
  }

  @Test func `without names a heat map has the two settings that matter most`() throws {
    let picture = try HeatMapPicture(Self.sensitivity()).picture
    #expect(picture.title.contains("alpha") && picture.title.contains("margin"))
  }

  @Test func `box plots have one scale and every run`() throws {
    let picture = BoxPicture(try Self.sensitivity()).picture
    #expect(picture.text.matches(of: /<circle/).count == 24)
    try check(picture, recorded: "boxes.svg")
  }

  @Test func `parallel coordinates have a line for each run`() throws {
    let picture = ParallelPicture(try Self.sensitivity()).picture
    #expect(picture.text.matches(of: /<path/).count == 12)
    try check(picture, recorded: "parallel.svg")
  }

  @Test func `seeds are thin lines about their mean, and nothing is drawn where no number is`()
    throws
  {
    let runs = Array(Self.runs[0..<4])
    let picture = CurvePicture.picture(try Self.curves(of: runs), of: runs)
    #expect(picture.title == "train/loss of 4 runs over the steps")
    #expect(picture.text.matches(of: /<path/).count == 6)
    #expect(!picture.text.contains(/[" ML]-?(?:nan|inf)/))
    try check(picture, recorded: "curves.svg")
  }

  @Test func `labels have room, and test figures are called so`() throws {
    let runs = Self.runs.map { run in
      var run = run
      let name = run.settings["loss.margin"] == .number(0.2) ? "a" : "a-loss-of-a-long-name"
      run.settings["loss.name"] = .text(name)
      run.metrics["test/map@r"] = run.metrics["validation/map@r"]
      return run
    }
    let sensitivity = try SweepSensitivity(
      sweep: "practice", objective: Objective(metric: "test/map@r"),
      axes: ["loss.name", "loss.alpha"], runs: runs)
    let pictures = [
      try HeatMapPicture(sensitivity, settings: ("loss.name", "alpha")).picture,
      BoxPicture(sensitivity).picture, ParallelPicture(sensitivity).picture,
    ]
    for picture in pictures {
      #expect(
        picture.text.contains("test/map@r, higher is better, test figures: nothing to choose by"))
    }
    // 21 letters of 6.4 and the gap.
    #expect(pictures[0].text.contains("width=\"142.4\""), "\(pictures[0].text)")
    #expect(pictures[2].text.contains("x=\"148.4\""), "\(pictures[2].text)")
  }

  @Test func `hostile names stay text`() throws {
    let runs = Self.runs.map { run in
      var run = run
      run.settings["loss.name"] = .text(
        run.settings["loss.margin"] == .number(0.2) ? "<a>&\"\u{1}" : "b")
      return run
    }
    let picture = BoxPicture(
      try Self.sensitivity(runs, axes: ["loss.name", "loss.alpha"])
    ).picture
    #expect(XMLParser(data: Data(picture.text.utf8)).parse())
    #expect(picture.text.contains("&lt;a&gt;&amp;&quot;\u{FFFD}"))
  }

  @Test(arguments: [
    (("alpha", "loss.alpha"), "a heat map needs two settings; both are alpha"),
    (
      ("alpha", "steps"),
      "'steps' does not vary in practice; what does is loss.margin, loss.alpha"
    ),
  ])
  func `what cannot be a heat map says why`(names: (String, String), message: String) throws {
    let sensitivity = try Self.sensitivity()
    let error = #expect(throws: ReportError.self) {
      try HeatMapPicture(sensitivity, settings: names)
    }
    #expect(error?.description == message)
  }

  @Test func `one setting is no heat map`() throws {
    let sensitivity = try Self.sensitivity(Array(Self.runs[0..<6]), axes: ["loss.alpha"])
    let error = #expect(throws: ReportError.self) { try HeatMapPicture(sensitivity) }
    #expect(
      error?.description == "a heat map needs two settings that vary; practice has one")
  }
}
