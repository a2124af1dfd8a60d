import Foundation
import TestSupport
import Testing

/// `rll-report plot` and `curves --svg` on a sweep that was run.
struct PlotTests {
  private func report(
    _ practice: Practice, _ arguments: [String]
  ) throws -> BuiltProgram.Ending {
    try BuiltProgram.report.run(
      arguments + ["--store", practice.storePath], in: practice.folder.path)
  }

  @Test func `each kind of picture is a whole file`() throws {
    let practice = try Practice.launched(Practice.sweep)
    let commands = [
      ["plot", "heatmap", "practice"], ["plot", "boxes", "practice", "--metric", "test/map@r"],
      ["plot", "parallel", "practice"], ["curves", "latest", "--metric", "train/loss"],
    ]
    for (number, command) in commands.enumerated() {
      let ending = try report(practice, command + ["--svg", "\(number).svg"])
      #expect(ending.status == 0 && ending.output.isEmpty, "\(command): \(ending.errors)")
      let text = try String(contentsOfFile: practice.folder.file("\(number).svg"), encoding: .utf8)
      #expect(text.hasPrefix("<svg ") && text.hasSuffix("</svg>\n"), "\(command)")
      #expect(try report(practice, command + ["--svg", "-"]).output == text)
    }
  }

  @Test(arguments: [
    (
      ["plot", "boxes", "practice", "--settings", "a,b", "--svg", "x.svg"],
      "error: --settings names the two settings of a heatmap: across,down\n"
    ),
    (
      ["plot", "heatmap", "practice", "--settings", "alpha", "--svg", "x.svg"],
      "error: --settings names the two settings of a heatmap: across,down\n"
    ),
  ])
  func `wrong usage`(arguments: [String], start: String) throws {
    let practice = try Practice()
    let ending = try report(practice, arguments)
    #expect(ending.status == 64)
    #expect(ending.errors.hasPrefix(start), "\(ending.errors)")
  }

  @Test func `a file that cannot be written is named`() throws {
    let practice = try Practice.launched(Practice.sweep)
    let ending = try report(practice, ["plot", "boxes", "practice", "--svg", "no/such/x.svg"])
    #expect(ending.status == 74)
    #expect(
      ending.errors.contains("no/such/x.svg cannot be written: there is no "),
      "\(ending.errors)")
  }
}
