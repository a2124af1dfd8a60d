import Datasets
import Sweeps

extension ExpandedSweep {
  /// Throws where a gated measure is of few-shot episodes that the test classes are too few for:
  /// a job leaves these out, and every night would be a regression.
  func checkGatedEpisodes(on test: LabeledVectors, file: String) throws {
    let rows = Dictionary(test.labels.map { ($0, 1) }, uniquingKeysWith: +)
    let problems = zip(gate, gatePlaces).compactMap { rule, place -> SweepDiagnostic? in
      guard let (ways, shots) = rule.fewShot else { return nil }
      let classes = rows.values.count { $0 > shots }
      guard classes < ways else { return nil }
      return SweepDiagnostic(
        code: .relation, place: place,
        message: "the gate judges by \(rule.measure), which no job measures: its episodes draw "
          + "\(ways) test classes of \(shots + 1) rows or more, and \(file) has \(classes)",
        allowed: "episodes for which there are classes enough")
    }
    guard problems.isEmpty else { throw SweepError(problems) }
  }
}
