import Sweeps
import Testing

/// `{expr: …}`: settings that follow from others.
@Suite struct DerivationTests {
  /// Understands `NUMBER + NAME` and `NAME / NAME`, as far as these tests need.
  static let evaluator: DerivationEvaluator = { expressions, columns, rows in
    try expressions.enumerated().map { index, expression in
      let words = expression.split(separator: " ").map(String.init)
      func value(_ word: String, _ row: [SettingValue]) throws -> SettingValue {
        if let number = Double(word) { return .number(number) }
        guard let column = columns.firstIndex(of: word) else {
          throw ExclusionError(
            expressionIndex: index, message: "no such column: \(word)",
            suggestion: NearestSpelling.suggestion(for: word, among: columns))
        }
        return row[column]
      }
      return try rows.map { row in
        guard words.count == 3 else { return .text(expression) }
        guard let left = try value(words[0], row).number,
          let right = try value(words[2], row).number
        else { return .null }
        return .number(words[1] == "+" ? left + right : left / right)
      }
    }
  }

  private func rows(_ text: String, _ settings: String...) throws -> [String] {
    try SweepFixture.expand(text, exclusion: ExclusionTests.evaluator, derivation: Self.evaluator)
      .jobs.map { job in
        settings.map { job.settings[$0]?.display ?? "-" }.joined(separator: " ")
      }
  }

