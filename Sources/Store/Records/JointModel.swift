import Foundation

/// Several models that are judged as one: their embeddings of a row side by side.
package struct JointModel: Sendable, Hashable {
  /// SHA-256 of the weights of each member, in order.
  package let weights: [String]

  package init(weights: [String]) {
    precondition(!weights.isEmpty, "a joint model of nothing")
    self.weights = weights
  }

  /// SHA-256 of the members' digests, one a line.
  var digest: String {
    let lines = weights.map { $0 + "\n" }.joined()
    return ContentDigest.text(of: Data(lines.utf8))
  }
}
