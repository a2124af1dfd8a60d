/// Which of the names that exist was probably meant.
enum NearestName {
  /// The name with the fewest changed letters, if those are at most half of the word.
  static func of(_ given: String, among names: [String]) -> String? {
    let limit = max(1, (given.count + 1) / 2)
    let ranked = names.map { (name: $0, distance: distance(given.lowercased(), $0.lowercased())) }
    guard let best = ranked.min(by: { $0.distance < $1.distance }), best.distance <= limit else {
      return nil
    }
    return best.name
  }

  /// Insertions, deletions and replacements that turn one word into the other (Levenshtein).
  private static func distance(_ left: String, _ right: String) -> Int {
    let right = Array(right)
    var row = Array(0...right.count)
    for (position, letter) in left.enumerated() {
      var diagonal = row[0]
      row[0] = position + 1
      for column in right.indices {
        let replaced = diagonal + (letter == right[column] ? 0 : 1)
        diagonal = row[column + 1]
        row[column + 1] = min(replaced, row[column] + 1, diagonal + 1)
      }
    }
    return row[right.count]
  }
}
