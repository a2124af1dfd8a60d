package import Store

/// One thing that the gate found, as a sentence without its full stop.
package struct GateFinding: Sendable, Hashable {
  package enum Subject: String, Sendable {
    case bits, jobs, measures, baseline, age, sweep
  }

  package let verdict: GateVerdict
  package let subject: Subject
  package let text: String

  init(_ verdict: GateVerdict, _ subject: Subject, _ text: String) {
    self.verdict = verdict
    self.subject = subject
    self.text = text
  }
}
