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
      folds: 4
      ablate: [{m: [0]}]
      early_stop: {halving: {factor: 3}}
      repeat: {best: 3}
      gate: {test/map@r: {margin: 0.005}}
      resources: {timeout: 2h, retries: 1, memory: 2GiB}
      extends: other.yaml
      strategy: {random: 40}

      """,
      """
      sweeps/demo.yaml:3:1: 'folds' is not built yet
        3 | folds: 4
          | ^
      sweeps/demo.yaml:4:1: 'ablate' is not built yet
        4 | ablate: [{m: [0]}]
          | ^
      sweeps/demo.yaml:5:1: 'early_stop' is not built yet
        5 | early_stop: {halving: {factor: 3}}
          | ^
      sweeps/demo.yaml:6:1: 'repeat' is not built yet
        6 | repeat: {best: 3}
          | ^
      sweeps/demo.yaml:7:1: 'gate' is not built yet
        7 | gate: {test/map@r: {margin: 0.005}}
          | ^
      sweeps/demo.yaml:8:1: 'resources' is not built yet
        8 | resources: {timeout: 2h, retries: 1, memory: 2GiB}
          | ^
      sweeps/demo.yaml:9:1: 'extends' is not built yet
        9 | extends: other.yaml
          | ^
      sweeps/demo.yaml:10:11: strategy: random is not built yet
        10 | strategy: {random: 40}
           |           ^
        allowed: grid
      """),
    MessageCase(
      "a measure that is not built yet",
      """
      name: demo
      base: {dataset: d.h5}
      objective: {metric: validation/nmi}

      """,
      """
      sweeps/demo.yaml:3:21: the measure validation/nmi is not built yet
        3 | objective: {metric: validation/nmi}
          |                     ^
        allowed: validation/map@r, validation/r_precision or validation/recall@1
      """),
    MessageCase(
      "settings that are not built yet",
      """
      name: demo
      base:
        dataset: {path: d.h5, levels: [low, high], split: {classes: 0.5}, preprocess: [{pca: 64}], validation: {folds: 4}, keys: {features: x}}
        model: {hidden: [64], bias: true, concatenation: normalized}
        loss: {name: triplet, mining: hard}
        optimizer: {name: adam, beta1: 0.9}
        schedule: {multistep: {at: [500]}}
        evaluation: {clustering: true, few_shot: {ways: [5]}}
        checkpoint: {every: 10}
        initial: abcd

      """,
      """
      sweeps/demo.yaml:3:34: training on several levels is not built yet
        3 |   dataset: {path: d.h5, levels: [low, high], split: {classes: 0.5}, preprocess: [{pca: 64}], val…
          |                                  ^
        allowed: one level of the feature file, as [high]
      sweeps/demo.yaml:3:53: dataset.split: classes is not built yet
        3 |   dataset: {path: d.h5, levels: [low, high], split: {classes: 0.5}, preprocess: [{pca: 64}], val…
          |                                                     ^
        allowed: auto, groups or column
      sweeps/demo.yaml:3:82: dataset.preprocess: pca is not built yet
        3 |   dataset: {path: d.h5, levels: [low, high], split: {classes: 0.5}, preprocess: [{pca: 64}], val…
          |                                                                                  ^
        allowed: a list of l2 and center in any order, as [l2, center]
      sweeps/demo.yaml:3:106: dataset.validation: folds is not built yet
        3 | …ses: 0.5}, preprocess: [{pca: 64}], validation: {folds: 4}, keys: {features: x}}
          |                                                  ^
        allowed: a share of the training classes below 1, their count, or 0 for none
      sweeps/demo.yaml:3:124: dataset.keys is not built yet
        3 | …ess: [{pca: 64}], validation: {folds: 4}, keys: {features: x}}
          |                                                  ^
      sweeps/demo.yaml:4:19: model.hidden: [64] is not built yet
        4 |   model: {hidden: [64], bias: true, concatenation: normalized}
          |                   ^
        allowed: []
      sweeps/demo.yaml:4:31: model.bias: true is not built yet
        4 |   model: {hidden: [64], bias: true, concatenation: normalized}
          |                               ^
        allowed: false
      sweeps/demo.yaml:4:52: model.concatenation: normalized is not built yet
        4 |   model: {hidden: [64], bias: true, concatenation: normalized}
          |                                                    ^
        allowed: raw
      sweeps/demo.yaml:5:16: loss.name: triplet is not built yet
        5 |   loss: {name: triplet, mining: hard}
          |                ^
        allowed: ranked_list
      sweeps/demo.yaml:6:21: optimizer.name: adam is not built yet
        6 |   optimizer: {name: adam, beta1: 0.9}
          |                     ^
        allowed: sgd
      sweeps/demo.yaml:7:13: schedule: multistep is not built yet
        7 |   schedule: {multistep: {at: [500]}}
          |             ^
        allowed: constant, cosine or {cosine: {floor: a share of the learning rate from 0 to 1}}
      sweeps/demo.yaml:8:28: evaluation.clustering: true is not built yet
        8 |   evaluation: {clustering: true, few_shot: {ways: [5]}}
          |                            ^
        allowed: false
      sweeps/demo.yaml:8:44: evaluation.few_shot is not built yet
        8 |   evaluation: {clustering: true, few_shot: {ways: [5]}}
          |                                            ^
        allowed: false
      sweeps/demo.yaml:9:23: checkpoint.every is not built yet
        9 |   checkpoint: {every: 10}
          |                       ^
      sweeps/demo.yaml:10:12: initial is not built yet
        10 |   initial: abcd
           |            ^
      """),
    MessageCase(
      "a derived setting",
      """
      name: demo
      base:
        dataset: d.h5
        alpha: {expr: "1 + m/2"}

      """,
      """
      sweeps/demo.yaml:4:10: 'expr' is not built yet
        4 |   alpha: {expr: "1 + m/2"}
          |          ^
        allowed: a number above 0, at most 2
      """),
    MessageCase(
      "domains that are not built yet",
      """
      name: demo
      base: {dataset: d.h5}
      sweep:
        T: {uniform: [1, 2]}
        alpha: {expr: 1 + m/2}
        m: {when: {loss.name: triplet}, range: [0, 1, 0.5]}

      """,
      """
      sweeps/demo.yaml:4:7: 'uniform' is not built yet
        4 |   T: {uniform: [1, 2]}
          |       ^
        allowed: a list, {range: [start, stop, step]}, {linspace: [first, last, count]} or {logspace: [first, last, count]}
      sweeps/demo.yaml:5:11: 'expr' is not built yet
        5 |   alpha: {expr: 1 + m/2}
          |           ^
        allowed: a list, {range: [start, stop, step]}, {linspace: [first, last, count]} or {logspace: [first, last, count]}
      sweeps/demo.yaml:6:7: 'when' is not built yet
        6 |   m: {when: {loss.name: triplet}, range: [0, 1, 0.5]}
          |       ^
        allowed: a list, {range: [start, stop, step]}, {linspace: [first, last, count]} or {logspace: [first, last, count]}
      """),
  ]
}
