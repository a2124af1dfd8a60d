import Sweeps

/// What the name of a measure says about its values.
package struct Measure: Sendable, Hashable {
  package let name: String
  /// Whether the values are shares in 0…1, which people read as per cent.
  package let isRatio: Bool

  package init(_ name: String) {
    self.name = name
    let lastPart = Self.lastPart(of: name)
    let beginnings = ["recall@", "precision@", "map@", "few_shot_", "nontrivial_"]
    isRatio =
      beginnings.contains { lastPart.hasPrefix($0) }
      || ["r_precision", "map", "nmi", "f1"].contains(lastPart)
  }

  private static func lastPart(of name: String) -> Substring {
    name.split(separator: "/").last ?? ""
  }

  private var lastPart: Substring { Self.lastPart(of: name) }

  private var isCount: Bool { lastPart.hasSuffix("queries") || lastPart == "ties" }

  /// Whether the least value is the best one.
  package var isMinimized: Bool { lastPart.hasSuffix("loss") || lastPart.contains("tie") }

  package func cell(_ value: Double?) -> ReportCell {
    guard let value else { return .missing }
    if isRatio { return .ratio(value) }
    if isCount, let count = Int(exactly: value) { return .integer(count) }
    return .number(value, decimals: 4)
  }

  /// The same measure on the test classes: `test/map@r` for `validation/map@r`.
  package var onTest: String {
    "test/" + name.split(separator: "/").dropFirst().joined(separator: "/")
  }

  /// Whether it is of one level among several, as `test/low/recall@1`.
  var isOfOneLevel: Bool { name.count { $0 == "/" } > 1 }

  package var isOnTest: Bool { name.hasPrefix("test/") }

  /// Before the names of measures on the test classes that several models score as one.
  static let jointPrefix = "concatenated/"

  var isJoint: Bool { name.hasPrefix(Self.jointPrefix) }
}
