/// Answers that take long to make, kept while the store is as it was and for a while after.
///
/// While a sweep writes, the store changes several times a second. An answer is therefore made
/// again only after `share - 1` times what making it took: whoever asks, and however many, each
/// kept request takes one part in `share` of one processor.
package struct KeptAnswers {
  /// One part in this many of a processor.
  static let share = 40.0
  /// Different requests; enough for every open page.
  static let limit = 16

  private struct Kept {
    var answer: SiteAnswer
    var version: Int
    var freshUntil: ContinuousClock.Instant
  }

  private var kept: [String: Kept] = [:]

  /// - Parameters:
  ///   - version: Of the store, as it is now.
  ///   - now: The time, asked before and after `make`.
  package init() {}

  package mutating func answer(
    to key: String, version: Int, now: () -> ContinuousClock.Instant = { .now },
    make: () throws -> SiteAnswer
  ) rethrows -> SiteAnswer {
    let start = now()
    if let found = kept[key], found.version == version || start < found.freshUntil {
      return found.answer
    }
    let answer = try make()
    let end = now()
    if kept.count >= Self.limit { kept = [:] }
    kept[key] = Kept(
      answer: answer, version: version,
      freshUntil: end.advanced(by: (end - start) * (Self.share - 1)))
    return answer
  }
}
