import Testing

/// What is wrong with the text itself, to the letter.
@Suite struct TextMessageTests {
  @Test(arguments: cases) func `the whole message is as written here`(_ row: MessageCase) {
    #expect(SweepFixture.message(row.text) == row.message)
  }

  private static let cases: [MessageCase] = [
    MessageCase(
      "an open bracket",
      """
      name: demo
      base: {dataset: d.h5

      """,
      """
      sweeps/demo.yaml:3:1: this is no YAML: while parsing a flow mapping from line 2: did not find expected ',' or '}'
        3 | 
          | ^
      """),
    MessageCase(
      "a tab",
      """
      name: demo
      base:
      	dataset: d.h5

      """,
      """
      sweeps/demo.yaml:3:1: this is no YAML: while scanning for the next token from line 3: found character that cannot start any token; indent with spaces
        3 |  dataset: d.h5
          | ^
      """),
    MessageCase(
      "a key twice",
      """
      name: demo
      base: {dataset: d.h5}
      name: other

      """,
      """
      sweeps/demo.yaml:1:1: the key 'name' is there twice in one mapping; this is the first
        1 | name: demo
          | ^
      """),
    MessageCase(
      "two documents",
      """
      name: demo
      ---
      name: other

      """,
      """
      sweeps/demo.yaml:2:1: this is no YAML: expected a single document in the stream, but found another document
        2 | ---
          | ^
      """),
    MessageCase(
      "an anchor",
      """
      name: demo
      base: &common {dataset: d.h5}

      """,
      """
      sweeps/demo.yaml:2:7: '&common' is a YAML anchor
        2 | base: &common {dataset: d.h5}
          |       ^
        allowed: no anchors: write the value where it is used, or quote text
      """),
    MessageCase(
      "an alias",
      """
      name: demo
      base: {dataset: d.h5}
      sweep:
        T: *values

      """,
      """
      sweeps/demo.yaml:4:6: '*values' is a YAML alias
        4 |   T: *values
          |      ^
        allowed: no aliases: write the value where it is used, or quote text
      """),
    MessageCase(
      "an alias in a list",
      """
      name: demo
      base: {dataset: d.h5}
      sweep: {T: [1,*values]}

      """,
      """
      sweeps/demo.yaml:3:15: '*values' is a YAML alias
        3 | sweep: {T: [1,*values]}
          |               ^
        allowed: no aliases: write the value where it is used, or quote text
      """),
    MessageCase(
      "a merge key",
      """
      name: demo
      base:
        <<: {dataset: d.h5}

      """,
      """
      sweeps/demo.yaml:3:3: '<<' is a YAML merge key
        3 |   <<: {dataset: d.h5}
          |   ^
        allowed: no merge keys: settings common to all jobs stand under base
      """),
    MessageCase(
      "a tag",
      """
      name: demo
      base: {dataset: !!str d.h5}

      """,
      """
      sweeps/demo.yaml:2:17: '!!str' is a YAML tag
        2 | base: {dataset: !!str d.h5}
          |                 ^
        allowed: no tags: write the value alone, or quote text
      """),
    MessageCase(
      "deep brackets",
      """
      name: demo
      base: [[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]

      """,
      """
      sweeps/demo.yaml:2:38: this is nested too deeply
        2 | base: [[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]
          |                                      ^
        allowed: at most 32 levels
      """),
    MessageCase(
      "deep dashes",
      """
      name: demo
      base:
       - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - x

      """,
      """
      sweeps/demo.yaml:3:64: this is nested too deeply
        3 |  - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - x
          |                                                                ^
        allowed: at most 32 levels
      """),
    MessageCase(
      "an anchor after a block of text",
      """
      name: demo
      description: |
        a &b
      base: &c {dataset: d.h5}

      """,
      """
      sweeps/demo.yaml:4:7: '&c' is a YAML anchor
        4 | base: &c {dataset: d.h5}
          |       ^
        allowed: no anchors: write the value where it is used, or quote text
      """),
    MessageCase(
      "an anchor after quotes",
      #"""
      name: demo
      description: 'it''s *not'
      base: {dataset: "d\".h5"}
      seeds: &n 3

      """#,
      """
      sweeps/demo.yaml:4:8: '&n' is a YAML anchor
        4 | seeds: &n 3
          |        ^
        allowed: no anchors: write the value where it is used, or quote text
      """),
    MessageCase(
      "an anchor after text over lines",
      """
      name: demo
      description: some text
        "and more
        & more
      base: &c {dataset: d.h5}

      """,
      """
      sweeps/demo.yaml:5:7: '&c' is a YAML anchor
        5 | base: &c {dataset: d.h5}
          |       ^
        allowed: no anchors: write the value where it is used, or quote text
      """),
    MessageCase(
      "a control character",
      """
      name: demo
      base: {dataset: d\u{1}.h5}

      """,
      """
      sweeps/demo.yaml:2:18: this is no YAML: control characters are not allowed (U+1)
        2 | base: {dataset: d .h5}
          |                  ^
      """),
    MessageCase(
      "an alias as a key",
      """
      name: demo
      base: {dataset: d.h5}
      sweep: {[a]:*b}

      """,
      """
      sweeps/demo.yaml:3:13: '*b' is a YAML alias
        3 | sweep: {[a]:*b}
          |             ^
        allowed: no aliases: write the value where it is used, or quote text
      """),
    MessageCase(
      "an alias behind a quoted key",
      """
      name: demo
      base: {dataset: d.h5}
      sweep: {"T" :*b}

      """,
      """
      sweeps/demo.yaml:3:14: '*b' is a YAML alias
        3 | sweep: {"T" :*b}
          |              ^
        allowed: no aliases: write the value where it is used, or quote text
      """),
    MessageCase(
      "an alias as a complex key",
      """
      name: demo
      base: {dataset: d.h5}
      sweep: {?*b : 1}

      """,
      """
      sweeps/demo.yaml:3:10: '*b' is a YAML alias
        3 | sweep: {?*b : 1}
          |          ^
        allowed: no aliases: write the value where it is used, or quote text
      """),
    MessageCase(
      "an anchor behind text over lines in brackets",
      """
      name: demo
      base: {dataset: d.h5}
      sweep: {T: [a
        "b, 1], m: &c []}

      """,
      """
      sweeps/demo.yaml:4:14: '&c' is a YAML anchor
        4 |   "b, 1], m: &c []}
          |              ^
        allowed: no anchors: write the value where it is used, or quote text
      """),
  ]
}
