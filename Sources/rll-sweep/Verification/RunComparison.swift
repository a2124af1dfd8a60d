import Store
import Training

/// The stored results of a run beside the outcome of running it again.
struct RunComparison {
  let stored: StoredResults
  let computed: AttemptOutcome

  /// The first difference: in the history by step and then by name, in the final measures by
  /// name, in the weights. Nil where every value and every bit is the same.
  var firstDifference: RunDifference? {
    guard computed.state == .completed else {
      let reason = computed.message ?? computed.exitStatus ?? "no reason known"
      return historyDifference(upTo: computed.history.map(\.step).max() ?? -1)
        ?? RunDifference(
          subject: .ending, stored: .text("completed"),
          computed: .text("\(computed.state.rawValue) (\(reason))"))
    }
    return historyDifference(upTo: .max) ?? selectionDifference ?? finalDifference
      ?? queryDifference ?? weightsDifference
  }

  private struct Moment: Hashable {
    var step: Int
    var name: String
  }

  private func historyDifference(upTo last: Int) -> RunDifference? {
    func values(_ points: [MetricPoint]) -> [Moment: Double] {
      Dictionary(
        points.filter { $0.step <= last }.map { (Moment(step: $0.step, name: $0.name), $0.value) },
        uniquingKeysWith: { $1 })
    }
    return Self.firstDifference(
      values(stored.history), values(computed.history),
      inOrder: { ($0.step, $0.name) < ($1.step, $1.name) },
      subject: { .history(metric: $0.name, step: $0.step) })
  }

  private var selectionDifference: RunDifference? {
    guard stored.selectedStep != computed.selectedStep else { return nil }
    return RunDifference(
      subject: .selectedStep, stored: Self.value(stored.selectedStep.map(Double.init)),
      computed: Self.value(computed.selectedStep.map(Double.init)))
  }

  private var finalDifference: RunDifference? {
    Self.firstDifference(
      stored.finalMetrics, computed.finalMetrics, inOrder: <,
      subject: { .finalMetric($0, step: stored.selectedStep) })
  }

  /// In the outcomes that the store kept. What classes are called may have changed.
  private var queryDifference: RunDifference? {
    guard let kept = stored.queries else { return nil }
    guard let fresh = computed.queries, fresh.classes.hasSameQueries(as: kept.classes) else {
      return RunDifference(
        subject: .query(nil), stored: .text("\(kept.classes.queries)"),
        computed: .text(computed.queries.map { "others (\($0.classes.queries))" } ?? "none"))
    }
    let (old, new) = (kept.queries, fresh.queries)
    return old.indices.first { old[$0] != new[$0] }.map { place in
      RunDifference(
        subject: .query(place), stored: .text(old[place].text), computed: .text(new[place].text))
    }
  }

  private static func firstDifference<Key: Hashable>(
    _ stored: [Key: Double], _ computed: [Key: Double], inOrder: (Key, Key) -> Bool,
    subject: (Key) -> RunDifference.Subject
  ) -> RunDifference? {
    let keys = Set(stored.keys).union(computed.keys).sorted(by: inOrder)
    guard let first = keys.first(where: { !areSame(stored[$0], computed[$0]) }) else { return nil }
    return RunDifference(
      subject: subject(first), stored: value(stored[first]), computed: value(computed[first]))
  }

  /// The store keeps neither the bits of NaN nor the sign of zero.
  private static func areSame(_ left: Double?, _ right: Double?) -> Bool {
    guard let left, let right else { return left == nil && right == nil }
    return left == right || (left.isNaN && right.isNaN)
  }

  private static func value(_ number: Double?) -> RunDifference.Value {
    number.map { .number($0) } ?? .missing
  }
}

// MARK: - Weights

extension RunComparison {
  /// In the weights that the store kept; what it let go cannot be compared.
  private var weightsDifference: RunDifference? {
    for kept in stored.weights {
      func difference(
        _ stored: RunDifference.Value, _ computed: RunDifference.Value, tensor: String? = nil,
        place: Int? = nil
      ) -> RunDifference {
        RunDifference(
          subject: .weights(
            kind: kept.kind.rawValue, step: kept.step, tensor: tensor, place: place),
          stored: stored, computed: computed)
      }
      guard let fresh = computed.checkpoints.first(where: { $0.kind == kept.kind }) else {
        return difference(.text("kept"), .missing)
      }
      if fresh.step != kept.step {
        return difference(.text("of step \(kept.step)"), .text("of step \(fresh.step)"))
      }
      // What stands about the weights in the file may grow with the program.
      if fresh.content == kept.content { continue }
      do {
        let (old, new) = (
          try WeightsFile(content: kept.content).tensors,
          try WeightsFile(content: fresh.content).tensors
        )
        if let (tensor, place, values) = Self.firstDifference(old, new) {
          return difference(values.stored, values.computed, tensor: tensor, place: place)
        }
      } catch {
        return difference(.text("no weights file (\(error))"), .text("one"))
      }
    }
    return nil
  }

  private typealias Values = (stored: RunDifference.Value, computed: RunDifference.Value)

  private static func firstDifference(
    _ stored: [WeightsFile.Tensor], _ computed: [WeightsFile.Tensor]
  ) -> (tensor: String, place: Int?, values: Values)? {
    let fresh = Dictionary(computed.map { ($0.name, $0) }) { first, _ in first }
    for tensor in stored {
      guard let other = fresh[tensor.name], other.shape == tensor.shape else {
        let shape = fresh[tensor.name].map { RunDifference.Value.text("of shape \($0.shape)") }
        return (tensor.name, nil, (.text("of shape \(tensor.shape)"), shape ?? .missing))
      }
      for (place, (old, new)) in zip(tensor.values, other.values).enumerated()
      where old.bitPattern != new.bitPattern {
        return (tensor.name, place, (.number(Double(old)), .number(Double(new))))
      }
    }
    let names = Set(stored.map(\.name))
    return computed.first { !names.contains($0.name) }.map {
      ($0.name, nil, (.missing, .text("of shape \($0.shape)")))
    }
  }
}
