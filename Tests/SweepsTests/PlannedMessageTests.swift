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
      repeat: {best: 3}
      gate: {test/map@r: {margin: 0.005}}
      strategy: {tpe: {trials: 60}}

      """,
      """
      sweeps/demo.yaml:3:1: 'early_stop' is not built yet
        3 | early_stop: {halving: {factor: 3}}
          | ^
      sweeps/demo.yaml:4:1: 'repeat' is not built yet
        4 | repeat: {best: 3}
          | ^
      sweeps/demo.yaml:5:1: 'gate' is not built yet
        5 | gate: {test/map@r: {margin: 0.005}}
          | ^
      sweeps/demo.yaml:6:11: strategy: tpe is not built yet
        6 | strategy: {tpe: {trials: 60}}
          |           ^
        allowed: grid, or {random: 40} for 40 settings drawn at random
      """),
    MessageCase(
      "settings that are not built yet",
      """
      name: demo
      base:
        dataset: {path: d.h5, split: {classes: 0.5}, validation: {group_by: x}, keys: {features: x}}

      """,
      """
      sweeps/demo.yaml:3:32: dataset.split: classes is not built yet
        3 |   dataset: {path: d.h5, split: {classes: 0.5}, validation: {group_by: x}, keys: {features: x}}
          |                                ^
        allowed: auto, groups or column
      sweeps/demo.yaml:3:71: dataset.validation: group_by is not built yet
        3 |   dataset: {path: d.h5, split: {classes: 0.5}, validation: {group_by: x}, keys: {features: x}}
          |                                                                       ^
        allowed: a share of the training classes below 1, their count, 0 for none, or {folds: 4, fold: 0}
      sweeps/demo.yaml:3:81: dataset.keys is not built yet
        3 |   dataset: {path: d.h5, split: {classes: 0.5}, validation: {group_by: x}, keys: {features: x}}
          |                                                                                 ^
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
