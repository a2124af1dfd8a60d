import Testing

/// What is wrong with settings and their values, to the letter.
@Suite struct SettingMessageTests {
  @Test(arguments: cases) func `the whole message is as written here`(_ row: MessageCase) {
    #expect(SweepFixture.message(row.text) == row.message)
  }

  private static let cases: [MessageCase] = [
    MessageCase(
      "a misspelt setting",
      """
      name: demo
      base:
        dataset: d.h5
        margn: 0.2

      """,
      """
      sweeps/demo.yaml:4:3: unknown setting 'margn'
        4 |   margn: 0.2
          |   ^
        did you mean 'margin'?
      """),
    MessageCase(
      "a misspelt setting of a group",
      """
      name: demo
      base:
        dataset: d.h5
        loss: {temprature: 0.2}

      """,
      """
      sweeps/demo.yaml:4:10: unknown setting of loss 'temprature'
        4 |   loss: {temprature: 0.2}
          |          ^
        did you mean 'temperature'?
        allowed: name, alpha, margin, temperature, positive_temperature, lambda, gradient, query_weighting, pair_gradient
      """),
    MessageCase(
      "a setting of another program",
      """
      name: demo
      base:
        dataset: d.h5
        epochs: 20

      """,
      """
      sweeps/demo.yaml:4:3: unknown setting 'epochs'
        4 |   epochs: 20
          |   ^
        did you mean 'steps'?
      """),
    MessageCase(
      "a wrong type",
      """
      name: demo
      base:
        dataset: d.h5
        steps: many

      """,
      """
      sweeps/demo.yaml:4:10: steps cannot be 'many'
        4 |   steps: many
          |          ^
        allowed: a whole number from 1
      """),
    MessageCase(
      "a number in quotes",
      """
      name: demo
      base:
        dataset: d.h5
        alpha: '1.2'

      """,
      """
      sweeps/demo.yaml:4:10: loss.alpha cannot be '1.2' in quotes, which is a text
        4 |   alpha: '1.2'
          |          ^
        allowed: a number above 0, at most 2
      """),
    MessageCase(
      "a list where one value belongs",
      """
      name: demo
      base:
        dataset: d.h5
        alpha: [1.0, 1.2]

      """,
      """
      sweeps/demo.yaml:4:10: loss.alpha cannot be '[1.0, 1.2]'; values to try stand under sweep
        4 |   alpha: [1.0, 1.2]
          |          ^
        allowed: a number above 0, at most 2
      """),
    MessageCase(
      "a setting without a value",
      """
      name: demo
      base:
        dataset: d.h5
        alpha:

      """,
      """
      sweeps/demo.yaml:4:9: loss.alpha has no value
        4 |   alpha:
          |         ^
        allowed: a number above 0, at most 2
      """),
    MessageCase(
      "numbers beyond their range",
      """
      name: demo
      base:
        dataset: d.h5
        loss: {alpha: 2.5, margin: -0.1, temperature: -1, lambda: 1.5}

      """,
      """
      sweeps/demo.yaml:4:17: loss.alpha cannot be '2.5'
        4 |   loss: {alpha: 2.5, margin: -0.1, temperature: -1, lambda: 1.5}
          |                 ^
        allowed: a number above 0, at most 2
      sweeps/demo.yaml:4:30: loss.margin cannot be '-0.1'
        4 |   loss: {alpha: 2.5, margin: -0.1, temperature: -1, lambda: 1.5}
          |                              ^
        allowed: a number from 0 to alpha
      sweeps/demo.yaml:4:49: loss.temperature cannot be '-1'
        4 |   loss: {alpha: 2.5, margin: -0.1, temperature: -1, lambda: 1.5}
          |                                                 ^
        allowed: a number from 0, or inf
      sweeps/demo.yaml:4:61: loss.lambda cannot be '1.5'
        4 |   loss: {alpha: 2.5, margin: -0.1, temperature: -1, lambda: 1.5}
          |                                                             ^
        allowed: a number from 0 to 1
      """),
    MessageCase(
      "NaN and too large a number",
      """
      name: demo
      base:
        dataset: d.h5
        T: .nan
        lr: 1e999

      """,
      """
      sweeps/demo.yaml:4:6: loss.temperature cannot be '.nan', which is no finite number
        4 |   T: .nan
          |      ^
        allowed: a number from 0, or inf
      sweeps/demo.yaml:5:7: optimizer.learning_rate cannot be '1e999', which is no finite number
        5 |   lr: 1e999
          |       ^
        allowed: a number above 0
      """),
    MessageCase(
      "an infinite learning rate",
      """
      name: demo
      base:
        dataset: d.h5
        lr: inf

      """,
      """
      sweeps/demo.yaml:4:7: optimizer.learning_rate cannot be 'inf'
        4 |   lr: inf
          |       ^
        allowed: a number above 0
      """),
    MessageCase(
      "an answer of other YAML",
      """
      name: demo
      base:
        dataset: d.h5
        bias: no

      """,
      """
      sweeps/demo.yaml:4:9: model.bias cannot be 'no'
        4 |   bias: no
          |         ^
        allowed: true or false
      """),
    MessageCase(
      "a misspelt choice",
      """
      name: demo
      base:
        dataset: d.h5
        loss: {name: ranked_lst, gradient: full-list}

      """,
      """
      sweeps/demo.yaml:4:16: loss.name cannot be 'ranked_lst'
        4 |   loss: {name: ranked_lst, gradient: full-list}
          |                ^
        did you mean 'ranked_list'?
        allowed: ranked_list, contrastive, triplet, margin, lifted_structure, n_pair, proxy_nca, proxy_anchor, multi_similarity, group or multimodal
      sweeps/demo.yaml:4:38: loss.gradient cannot be 'full-list'
        4 |   loss: {name: ranked_lst, gradient: full-list}
          |                                      ^
        did you mean 'full_list'?
        allowed: query_only, full_list or exact
      """),
    MessageCase(
      "one setting by two names",
      """
      name: demo
      base:
        dataset: d.h5
        alpha: 1.2
        loss:
          α: 1.4

      """,
      """
      sweeps/demo.yaml:6:5: 'α' gives loss.alpha again: 'alpha' on line 4 gives it already
        6 |     α: 1.4
          |     ^
      """),
    MessageCase(
      "batch beside one of its parts",
      """
      name: demo
      base:
        dataset: d.h5
        batch: 60x3
        P: 30

      """,
      """
      sweeps/demo.yaml:5:3: 'P' gives part of batch again: 'batch' on line 4 gives it already
        5 |   P: 30
          |   ^
      """),
    MessageCase(
      "a batch of single items",
      """
      name: demo
      base:
        dataset: d.h5
        batch: 60x1

      """,
      """
      sweeps/demo.yaml:4:10: batch cannot be '60x1'
        4 |   batch: 60x1
          |          ^
        allowed: PxK, classes times items of each, both at least 2, as 60x3 or {P: 60, K: 3}
      """),
    MessageCase(
      "K below 2",
      """
      name: demo
      base:
        dataset: d.h5
        K: 1

      """,
      """
      sweeps/demo.yaml:4:6: K cannot be '1'
        4 |   K: 1
          |      ^
        allowed: a whole number of items of each class, at least 2
      """),
    MessageCase(
      "a last part of several settings",
      """
      name: demo
      base:
        dataset: d.h5
        every: 10

      """,
      """
      sweeps/demo.yaml:4:3: 'every' is the last part of several settings
        4 |   every: 10
          |   ^
        allowed: evaluation.every, checkpoint.every
      """),
    MessageCase(
      "a group with one value",
      """
      name: demo
      base:
        dataset: d.h5
        model: 64

      """,
      """
      sweeps/demo.yaml:4:10: model is a group of settings and cannot be '64'
        4 |   model: 64
          |          ^
        allowed: embedding, hidden, bias, dropout, batch_normalization, concatenation
      """),
    MessageCase(
      "a preprocessing step twice",
      """
      name: demo
      base:
        dataset: d.h5
        preprocess: [l2, l2, centre]

      """,
      """
      sweeps/demo.yaml:4:20: dataset.preprocess has 'l2' twice
        4 |   preprocess: [l2, l2, centre]
          |                    ^
        allowed: a list of l2, center, {pca: dimension} and {whiten: dimension} in any order, as [l2, center]
      """),
    MessageCase(
      "a schedule with an unknown option",
      """
      name: demo
      base:
        dataset: d.h5
        schedule: {cosine: {flor: 0.1}}

      """,
      """
      sweeps/demo.yaml:4:23: schedule cannot be 'flor'
        4 |   schedule: {cosine: {flor: 0.1}}
          |                       ^
        did you mean 'floor'?
        allowed: constant, cosine, {cosine: {floor: a share of the learning rate from 0 to 1}} or {multistep: {at: [500, 800], factor: 0.2}}, each with warmup steps beside it, as {constant: {}, warmup: 10}
      """),
    MessageCase(
      "a share of validation classes below 0",
      """
      name: demo
      base:
        dataset: {path: d.h5, validation: -0.1}

      """,
      """
      sweeps/demo.yaml:3:37: dataset.validation cannot be '-0.1'
        3 |   dataset: {path: d.h5, validation: -0.1}
          |                                     ^
        allowed: a share of the training classes below 1, their count, 0 for none, {folds: 4, fold: 0} or {share: 0.2, group_by: '^([^/]+)/'}
      """),
    MessageCase(
      "a count of validation classes with a fraction",
      """
      name: demo
      base:
        dataset: {path: d.h5, validation: 1.5}

      """,
      """
      sweeps/demo.yaml:3:37: dataset.validation cannot be '1.5'
        3 |   dataset: {path: d.h5, validation: 1.5}
          |                                     ^
        allowed: a share of the training classes below 1, their count, 0 for none, {folds: 4, fold: 0} or {share: 0.2, group_by: '^([^/]+)/'}
      """),
    MessageCase(
      "a variable that is not set",
      """
      name: demo
      base:
        dataset: ${DATA}/d.h5

      """,
      """
      sweeps/demo.yaml:3:12: the environment has no variable DATA
        3 |   dataset: ${DATA}/d.h5
          |            ^
        allowed: set it, or give a default: ${DATA:-default}
      """),
    MessageCase(
      "a home folder",
      """
      name: demo
      base:
        dataset: ~/d.h5

      """,
      """
      sweeps/demo.yaml:3:12: '~' is not expanded in '~/d.h5'
        3 |   dataset: ~/d.h5
          |            ^
        allowed: ${HOME} in place of ~
      """),
    MessageCase(
      "values to try in base",
      """
      name: demo
      base:
        dataset: d.h5
        alpha: {range: [1, 2, 0.5]}

      """,
      """
      sweeps/demo.yaml:4:10: loss.alpha cannot be '{range: [1, 2, 0.5]}'; values to try stand under sweep
        4 |   alpha: {range: [1, 2, 0.5]}
          |          ^
        allowed: a number above 0, at most 2
      """),
    MessageCase(
      "a path that is a list",
      """
      name: demo
      base: {dataset: [a.h5]}

      """,
      """
      sweeps/demo.yaml:2:17: dataset.path cannot be '[a.h5]'; values to try stand under sweep
        2 | base: {dataset: [a.h5]}
          |                 ^
        allowed: the path of a feature file
      """),
    MessageCase(
      "an unknown split and empty levels",
      """
      name: demo
      base: {dataset: {path: d.h5, split: colum, levels: []}}

      """,
      """
      sweeps/demo.yaml:2:37: dataset.split cannot be 'colum'
        2 | base: {dataset: {path: d.h5, split: colum, levels: []}}
          |                                     ^
        did you mean 'column'?
        allowed: auto, groups, column or {classes: a share or a number of classes to train on}
      sweeps/demo.yaml:2:52: dataset.levels cannot be '[]'
        2 | base: {dataset: {path: d.h5, split: colum, levels: []}}
          |                                                    ^
        allowed: levels of the feature file, as [high] or [low, high]
      """),
    MessageCase(
      "Recall at nothing",
      """
      name: demo
      base:
        dataset: d.h5
        evaluation: {recall_at: [1, 0], every: 0}
        checkpoint: {keep: [worst], every: 0}

      """,
      """
      sweeps/demo.yaml:4:31: evaluation.recall_at cannot be '0'
        4 |   evaluation: {recall_at: [1, 0], every: 0}
          |                               ^
        allowed: a list of different whole numbers from 1, as [1, 2, 4, 8]
      sweeps/demo.yaml:4:42: evaluation.every cannot be '0'
        4 |   evaluation: {recall_at: [1, 0], every: 0}
          |                                          ^
        allowed: a whole number of steps from 1
      sweeps/demo.yaml:5:23: checkpoint.keep cannot be 'worst'
        5 |   checkpoint: {keep: [worst], every: 0}
          |                       ^
        allowed: a list of best and last
      sweeps/demo.yaml:5:38: checkpoint.every cannot be '0'
        5 |   checkpoint: {keep: [worst], every: 0}
          |                                      ^
        allowed: a whole number of steps from 1
      """),
  ]
}
