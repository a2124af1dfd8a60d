import Store
import Sweeps

/// What became of the question whether the bits are what they must be.
package struct GateBits: Sendable {
  package struct Difference: Sendable {
    package let cell: GateCell
    package let seed: Int
    package let fold: Int?
    package let jobKey: String
    /// What it differs from, as `the baseline main`.
    package let reference: String
    /// The first step and measure.
    package let text: String
  }

  /// Jobs whose bits were to be those of an earlier execution.
  package internal(set) var compared = 0
  package internal(set) var differences: [Difference] = []
  /// Completed jobs that nothing is known of under their key and numerics identity.
  package internal(set) var unknown = 0
  /// One line for each numerics identity that is new.
  package internal(set) var notes: [String] = []
  package internal(set) var findings: [GateFinding] = []
}

extension RegressionGate {
  /// An earlier execution of the same job under the same numerics identity.
  private struct Known {
    var digest: String
    var title: String
  }

  private struct Execution: Hashable {
    var jobKey: String
    var identity: String
  }

  /// Of the baseline, else of the newest night that was no regression.
  private var knownExecutions: [Execution: Known] {
    var known: [Execution: Known] = [:]
    func add(_ results: SweepResults, _ title: String) {
      for job in results.jobs {
        guard let digest = job.resultDigest, let identity = job.numericsIdentity else { continue }
        let execution = Execution(jobKey: job.jobKey, identity: identity)
        if known[execution] == nil { known[execution] = Known(digest: digest, title: title) }
      }
    }
    if let baseline = input.baseline {
      add(baseline.results, "the baseline '\(baseline.record.name)'")
    }
    for night in input.nights where night.record.verdict != .regression {
      add(night.results, "the night of \(night.record.startedAt)")
    }
    return known
  }

  func bits() throws -> GateBits {
    let known = knownExecutions
    var bits = GateBits()
    for (place, job) in current.cells.flatMap(current.jobs(of:)) {
      guard let digest = job.resultDigest, let identity = job.numericsIdentity else { continue }
      guard let reference = known[Execution(jobKey: job.jobKey, identity: identity)] else {
        bits.unknown += 1
        continue
      }
      bits.compared += 1
      guard digest != reference.digest, let result = input.current.details[digest],
        let text = try input.difference(result, reference.digest)
      else { continue }
      bits.differences.append(
        .init(
          cell: place.cell, seed: place.seed, fold: place.fold, jobKey: job.jobKey,
          reference: reference.title, text: text))
    }
    bits.findings = Self.limited(
      bits.differences, .regression, .bits, "more jobs have other bits"
    ) { difference in
      let place = GateCells.Place(
        cell: difference.cell, seed: difference.seed, fold: difference.fold)
      return "the job of \(Self.text(of: place)) has other bits than in \(difference.reference), "
        + "under the same numerics identity: \(difference.text)"
    }
    bits.notes = newIdentities
    return bits
  }

  /// A sweep without gated measures is judged by bits, which somebody must have seen before.
  func unjudgedBits(_ bits: GateBits) -> [GateFinding] {
    guard rules.isEmpty, bits.unknown > 0 else { return [] }
    return [
      GateFinding(
        .cannotJudge, .bits,
        "\(Counted(bits.unknown, "job")) can be compared with nothing: their bits are new, and the "
          + "sweep file gates no measure",
        advice: input.baseline == nil
          ? nil : "if they are right: \(accepting("other numerics"))")
    ]
  }

  /// What changed, on the first night of a numerics identity.
  private var newIdentities: [String] {
    let before =
      [input.baseline?.results].compactMap(\.self) + input.nights.map(\.results)
    let known = Set(before.flatMap(\.jobs).compactMap(\.numericsIdentity))
    let last = (input.nights.map(\.results) + before).first.flatMap {
      $0.jobs.compactMap(\.numericsIdentity).first
    }
    guard let last else { return [] }
    var new: [String] = []
    for identity in results.jobs.compactMap(\.numericsIdentity)
    where !known.contains(identity) && !new.contains(identity) {
      new.append(identity)
    }
    return new.map {
      "The first night of new numerics: \(NumericsChange(before: last, after: $0).text)."
    }
  }
}
