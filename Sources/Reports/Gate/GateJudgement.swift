package import Store
package import Sweeps

/// What the gate says of one launch of a sweep, and why.
package struct GateJudgement: Sendable {
  /// A setting of all jobs that was another one in the baseline.
  package struct ChangedSetting: Sendable, Hashable {
    package let name: String
    package let before: SettingValue
    package let after: SettingValue
  }

  package let launch: LaunchRecord
  package let baseline: BaselineRecord?
  /// What is wrong or cannot be judged; empty for a pass.
  package internal(set) var findings: [GateFinding]
  /// Measures that show a change best first, each in all cells.
  package let checks: [GateCheck]
  package let bits: GateBits
  package let cost: [GateCost]
  /// Cells that the baseline does not have.
  package let newCells: [GateCell]
  /// Cells of the baseline that the sweep does not have any more.
  package let goneCells: [GateCell]
  package let changedSettings: [ChangedSetting]
  /// Where the sweep file asks for less than it did when the baseline was set, as sentences.
  let weakenings: [String]
  /// What else is worth knowing, as sentences.
  let notes: [String]
  package let commands: GateCommands
  package let canBeBaseline: Bool
  /// Jobs that are not completed.
  package let openJobs: Int

  package var verdict: GateVerdict {
    findings.map(\.verdict).reduce(.pass) { $0.joined(with: $1) }
  }

  /// The most important finding in one sentence without its full stop, or what passed.
  package var summary: String {
    findings.first { $0.verdict == verdict }?.text ?? passText
  }

  private var passText: String {
    let same = bits.compared - bits.differences.count
    let compared = checks.filter { $0.method != .identical }.count
    var parts: [String] = []
    if same > 0 {
      parts.append("\(same) of \(Counted(bits.compared, "job")) as before, bit for bit")
    }
    if compared > 0 {
      parts.append("none of \(Counted(compared, "check")) of measures shows a loss of its margin")
    }
    return parts.isEmpty ? "no measure differs from the baseline" : parts.joined(separator: "; ")
  }
}

extension GateVerdict {
  /// As people read it.
  package var title: String {
    switch self {
    case .pass: "pass"
    case .regression: "REGRESSION"
    case .cannotJudge: "cannot judge"
    }
  }
}
