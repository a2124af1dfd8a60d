/// What the rows of a user's SQL take in memory so far; more is no table that anybody reads.
struct ResultSize {
  private static let mostBytes = 256 << 20

  private var bytes = 0
  private var rows = 0

  mutating func addRow(bytes: Int) throws(StoreError) {
    self.bytes += bytes
    guard self.bytes <= Self.mostBytes else {
      throw StoreError(
        .exhausted,
        "the result is larger than \(Self.mostBytes >> 20) MiB after \(rows) rows. "
          + "Ask for fewer columns, or add a LIMIT")
    }
    rows += 1
  }
}
