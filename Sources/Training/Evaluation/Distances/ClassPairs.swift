internal import Kernels

/// Pairs of rows of one kind, to be gone through or drawn from.
struct ClassPairs {
  enum Kind: UInt64 {
    /// Two rows of one class.
    case within = 1
    /// Rows of two classes.
    case between = 2
  }

  private let kind: Kind
  private let labels: [Int32]
  /// Rows of each class, by ascending class.
  private let groups: [[Int]]
  /// Pairs within the classes up to each one, itself counted.
  private let withinUpTo: [Int]

  init(_ kind: Kind, labels: [Int32]) {
    self.kind = kind
    self.labels = labels
    let rows = Dictionary(grouping: labels.indices) { labels[$0] }
    groups = rows.keys.sorted().compactMap { rows[$0] }
    var total = 0
    var upTo: [Int] = []
    for group in groups {
      total += group.count * (group.count - 1) / 2
      upTo.append(total)
    }
    withinUpTo = upTo
  }

  var count: Int {
    let within = withinUpTo.last ?? 0
    return kind == .within ? within : labels.count * (labels.count - 1) / 2 - within
  }

  /// Every pair once.
  func forEach(_ body: (Int, Int) -> Void) {
    switch kind {
    case .within:
      for group in groups {
        for second in group.indices {
          for first in 0..<second { body(group[first], group[second]) }
        }
      }
    case .between:
      for second in labels.indices {
        for first in 0..<second where labels[first] != labels[second] { body(first, second) }
      }
    }
  }

  /// One of the pairs, all equally likely, as a function of the position; there must be one.
  func draw(at position: UInt32, from stream: RandomStream) -> (Int, Int) {
    precondition(count > 0, "a pair drawn from none")
    switch kind {
    case .within:
      let pair = stream.index(below: count, at: position, tag: kind.rawValue)
      var (low, high) = (0, withinUpTo.count - 1)
      while low < high {
        let middle = (low + high) / 2
        if withinUpTo[middle] > pair { high = middle } else { low = middle + 1 }
      }
      let group = groups[low]
      let (first, second) = distinct(of: group.count, at: position, from: stream, attempt: 1)
      return (group[first], group[second])
    case .between:
      var attempt: UInt64 = 1
      while true {
        let (first, second) = distinct(
          of: labels.count, at: position, from: stream, attempt: attempt)
        if labels[first] != labels[second] { return (first, second) }
        attempt += 1
      }
    }
  }

  /// Two different numbers below a count.
  private func distinct(
    of count: Int, at position: UInt32, from stream: RandomStream, attempt: UInt64
  ) -> (Int, Int) {
    let draw = stream.index(
      below: count * (count - 1), at: position, tag: attempt << 8 | kind.rawValue)
    let (first, second) = draw.quotientAndRemainder(dividingBy: count - 1)
    return (first, second < first ? second : second + 1)
  }
}
