/// What is known of the difference of one cell to another in one measure.
package struct CellDifference: Sendable {
  /// Place of the cell that it is compared with.
  package let reference: Int
  /// This cell minus the reference, over the seeds of both; nil where they share none.
  package let paired: PairedDifference?
  /// As if seeds were no pairs: where there are no two, or where pairing buys nothing.
  package let unpaired: WelchDifference?
  package let signFlip: SignFlipTest?
  package let bootstrap: BootstrapInterval?
  /// Beside all other cells of the family; nil where these share too few seeds.
  package internal(set) var simultaneous: SimultaneousComparison.Difference?
  /// The p of the paired tests of the family, corrected by Holm.
  package internal(set) var holm: Double?

  /// A correlation of the two sides below which pairing costs as much as it buys at so few seeds.
  private static let leastCorrelation = 0.2

  init(_ cell: SeedValues, reference: Int, _ other: SeedValues) {
    self.reference = reference
    let paired = PairedDifference(cell.pairs(with: other))
    self.paired = paired
    let differences = paired?.differences ?? []
    signFlip = SignFlipTest(differences)
    bootstrap = BootstrapInterval(differences)
    if differences.count < 2 {
      unpaired = WelchDifference(cell.values, other.values)
    } else {
      let isWorthPairing = paired?.correlation ?? 1 >= Self.leastCorrelation
      unpaired = isWorthPairing ? nil : paired?.unpaired
    }
  }

  /// Whether seeds say anything about it.
  package var isJudged: Bool { paired?.statistics.deviation != nil || unpaired != nil }

  package var mean: Double? { paired?.statistics.mean ?? unpaired?.mean }

  /// Corrected for the number of comparisons.
  package var correctedP: Double? { simultaneous?.p ?? holm }
}
