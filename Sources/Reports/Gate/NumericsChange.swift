/// Two numerics identities beside each other, such as
/// `code 1, streams 1, OpenBLAS 0.3.21, Haswell, 1 thread`.
struct NumericsChange {
  let before: String
  let after: String

  private static func parts(_ identity: String) -> [String] {
    identity.split(separator: ",").map { $0.drop { $0 == " " } }.map(String.init)
  }

  private static func streams(_ identity: String) -> String? {
    parts(identity).first { $0.hasPrefix("streams ") }
  }

  /// Whether both draw the same random numbers, so that seeds are pairs. Nothing is known of an
  /// identity that does not say.
  var keepsStreams: Bool {
    before == after
      || (Self.streams(before) != nil && Self.streams(before) == Self.streams(after))
  }

  /// What of them differs, as `OpenBLAS 0.3.21 is now OpenBLAS 0.3.26`.
  var text: String {
    let (old, new) = (Self.parts(before), Self.parts(after))
    guard old.count == new.count else { return "'\(before)' is now '\(after)'" }
    return zip(old, new).filter { $0 != $1 }.map { "\($0) is now \($1)" }.joined(separator: ", ")
  }
}
