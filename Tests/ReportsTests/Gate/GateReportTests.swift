import Foundation
import Reports
import Store
import TestSupport
import Testing

@Suite struct GateReportTests {
  private static func regression() throws -> GateJudgement {
    let shifts = [-0.012, -0.011, -0.013, -0.012, -0.0115]
    return try GateFixture.judge(
      GateFixture.jobs(zip(GateFixture.usual, shifts).map { $0 + $1 }, rate: 0.05)
        + [GateFixture.job(alpha: 3, seed: 0, map: nil, state: .failed)],
      against: GateFixture.jobs(GateFixture.usual), rules: [GateFixture.rules[1]])
  }

  @Test func `the report for people is the recorded one`() throws {
    let text = try Self.regression().report.text(as: .table)
    #expect(try RecordedFile("Tests/Fixtures/gate.txt").content(recording: text) == text)
  }

  @Test func `the JUnit file is the recorded one`() throws {
    let text = try Self.regression().junit
    #expect(try RecordedFile("Tests/Fixtures/gate.xml").content(recording: text) == text)
  }

  @Test func `JSON has the names that scripts rely on`() throws {
    let text = try Self.regression().report.text(as: .json)
    let object = try #require(
      try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
    #expect(object["verdict"] as? String == "regression")
    #expect(object["schema"] as? Int == 1)
    #expect(object["cost"] as? [Any] != nil)
    let check = try #require((object["checks"] as? [[String: Any]])?.first)
    let names = [
      "measure", "cell", "baseline", "current", "difference", "low", "high", "p", "verdict",
    ]
    #expect(Set(names).isSubset(of: check.keys))
    #expect((check["cell"] as? [String: Double]) == ["loss.alpha": 1.2])
    #expect(check["verdict"] as? String == "regression")
    let low = try #require(check["low"] as? Double)
    let high = try #require(check["high"] as? Double)
    #expect(low < high && high < 0)
  }

  @Test func `every format has every check`() throws {
    let report = try Self.regression().report
    for format in OutputFormat.allCases {
      let text = report.text(as: format)
      #expect(text.contains("map"), "\(format)")
    }
    #expect(
      report.text(as: .csv).hasPrefix(
        "measure,cell,reference,method,seeds,baseline,current,difference,low,high,p,p_corrected,"
          + "margin,seeds_needed,verdict"))
  }

  @Test func `the JUnit file is XML whatever names and messages there are`() throws {
    var jobs = GateFixture.jobs(GateFixture.usual)
    jobs[0].job.state = .failed
    jobs[0].job.resultDigest = nil
    jobs[0].job.error = "a <b> & \"c\" ' \u{1} \u{7} \u{FFFE} ]]> \n é 中 \u{1F600}"
    let text = try GateFixture.judge(jobs, against: nil).junit
    let parser = XMLProbe(text)
    #expect(parser.isXML, "\(text)")
    #expect(parser.names.contains("testcase") && parser.names.contains("failure"))
    #expect(parser.messages.contains { $0.contains("a <b> & \"c\" '") })
  }

  @Test func `what cannot be judged is an error in the JUnit file`() throws {
    let text = try GateFixture.judge(GateFixture.jobs(GateFixture.usual), against: nil).junit
    #expect(text.contains("tests=\"3\" failures=\"0\" errors=\"1\""))
    #expect(text.contains("<testcase classname=\"nightly\" name=\"baseline\">"))
    #expect(text.contains("type=\"cannot_judge\""))
  }
}

/// What an XML parser finds in a text.
private struct XMLProbe {
  let isXML: Bool
  let names: Set<String>
  let messages: [String]

  init(_ text: String) {
    let process = Process()
    let (input, output) = (Pipe(), Pipe())
    process.executableURL = URL(fileURLWithPath: "/usr/bin/python3")
    process.arguments = [
      "-c",
      """
      import sys, xml.etree.ElementTree as tree
      root = tree.fromstring(sys.stdin.buffer.read())
      for element in root.iter():
          print(element.tag)
          if "message" in element.attrib: print("message " + element.attrib["message"])
      """,
    ]
    process.standardInput = input
    process.standardOutput = output
    var lines: [String] = []
    var isXML = false
    do {
      try process.run()
      try input.fileHandleForWriting.write(contentsOf: Data(text.utf8))
      try input.fileHandleForWriting.close()
      let printed = try output.fileHandleForReading.readToEnd() ?? Data()
      process.waitUntilExit()
      isXML = process.terminationStatus == 0
      lines = String(decoding: printed, as: UTF8.self).split(separator: "\n").map(String.init)
    } catch {
      Issue.record("\(error)")
    }
    self.isXML = isXML
    names = Set(lines)
    messages = lines.filter { $0.hasPrefix("message ") }
  }
}
