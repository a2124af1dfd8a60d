import Sweeps
import Testing

/// What is wrong with `repeat`, to the letter.
@Suite struct RepetitionMessageTests {
  @Test(arguments: cases) func `the whole message is as written here`(_ row: MessageCase) {
    #expect(
      SweepFixture.message(row.text, derivation: DerivationTests.evaluator) == row.message)
  }

  private static let cases: [MessageCase] = [
    MessageCase(
      "counts that are none",
      """
      name: demo
      base: {dataset: d.h5}
      sweep: {T: [1, 2]}
      repeat: {best: 0, seeds: [1, 2], refit: maybe, sedes: 3}

      """,
      """
      sweeps/demo.yaml:4:16: repeat cannot take the best '0'
        4 | repeat: {best: 0, seeds: [1, 2], refit: maybe, sedes: 3}
          |                ^
        allowed: a whole number from 1; {best: 3, seeds: 10, refit: true}
      sweeps/demo.yaml:4:26: repeat cannot have '[1, 2]' seeds
        4 | repeat: {best: 0, seeds: [1, 2], refit: maybe, sedes: 3}
          |                          ^
        allowed: a whole number from 1; {best: 3, seeds: 10, refit: true}
      sweeps/demo.yaml:4:41: refit cannot be 'maybe'
        4 | repeat: {best: 0, seeds: [1, 2], refit: maybe, sedes: 3}
          |                                         ^
        allowed: true or false
      sweeps/demo.yaml:4:48: repeat cannot have 'sedes'
        4 | repeat: {best: 0, seeds: [1, 2], refit: maybe, sedes: 3}
          |                                                ^
        did you mean 'seeds'?
        allowed: {best: 3, seeds: 10, refit: true}
      """),
    MessageCase(
      "a word",
      """
      name: demo
      base: {dataset: d.h5}
      sweep: {T: [1, 2]}
      repeat: often

      """,
      """
      sweeps/demo.yaml:4:9: repeat cannot be 'often'
        4 | repeat: often
          |         ^
        allowed: {best: 3, seeds: 10, refit: true}: how many settings, with how many seeds each, and whether on all training classes
      """),
    MessageCase(
      "a fraction of a setting",
      """
      name: demo
      base: {dataset: d.h5}
      sweep: {T: [1, 2]}
      repeat: 1.5

      """,
      """
      sweeps/demo.yaml:4:9: repeat cannot take the best '1.5'
        4 | repeat: 1.5
          |         ^
        allowed: a whole number from 1; {best: 3, seeds: 10, refit: true}
      """),
    MessageCase(
      "nothing to choose from",
      """
      name: demo
      base: {dataset: d.h5}
      repeat: {best: 1, seeds: 5}

      """,
      """
      sweeps/demo.yaml:3:9: repeat chooses among settings, and the sweep has only one
        3 | repeat: {best: 1, seeds: 5}
          |         ^
        allowed: axes under sweep, zip or ablate, or extra settings under include; 'seeds: 10' repeats the only setting
      """),
    MessageCase(
      "more settings than there are",
      """
      name: demo
      base: {dataset: d.h5}
      sweep: {T: [1, 2]}
      seeds: 2
      repeat: {best: 3}

      """,
      """
      sweeps/demo.yaml:5:9: repeat takes the best 3 of 2 settings
        5 | repeat: {best: 3}
          |         ^
        allowed: best from 1 to 2
      """),
    MessageCase(
      "a search without validation",
      """
      name: demo
      base: {dataset: d.h5}
      sweep: {validation: [0.2, 0]}
      repeat: {refit: true}

      """,
      """
      sweeps/demo.yaml:3:27: repeat chooses by validation/map@r, and without validation classes there is none (1 of 2 jobs)
        3 | sweep: {validation: [0.2, 0]}
          |                           ^
        allowed: validation classes for the search, as 'dataset.validation: 0.2' or 'folds: 4'; 'refit: true' has the repeats train on all
      """),
    MessageCase(
      "a setting that follows from the seed",
      """
      name: demo
      base: {dataset: d.h5, m: 0, alpha: {expr: 1 + seed}}
      sweep: {T: [1, 2]}
      seeds: 2
      repeat: {best: 1}

      """,
      """
      sweeps/demo.yaml:2:36: loss.alpha follows from the seed or the fold, so a setting to be repeated has more than one value of it
        2 | base: {dataset: d.h5, m: 0, alpha: {expr: 1 + seed}}
          |                                    ^
        allowed: an expression over other settings, or no repeat
      """),
    MessageCase(
      "a reality check that repeats otherwise",
      """
      name: demo
      base: {dataset: d.h5}
      protocol: reality_check
      strategy: {random: 3}
      sweep: {lr: {uniform: [0.1, 0.2]}}
      repeat: {best: 2, seeds: 4, refit: true}

      """,
      """
      sweeps/demo.yaml:6:16: reality_check repeats the best setting of each loss, not the best 2
        6 | repeat: {best: 2, seeds: 4, refit: true}
          |                ^
        allowed: 'best: 1', or none beside the protocol
      sweeps/demo.yaml:6:36: reality_check repeats the models of all folds, and refit has none
        6 | repeat: {best: 2, seeds: 4, refit: true}
          |                                    ^
        allowed: 'refit: false', or none beside the protocol
      """),
    MessageCase(
      "a reality check that keeps no weights",
      """
      name: demo
      base: {dataset: d.h5, checkpoint: {keep: [last]}}
      protocol: reality_check
      strategy: {random: 3}
      sweep: {lr: {uniform: [0.1, 0.2]}}

      """,
      """
      sweeps/demo.yaml:2:42: reality_check joins the models of the folds, and checkpoint.keep leaves out their weights (12 of 12 jobs)
        2 | base: {dataset: d.h5, checkpoint: {keep: [last]}}
          |                                          ^
        allowed: checkpoint.keep with best
      """),
  ]
}
