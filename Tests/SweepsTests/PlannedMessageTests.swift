import Testing

/// What is said about things that are documented, but not built yet.
@Suite struct PlannedMessageTests {
  @Test(arguments: cases) func `the whole message is as written here`(_ row: MessageCase) {
    #expect(SweepFixture.message(row.text) == row.message)
  }

  private static let cases: [MessageCase] = [
    MessageCase(
      "keys that are not built yet",
      """
      name: demo
      base: {dataset: d.h5}
      early_stop: {halving: {factor: 3}}
      strategy: {tpe: {trials: 60}}

      """,
      """
      sweeps/demo.yaml:3:1: 'early_stop' is not built yet
        3 | early_stop: {halving: {factor: 3}}
          | ^
      sweeps/demo.yaml:4:11: strategy: tpe is not built yet
        4 | strategy: {tpe: {trials: 60}}
          |           ^
        allowed: grid, or {random: 40} for 40 settings drawn at random
      """),
    MessageCase(
      "what only the commands can lend",
      """
      name: demo
      extends: other.yaml
      base: {dataset: d.h5, alpha: {expr: 1 + m/2}, stps: 3}

      """,
      """
      sweeps/demo.yaml:2:10: 'extends' is not built yet
        2 | extends: other.yaml
          |          ^
      sweeps/demo.yaml:3:47: unknown setting 'stps'
        3 | base: {dataset: d.h5, alpha: {expr: 1 + m/2}, stps: 3}
          |                                               ^
        did you mean 'steps'?
      """),
    MessageCase(
      "an expression without SQL",
      """
      name: demo
      base: {dataset: d.h5, alpha: {expr: 1 + m/2}}

      """,
      """
      sweeps/demo.yaml:2:30: 'expr' is not built yet
        2 | base: {dataset: d.h5, alpha: {expr: 1 + m/2}}
          |                              ^
      """),
  ]
}