  @Test func `a setting follows from one that is swept`() throws {
    #expect(
      try rows(
        """
        name: demo
        base: {dataset: d.h5, alpha: {expr: 1 + m}}
        sweep: {m: [0.1, 0.2, 0.3]}

        """, "loss.margin", "loss.alpha") == ["0.1 1.1", "0.2 1.2", "0.3 1.3"])
  }

  @Test func `a setting follows from one that is derived, and both can be excluded by`() throws {
    #expect(
      try rows(
        """
        name: demo
        base: {dataset: d.h5, lambda: {expr: m / alpha}, alpha: {expr: 1 + m}}
        sweep: {m: [0, 0.25, 1]}
        exclude: [alpha = 1]

        """, "loss.alpha", "loss.lambda") == ["1.25 0.2", "2 0.5"])
  }

  @Test func `a value goes over a derived one and the other way round`() throws {
    #expect(
      try rows(
        """
        name: demo
        base: {dataset: d.h5, alpha: {expr: 1 + m}, batch: 60x3}
        include: [{alpha: 1.5}, {m: 0.3}, {alpha: {expr: 0.5 + m}}, {batch: {expr: 30x6}}]

        """, "loss.alpha", "batch") == [
          "1.4 60x3", "1.5 60x3", "1.3 60x3", "0.9 60x3", "1.4 30x6",
        ])
  }

  @Test func `the tail of binary arithmetic does not reach the job`() throws {
    #expect(
      try rows(
        """
        name: demo
        base: {dataset: d.h5, alpha: {expr: 0.1 + m}, m: 0.7}

        """, "loss.alpha") == ["0.8"])
  }

  @Test func `only jobs that have the setting derive it`() throws {
    #expect(
      try rows(
        """
        name: demo
        base: {dataset: d.h5, alpha: {expr: 1 + lambda}}
        sweep: {loss: [ranked_list, triplet]}

        """, "loss.name", "loss.alpha") == ["ranked_list 1.5", "triplet -"])
  }

  @Test(arguments: cases) func `the whole message is as written here`(_ row: MessageCase) {
    #expect(SweepFixture.message(row.text, derivation: Self.evaluator) == row.message)
  }

  private static let cases: [MessageCase] = [
    MessageCase(
      "expressions that are none",
      """
      name: demo
      base: {dataset: d.h5, alpha: {expr: }, m: {expr: [1]}, steps: {expr: 1 + K, when: 3}}

      """,
      """
      sweeps/demo.yaml:2:30: expr cannot be '{expr: }'
        2 | base: {dataset: d.h5, alpha: {expr: }, m: {expr: [1]}, steps: {expr: 1 + K, when: 3}}
          |                              ^
        allowed: SQL over the names of other settings, as {expr: "1 + m/2"}
      sweeps/demo.yaml:2:43: expr cannot be '{expr: [1]}'
        2 | base: {dataset: d.h5, alpha: {expr: }, m: {expr: [1]}, steps: {expr: 1 + K, when: 3}}
          |                                           ^
        allowed: SQL over the names of other settings, as {expr: "1 + m/2"}
      sweeps/demo.yaml:2:63: expr cannot be '{expr: 1 + K, when: 3}'
        2 | base: {dataset: d.h5, alpha: {expr: }, m: {expr: [1]}, steps: {expr: 1 + K, when: 3}}
          |                                                               ^
        allowed: SQL over the names of other settings, as {expr: "1 + m/2"}
      """),
    MessageCase(
      "settings that do not follow from others",
      """
      name: demo
      base: {dataset: {expr: a}, loss: {expr: b}, P: {expr: 1 + K}}

      """,
      """
      sweeps/demo.yaml:2:17: dataset.path cannot be derived from other settings
        2 | base: {dataset: {expr: a}, loss: {expr: b}, P: {expr: 1 + K}}
          |                 ^
        allowed: the path of a feature file
      sweeps/demo.yaml:2:34: loss.name cannot be derived from other settings
        2 | base: {dataset: {expr: a}, loss: {expr: b}, P: {expr: 1 + K}}
          |                                  ^
        allowed: ranked_list, contrastive, triplet, margin, lifted_structure, n_pair, proxy_nca, proxy_anchor, multi_similarity, group or multimodal
      sweeps/demo.yaml:2:48: P cannot be derived from other settings
        2 | base: {dataset: {expr: a}, loss: {expr: b}, P: {expr: 1 + K}}
          |                                                ^
        allowed: a whole number of classes, at least 2
      """),
    MessageCase(
      "unknown names",
      """
      name: demo
      base: {dataset: d.h5, alpha: {expr: 1 + margn}, lambda: {expr: m / alpa}}

      """,
      """
      sweeps/demo.yaml:2:30: expr '1 + margn' cannot be evaluated: no such column: margn
        2 | base: {dataset: d.h5, alpha: {expr: 1 + margn}, lambda: {expr: m / alpa}}
          |                              ^
        did you mean 'margin'?
        allowed: SQL over the names of other settings, as 1 + m/2
      sweeps/demo.yaml:2:57: expr 'm / alpa' cannot be evaluated: no such column: alpa
        2 | base: {dataset: d.h5, alpha: {expr: 1 + margn}, lambda: {expr: m / alpa}}
          |                                                         ^
        did you mean 'alpha'?
        allowed: SQL over the names of other settings, as 1 + m/2
      """),
    MessageCase(
      "a value that is not allowed",
      """
      name: demo
      base: {dataset: d.h5, alpha: {expr: 1 + m}}
      sweep: {m: [0.5, 1.5]}

      """,
      """
      sweeps/demo.yaml:2:30: loss.alpha cannot be '2.5', which '1 + m' gives
        2 | base: {dataset: d.h5, alpha: {expr: 1 + m}}
          |                              ^
        allowed: a number above 0, at most 2
      """),
    MessageCase(
      "settings that follow from each other",
      """
      name: demo
      base: {dataset: d.h5, alpha: {expr: 1 + m}, m: {expr: 0.1 + alpha}}

      """,
      """
      sweeps/demo.yaml:2:30: expr '1 + m' gives no value: a setting that it names has none in some job
        2 | base: {dataset: d.h5, alpha: {expr: 1 + m}, m: {expr: 0.1 + alpha}}
          |                              ^
        allowed: SQL over the names of other settings, as 1 + m/2
      sweeps/demo.yaml:2:48: expr '0.1 + alpha' gives no value: a setting that it names has none in some job
        2 | base: {dataset: d.h5, alpha: {expr: 1 + m}, m: {expr: 0.1 + alpha}}
          |                                                ^
        allowed: SQL over the names of other settings, as 1 + m/2
      """),
  ]
}
