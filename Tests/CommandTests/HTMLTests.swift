import Foundation
import TestSupport
import Testing

struct HTMLTests {
  /// Enough of d3 for a page that nobody looks at.
  private static let drawing = "// https://d3js.org v5.16.0\n"

  private func html(
    _ practice: Practice, _ arguments: String..., library: String? = drawing
  ) throws -> BuiltProgram.Ending {
    if let library { try practice.folder.write(library, to: "d3.js") }
    return try BuiltProgram.report.run(
      ["html"] + arguments + ["--store", practice.storePath], in: practice.folder.path,
      environment: ["RLL_D3": practice.folder.file("d3.js")])
  }

  private func launched() throws -> Practice {
    let practice = try Practice()
    try practice.write(Practice.sweep.replacing("seeds: 2", with: "seeds: 1"))
    #expect(try practice.launch().status == 0)
    return practice
  }

  @Test func `a page is one file, or standard output`() throws {
    let practice = try launched()
    let ending = try html(practice, "latest", "-o", "page.html")
    #expect(ending.status == 0, "\(ending.errors)")
    #expect(ending.output.isEmpty && ending.errors.isEmpty)
    let page = try String(contentsOfFile: practice.folder.file("page.html"), encoding: .utf8)
    #expect(page.hasPrefix("<!doctype html>") && page.contains(Self.drawing))
    let printed = try html(practice, "practice", "-o", "-")
    #expect(printed.output.hasPrefix("<!doctype html>"))
  }

  @Test func `what keeps a page from being written is said with a way out`() throws {
    let practice = try launched()
    let d3 = practice.folder.file("d3.js")
    let missing = try html(practice, "latest", "-o", "page.html", library: nil)
    #expect(missing.status == 65)
    #expect(
      missing.errors
        == "error: the drawing library d3 is not at \(d3). Install Debian's package node-d3 (apt "
        + "install node-d3), or name a d3.min.js of version 5 with --d3 or RLL_D3\n")
    let other = try html(practice, "latest", "-o", "page.html", library: "// https://d3js.org v7\n")
    #expect(other.status == 65)
    #expect(
      other.errors
        == "error: \(d3) is not d3 of version 5, which its first line would say; Debian 12's "
        + "node-d3 has it\n")
    let ending = try html(
      practice, "latest", "-o", "page.html", library: Self.drawing + "'</script>'")
    #expect(ending.status == 65)
    #expect(ending.errors == "error: \(d3) holds '</script' and cannot stand in a page\n")
    let folder = try html(practice, "latest", "-o", "nowhere/page.html")
    #expect(folder.status == 74)
    #expect(
      folder.errors
        == "error: nowhere/page.html cannot be written: there is no \(practice.folder.file("nowhere")). "
        + "Name another file\n")
    let sweep = try html(practice, "other", "-o", "page.html")
    #expect(sweep.status == 64)
    #expect(sweep.errors.hasPrefix("error: there is no sweep 'other'."))
    let metric = try html(practice, "latest", "-o", "page.html", "--metric", "train/los")
    #expect(metric.status == 64)
    #expect(
      metric.errors.hasPrefix("error: no run has a history of 'train/los'; there are train/loss"))
    #expect(!FileManager.default.fileExists(atPath: practice.folder.file("page.html")))
  }
}
