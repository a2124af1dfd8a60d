import Reports
import Sweeps

/// The first thing in which a run differs from the same run done again.
struct RunDifference: Sendable, Equatable {
  enum Subject: Sendable, Equatable {
    /// A measure in the course of the run.
    case history(metric: String, step: Int)
    case selectedStep
    case finalMetric(String, step: Int?)
    case weights(kind: String, step: Int, tensor: String?, place: Int?)
    /// The outcome of a query on the test classes, by its place among them; nil for all.
    case query(Int?)
    /// Whether it completed.
    case ending
  }

  enum Value: Sendable, Equatable {
    case missing
    case number(Double)
    case text(String)
  }

  let subject: Subject
  let stored: Value
  let computed: Value

  /// A sentence without its full stop.
  var text: String {
    "\(subject.text) is \(stored.text) in the store and \(computed.text) now"
  }

  var json: JSONValue {
    .object(
      subject.members + [
        .init("stored", stored.json), .init("computed", computed.json),
        .init("text", .string(text)),
      ])
  }
}

extension RunDifference.Subject {
  fileprivate var text: String {
    switch self {
    case .history(let metric, let step): return "at step \(step), \(metric)"
    case .selectedStep: return "the selected step"
    case .finalMetric(let metric, let step):
      return "the final \(metric)" + (step.map { " (of step \($0))" } ?? "")
    case .weights(let kind, let step, let tensor, let place):
      let part = tensor.map { "\($0) of " } ?? ""
      return (place.map { "value \($0) of " } ?? "") + part
        + "the \(kind) weights (of step \(step))"
    case .query(let place):
      return place.map { "the outcome of query \($0) of the test classes" }
        ?? "what queries the test classes have"
    case .ending: return "the ending"
    }
  }

  fileprivate var members: [JSONValue.Member] {
    switch self {
    case .history(let metric, let step):
      [.init("kind", "history"), .init("step", .integer(step)), .init("metric", .string(metric))]
    case .selectedStep: [.init("kind", "selected_step")]
    case .finalMetric(let metric, let step):
      [.init("kind", "final"), .init("step", JSONValue(step)), .init("metric", .string(metric))]
    case .weights(let kind, let step, let tensor, let place):
      [
        .init("kind", "weights"), .init("step", .integer(step)),
        .init("checkpoint", .string(kind)), .init("tensor", JSONValue(tensor)),
        .init("place", JSONValue(place)),
      ]
    case .query(let place): [.init("kind", "query"), .init("place", JSONValue(place))]
    case .ending: [.init("kind", "ending")]
    }
  }
}

extension RunDifference.Value {
  fileprivate var text: String {
    switch self {
    case .missing: "missing"
    case .number(let value): value.isNaN ? "nan" : SettingValue.shortest(value)
    case .text(let text): text
    }
  }

  fileprivate var json: JSONValue {
    switch self {
    case .missing: .null
    case .number(let value): .number(value)
    case .text(let text): .string(text)
    }
  }
}
