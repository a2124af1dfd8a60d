/// Suggests what a misspelt word was meant to be.
package enum NearestSpelling {
  /// The candidate with the fewest edits from `word`, nil where none is near enough.
  ///
  /// An edit is an insertion, a removal, a replacement or a swap of neighbours (the restricted
  /// Damerau-Levenshtein distance); upper and lower case are one letter, and so are `-` and `_`.
  /// Near enough is one edit for each three letters of `word`, at least one. The first of equally
  /// near candidates wins. O(length² × candidates).
  package static func suggestion(
    for word: String, among candidates: some Sequence<String>
  )
    -> String?
  {
    let letters = folded(word)
    guard !letters.isEmpty, letters.count <= longestWord else { return nil }
    let limit = max(1, letters.count / 3)
    var best: (candidate: String, distance: Int)?
    for candidate in candidates where candidate != word {
      let other = folded(candidate)
      guard abs(other.count - letters.count) <= limit else { continue }
      let distance = distance(letters, other)
      // A word of one or two letters has nothing in common with one that replaces them all.
      guard distance <= limit, distance < max(letters.count, other.count) else { continue }
      if distance < best?.distance ?? .max { best = (candidate, distance) }
    }
    return best?.candidate
  }

  /// Longer words are no misspellings, and comparing them would cost time.
  private static let longestWord = 64

  private static func folded(_ word: String) -> [Character] {
    word.lowercased().map { $0 == "-" ? "_" : $0 }
  }

  private static func distance(_ a: [Character], _ b: [Character]) -> Int {
    var beforePrevious = [Int](repeating: 0, count: b.count + 1)
    var previous = Array(0...b.count)
    for i in a.indices {
      var current = [i + 1]
      for j in b.indices {
        var least = min(previous[j + 1] + 1, current[j] + 1, previous[j] + (a[i] == b[j] ? 0 : 1))
        if i > 0, j > 0, a[i] == b[j - 1], a[i - 1] == b[j] {
          least = min(least, beforePrevious[j - 1] + 1)
        }
        current.append(least)
      }
      beforePrevious = previous
      previous = current
    }
    return previous[b.count]
  }
}
