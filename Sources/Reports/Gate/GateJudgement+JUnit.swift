import Store
import Sweeps

extension GateJudgement {
  private struct TestCase {
    var group: String
    var name: String
    var findings: [GateFinding]

    var verdict: GateVerdict { findings.map(\.verdict).reduce(.pass) { $0.joined(with: $1) } }
  }

  /// A report for programs that collect tests: a case for each measure of each cell, and one for
  /// each other subject. A regression is a failure. What cannot be judged is an error and not
  /// skipped, as nobody looks at what was skipped.
  package var junit: String {
    let cases = subjectCases + measureCases
    let counts = [GateVerdict.regression, .cannotJudge].map { verdict in
      cases.count { $0.verdict == verdict }
    }
    let numbers = "tests=\"\(cases.count)\" failures=\"\(counts[0])\" errors=\"\(counts[1])\""
    let suite = Self.attribute("name", launch.sweepName)
    let place =
      Self.attribute("hostname", launch.host)
      + Self.attribute("timestamp", String(launch.startedAt.description.prefix(19)))
    return """
      <?xml version="1.0" encoding="UTF-8"?>
      <testsuites name="rll-report gate" \(numbers)>
        <testsuite\(suite) \(numbers) skipped="0"\(place)>
      \(cases.map(Self.text).joined(separator: "\n"))
        </testsuite>
      </testsuites>

      """
  }

  private var subjectCases: [TestCase] {
    let always: [GateFinding.Subject] = [.bits, .jobs, .baseline]
    return (always + [.sweep, .age]).compactMap { subject in
      let own = findings.filter { $0.subject == subject }
      guard !own.isEmpty || always.contains(subject) else { return nil }
      return TestCase(group: launch.sweepName, name: subject.rawValue, findings: own)
    }
  }

  private var measureCases: [TestCase] {
    var cases: [TestCase] = []
    for check in checks {
      let group = "\(launch.sweepName).\(check.measure)"
      let findings = check.finding.map { [$0] } ?? []
      if let place = cases.firstIndex(where: { $0.group == group && $0.name == check.cell.label }) {
        cases[place].findings += findings
      } else {
        cases.append(TestCase(group: group, name: check.cell.label, findings: findings))
      }
    }
    return cases
  }

  private static func text(of test: TestCase) -> String {
    let head = "    <testcase\(attribute("classname", test.group))\(attribute("name", test.name))"
    let verdict = test.verdict
    guard verdict != .pass else { return head + "/>" }
    let element = verdict == .regression ? "failure" : "error"
    let own = test.findings.filter { $0.verdict == verdict }.map(\.text)
    let lines = test.findings.map { escaped($0.sentence) }
    return """
      \(head)>
            <\(element)\(attribute("message", own.first ?? ""))\(attribute("type", verdict.rawValue))>\
      \(lines.joined(separator: "\n"))</\(element)>
          </testcase>
      """
  }

  private static func attribute(_ name: String, _ value: String) -> String {
    " \(name)=\"\(escaped(value))\""
  }

  /// XML 1.0 has no way to write most control characters, nor U+FFFE and U+FFFF.
  private static func escaped(_ text: String) -> String {
    var result = ""
    for scalar in PrintableText.oneLine(text).unicodeScalars {
      switch scalar {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "\"": result += "&quot;"
      case "\u{FFFE}", "\u{FFFF}": result += " "
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }
}
