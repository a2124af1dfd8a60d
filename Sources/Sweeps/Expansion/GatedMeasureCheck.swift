/// Whether every job takes the measures that the gate judges by.
struct GatedMeasureCheck {
  let content: SweepFile
  let drafts: [JobDraft]

  var problems: [SweepDiagnostic] {
    zip(content.gate, content.gatePlaces).compactMap { rule, place in
      let reasons = drafts.compactMap { rule.whyMissing(in: $0) }
      guard let reason = reasons.first else { return nil }
      let count = drafts.count == 1 ? "" : " (\(reasons.count) of \(drafts.count) jobs)"
      return SweepDiagnostic(
        code: .relation, place: place,
        message: "the gate judges by \(rule.measure), which not every job measures: "
          + reason + count,
        allowed: "measures that every job takes, as test/map@r, or settings under evaluation and "
          + "dataset.levels that take it")
    }
  }
}
