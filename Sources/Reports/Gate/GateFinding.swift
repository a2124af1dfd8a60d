package import Store

/// One thing that the gate found.
package struct GateFinding: Sendable, Hashable {
  package enum Subject: String, Sendable {
    case bits, jobs, measures, baseline, age, sweep
  }

  package let verdict: GateVerdict
  package let subject: Subject
  /// A sentence without its full stop.
  package let text: String
  /// What to do, which ends with a command; nil where there is none.
  package let advice: String?

  init(_ verdict: GateVerdict, _ subject: Subject, _ text: String, advice: String? = nil) {
    self.verdict = verdict
    self.subject = subject
    self.text = text
    self.advice = advice
  }

  /// All of it. No full stop follows a command, which is there to be pasted.
  package var sentence: String {
    "\(verdict.title): \(text)" + (advice.map { "; \($0)" } ?? ".")
  }
}
