internal import Foundation

/// Fills in the settings that follow from others.
struct JobDerivation {
  /// Nil where nobody lends one.
  let evaluator: DerivationEvaluator?

  /// Settings may follow from derived ones; what is still NULL after that has no value.
  func fill(_ jobs: inout [JobDraft]) throws(SweepError) {
    var problems: [SweepDiagnostic] = []
    while problems.isEmpty {
      let open = jobs.indices.filter { !jobs[$0].derivations.isEmpty }
      guard !open.isEmpty else { return }
      problems = try round(&jobs, open)
    }
    throw SweepError(problems)
  }

  /// Evaluates what has no value yet, on the values that are there; an empty result means that some
  /// setting got one.
  private func round(
    _ jobs: inout [JobDraft], _ open: [Int]
  ) throws(SweepError) -> [SweepDiagnostic] {
    var assignments: [Assignment] = []
    for job in open {
      for (_, assignment) in jobs[job].derivations.sorted(by: { $0.key < $1.key })
      where !assignments.contains(where: { $0.place == assignment.place }) {
        assignments.append(assignment)
      }
    }
    let values = try evaluated(assignments, rows: SettingColumns.rows(of: open.map { jobs[$0] }))
    var problems: [SweepDiagnostic] = []
    var hasProgress = false
    for (row, job) in open.enumerated() {
      for (index, assignment) in assignments.enumerated()
      where jobs[job].derivations[assignment.setting]?.place == assignment.place {
        let value = Self.rounded(values[index][row])
        guard value != .null else { continue }
        do {
          try jobs[job].derive(assignment.setting, value)
          hasProgress = true
        } catch {
          if !problems.contains(where: { $0.place == error.place }) { problems.append(error) }
        }
      }
    }
    if hasProgress || !problems.isEmpty { return problems }
    return assignments.map { assignment in
      Self.problem(assignment, "gives no value: a setting that it names has none in some job")
    }
  }

  private func evaluated(
    _ assignments: [Assignment], rows: [[SettingValue]]
  ) throws(SweepError) -> [[SettingValue]] {
    guard let evaluator else {
      throw SweepError(
        assignments.map {
          SweepDiagnostic(code: .notBuiltYet, place: $0.place, message: "'expr' is not built yet")
        })
    }
    var problems: [SweepDiagnostic] = []
    var values: [[SettingValue]] = []
    for assignment in assignments {
      do {
        values += try evaluator([assignment.expression ?? ""], SettingColumns.names, rows)
      } catch let error as ExclusionError {
        problems.append(
          Self.problem(
            assignment, "cannot be evaluated: " + error.message, suggestion: error.suggestion))
      } catch {
        problems.append(Self.problem(assignment, "cannot be evaluated: \(error)"))
      }
    }
    guard problems.isEmpty else { throw SweepError(problems) }
    precondition(
      values.count == assignments.count && values.allSatisfy { $0.count == rows.count },
      "\(assignments.count) expressions over \(rows.count) rows were not all evaluated")
    return values
  }

  private static func problem(
    _ assignment: Assignment, _ message: String, suggestion: String? = nil
  ) -> SweepDiagnostic {
    SweepDiagnostic(
      code: .expression, place: assignment.place,
      message: "expr '\(assignment.expression ?? "")' " + message,
      allowed: "SQL over the names of other settings, as 1 + m/2",
      suggestion: suggestion.map { "'\($0)'" })
  }

  /// 12 significant digits, so that 1 + 0.1 + 0.2 is 1.3 and has its job key.
  private static func rounded(_ value: SettingValue) -> SettingValue {
    guard let number = value.number, number.isFinite else { return value }
    return .number(Double(String(format: "%.11e", number)) ?? number)
  }
}
