import Sweeps
import Testing

/// Settings that only some losses or optimisers have.
@Suite struct LossSettingTests {
  private func rows(_ sweep: ExpandedSweep, _ settings: String...) -> [String] {
    sweep.jobs.map { job in
      settings.map { job.settings[$0]?.display ?? "-" }.joined(separator: " ")
    }
  }

  @Test func `an axis of one loss leaves the jobs of the others alone, and that is said`() throws {
    let sweep = try SweepFixture.expand(
      SweepFixture.sweep(
        """
        sweep:
          lambda: [0.3, 0.5]
          loss: [ranked_list, contrastive, triplet]
          m: [0.1, 0.2]

        """))
    #expect(
      rows(sweep, "loss.lambda", "loss.name", "loss.margin") == [
        "- contrastive -", "- triplet 0.1", "- triplet 0.2", "0.3 ranked_list 0.1",
        "0.3 ranked_list 0.2", "0.5 ranked_list 0.1", "0.5 ranked_list 0.2",
      ])
    #expect(
      sweep.notes == [
        "sweeps/demo.yaml:4:12: loss.lambda is a setting of ranked_list and applies to its jobs "
          + "only",
        "sweeps/demo.yaml:6:7: loss.margin is a setting of ranked_list, triplet, margin and "
          + "proxy_anchor and applies to their jobs only",
      ])
    #expect(sweep.warnings == [])
  }

  @Test func `a setting in base applies where the loss has it`() throws {
    let sweep = try SweepFixture.expand(
      """
      name: demo
      base: {dataset: d.h5, alpha: 1.4, optimizer: {momentum: 0.8}}
      sweep: {optimizer: [sgd, adam], loss.name: [ranked_list, triplet]}

      """)
    #expect(
      rows(sweep, "optimizer.momentum", "optimizer.beta1", "loss.name", "loss.alpha") == [
        "0.8 - ranked_list 1.4", "0.8 - triplet -", "- 0.9 ranked_list 1.4", "- 0.9 triplet -",
      ])
    #expect(
      sweep.notes == [
        "sweeps/demo.yaml:2:30: loss.alpha is a setting of ranked_list, multi_similarity and "
          + "proxy_anchor and applies to their jobs only",
        "sweeps/demo.yaml:2:57: optimizer.momentum is a setting of sgd and applies to its jobs "
          + "only",
      ])
  }

  @Test func `losses can move together with their settings`() throws {
    let sweep = try SweepFixture.expand(
      SweepFixture.sweep(
        "zip: [{loss: [ranked_list, triplet], m: [0.4, 0.1], lr: [0.1, 0.03]}]\n"))
    #expect(
      rows(sweep, "loss.name", "loss.margin", "optimizer.learning_rate") == [
        "ranked_list 0.4 0.1", "triplet 0.1 0.03",
      ])
  }

  @Test func `an included job of another loss takes the settings of that loss`() throws {
    let sweep = try SweepFixture.expand(
      SweepFixture.sweep("sweep: {alpha: [1, 1.2]}\ninclude: [{loss: triplet, mining: hard}]\n"))
    #expect(
      rows(sweep, "loss.name", "loss.alpha", "loss.mining") == [
        "ranked_list 1 -", "ranked_list 1.2 -", "triplet - hard",
      ])
    #expect(sweep.notes == [])
  }

  @Test func `an override of the loss takes the place of its axis`() throws {
    let sweep = try SweepFixture.expand(
      SweepFixture.sweep("sweep: {loss: [ranked_list, triplet], steps: [1, 2]}\n"),
      overrides: ["loss=margin", "beta=1.1"])
    #expect(
      rows(sweep, "loss.name", "loss.beta", "steps") == ["margin 1.1 1", "margin 1.1 2"])
  }

  @Test(arguments: cases) func `the whole message is as written here`(_ row: MessageCase) {
    #expect(SweepFixture.message(row.text) == row.message)
  }

  private static let cases: [MessageCase] = [
    MessageCase(
      "a setting of another loss",
      """
      name: demo
      base: {dataset: d.h5, loss: {name: triplet, alpha: 1.2}}

      """,
      """
      sweeps/demo.yaml:2:52: loss.alpha is a setting of ranked_list, multi_similarity and proxy_anchor, not of triplet
        2 | base: {dataset: d.h5, loss: {name: triplet, alpha: 1.2}}
          |                                                    ^
        allowed: settings of triplet: margin, mining, fallback, distance, soft, swap, reducer, drop_duplicate_pairs
      """),
    MessageCase(
      "a setting of other losses, and one of another optimiser",
      """
      name: demo
      base:
        dataset: d.h5
        loss: {beta_kind: fixed}
        optimizer: {name: adamw, momentum: 0.9}
      sweep:
        loss: [contrastive, triplet]
        beta: [1, 2, 3]

      """,
      """
      sweeps/demo.yaml:4:21: loss.beta_kind is a setting of margin, not of contrastive and triplet
        4 |   loss: {beta_kind: fixed}
          |                     ^
      sweeps/demo.yaml:5:38: optimizer.momentum is a setting of sgd, not of adamw
        5 |   optimizer: {name: adamw, momentum: 0.9}
          |                                      ^
        allowed: settings of adamw: learning_rate, beta1, beta2, epsilon, weight_decay
      sweeps/demo.yaml:8:10: loss.beta is a setting of margin and multi_similarity, not of contrastive and triplet
        8 |   beta: [1, 2, 3]
          |          ^
      """),
    MessageCase(
      "what another program calls a setting that a loss has",
      """
      name: demo
      base: {dataset: d.h5, iterations: 1000}

      """,
      """
      sweeps/demo.yaml:2:35: loss.iterations is a setting of group, not of ranked_list
        2 | base: {dataset: d.h5, iterations: 1000}
          |                                   ^
        did you mean 'steps'?
        allowed: settings of ranked_list: alpha, margin, temperature, positive_temperature, lambda, gradient, query_weighting, pair_gradient
      """),
    MessageCase(
      "values that one of two losses refuses",
      """
      name: demo
      base: {dataset: d.h5, margin: 1.5}
      sweep:
        loss: [ranked_list, proxy_anchor]
        alpha: [1.2, 32]

      """,
      """
      sweeps/demo.yaml:2:31: loss.margin of proxy_anchor cannot be '1.5'
        2 | base: {dataset: d.h5, margin: 1.5}
          |                               ^
        allowed: a number from 0, below 1
      sweeps/demo.yaml:5:16: loss.alpha of ranked_list cannot be '32'
        5 |   alpha: [1.2, 32]
          |                ^
        allowed: a number above 0, at most 2
      """),
    MessageCase(
      "an included setting of another loss",
      """
      name: demo
      base: {dataset: d.h5}
      sweep: {loss: [triplet, margin]}
      include: [{mining: hard}, {loss: margin, mining: hard}]

      """,
      """
      sweeps/demo.yaml:4:20: loss.mining is a setting of triplet, margin and multi_similarity, not of ranked_list
        4 | include: [{mining: hard}, {loss: margin, mining: hard}]
          |                    ^
        allowed: settings of ranked_list: alpha, margin, temperature, positive_temperature, lambda, gradient, query_weighting, pair_gradient
      sweeps/demo.yaml:4:50: loss.mining cannot be 'hard'
        4 | include: [{mining: hard}, {loss: margin, mining: hard}]
          |                                                  ^
        allowed: triplets, pairs or distance_weighted
      """),
    MessageCase(
      "a misspelt loss with settings of its own",
      """
      name: demo
      base: {dataset: d.h5, loss: {name: triplets, mining: hard, swap: maybe}}

      """,
      """
      sweeps/demo.yaml:2:36: loss.name cannot be 'triplets'
        2 | base: {dataset: d.h5, loss: {name: triplets, mining: hard, swap: maybe}}
          |                                    ^
        did you mean 'triplet'?
        allowed: ranked_list, contrastive, triplet, margin, lifted_structure, n_pair, proxy_nca, proxy_anchor, multi_similarity, group or multimodal
      sweeps/demo.yaml:2:66: loss.swap cannot be 'maybe'
        2 | base: {dataset: d.h5, loss: {name: triplets, mining: hard, swap: maybe}}
          |                                                                  ^
        allowed: true or false
      """),
    MessageCase(
      "a setting that the loss beside it lacks",
      """
      name: demo
      base: {dataset: d.h5}
      zip: [{loss: [triplet, contrastive], margin: [0.1, 0.2]}]

      """,
      """
      sweeps/demo.yaml:3:52: loss.margin is a setting of ranked_list, triplet, margin and proxy_anchor, not of contrastive
        3 | zip: [{loss: [triplet, contrastive], margin: [0.1, 0.2]}]
          |                                                    ^
        allowed: settings of contrastive: positive_margin, negative_margin, power, distance, reducer, drop_duplicate_pairs
      """),
    MessageCase(
      "a name of two settings",
      """
      name: demo
      base: {dataset: d.h5, loss: multi_similarity, epsilon: 0.1}

      """,
      """
      sweeps/demo.yaml:2:47: 'epsilon' is the last part of several settings
        2 | base: {dataset: d.h5, loss: multi_similarity, epsilon: 0.1}
          |                                               ^
        allowed: loss.epsilon, optimizer.epsilon
      """),
    MessageCase(
      "a misspelt setting of a loss",
      """
      name: demo
      base: {dataset: d.h5, loss: {name: margin, beta_knd: fixed}}

      """,
      """
      sweeps/demo.yaml:2:44: unknown setting of loss 'beta_knd'
        2 | base: {dataset: d.h5, loss: {name: margin, beta_knd: fixed}}
          |                                            ^
        did you mean 'beta_kind'?
        allowed: name, drop_duplicate_pairs, margin, beta, beta_kind, beta_rate_multiplier, nu, mining, cutoff
      """),
    MessageCase(
      "settings that do not go together",
      """
      name: demo
      base: {dataset: d.h5, batch: 60x3}
      include:
        - {loss: contrastive, positive_margin: 1, negative_margin: 1}
        - {loss: triplet, margin: 3}
        - {loss: margin, beta: 1.9}
        - {loss: group, anchors_per_class: 3}
        - {loss: multimodal, levels: [high]}
        - {batch_normalization: true}
        - {schedule: {cosine: {}, warmup: 1000}}

      """,
      """
      sweeps/demo.yaml:4:42: positive_margin 1 is not below negative_margin 1 (1 of 8 jobs)
        4 |   - {loss: contrastive, positive_margin: 1, negative_margin: 1}
          |                                          ^
        allowed: positive_margin below negative_margin
      sweeps/demo.yaml:5:29: margin 3 is larger than any distance on the sphere (1 of 8 jobs)
        5 |   - {loss: triplet, margin: 3}
          |                             ^
        allowed: at most 2, or distance: squared
      sweeps/demo.yaml:6:26: beta 1.9 leaves no room for margin 0.2 on both sides (1 of 8 jobs)
        6 |   - {loss: margin, beta: 1.9}
          |                          ^
        allowed: beta above margin, below 2 - margin
      sweeps/demo.yaml:7:38: 3 anchors of each class leave none of K = 3 items to classify (1 of 8 jobs)
        7 |   - {loss: group, anchors_per_class: 3}
          |                                      ^
        allowed: anchors_per_class below K
      sweeps/demo.yaml:8:12: multimodal is a loss of several levels, and dataset.levels names one (1 of 8 jobs)
        8 |   - {loss: multimodal, levels: [high]}
          |            ^
        allowed: two levels or more, as 'dataset.levels: [low, high]'
      sweeps/demo.yaml:9:27: batch_normalization is of hidden layers, and model.hidden has none (1 of 8 jobs)
        9 |   - {batch_normalization: true}
          |                           ^
        allowed: hidden layers, as 'model.hidden: [512]', or no batch_normalization
      sweeps/demo.yaml:10:16: a warmup of 1000 steps does not end within 1000 steps (1 of 8 jobs)
        10 |   - {schedule: {cosine: {}, warmup: 1000}}
           |                ^
        allowed: a warmup shorter than steps
      """),
    MessageCase(
      "values that settings do not take",
      """
      name: demo
      base:
        dataset: {path: d.h5, preprocess: [{pca: 0}, {pcaa: 3}], levels: [a, a]}
        model: {hidden: [512, 0], dropout: 1}
        schedule: {multistep: {at: [800, 500], factor: 0.2}}
        sampler: balance
        evaluation: {few_shot: {ways: [1]}, map: 1}

      """,
      """
      sweeps/demo.yaml:3:44: dataset.preprocess cannot be '0'
        3 |   dataset: {path: d.h5, preprocess: [{pca: 0}, {pcaa: 3}], levels: [a, a]}
          |                                            ^
        allowed: a list of l2, center, {pca: dimension} and {whiten: dimension} in any order, as [l2, center]
      sweeps/demo.yaml:3:72: dataset.levels has 'a' twice
        3 |   dataset: {path: d.h5, preprocess: [{pca: 0}, {pcaa: 3}], levels: [a, a]}
          |                                                                        ^
        allowed: levels of the feature file, as [high] or [low, high]
      sweeps/demo.yaml:4:25: model.hidden cannot be '0'
        4 |   model: {hidden: [512, 0], dropout: 1}
          |                         ^
        allowed: a list of at most 16 widths from 1 to 65536, as [512]; [] for none
      sweeps/demo.yaml:4:38: model.dropout cannot be '1'
        4 |   model: {hidden: [512, 0], dropout: 1}
          |                                      ^
        allowed: a number from 0, below 1
      sweeps/demo.yaml:5:30: schedule cannot be '[800, 500]'
        5 |   schedule: {multistep: {at: [800, 500], factor: 0.2}}
          |                              ^
        allowed: constant, cosine, {cosine: {floor: a share of the learning rate from 0 to 1}} or {multistep: {at: [500, 800], factor: 0.2}}, each with warmup steps beside it, as {constant: {}, warmup: 10}
      sweeps/demo.yaml:6:12: sampler cannot be 'balance'
        6 |   sampler: balance
          |            ^
        did you mean 'balanced'?
        allowed: balanced, uniform, with_replacement or class_random
      sweeps/demo.yaml:7:33: evaluation.few_shot cannot be '[1]'
        7 |   evaluation: {few_shot: {ways: [1]}, map: 1}
          |                                 ^
        allowed: true, false or {ways: [5, 20], shots: [1, 5], episodes: 1000}
      sweeps/demo.yaml:7:44: evaluation.map cannot be '1'
        7 |   evaluation: {few_shot: {ways: [1]}, map: 1}
          |                                            ^
        allowed: true or false
      """),
    MessageCase(
      "schedules that are none",
      """
      name: demo
      base: {dataset: d.h5}
      sweep:
        schedule: [multistep, {warmup: 10}, {cosine: {}, constant: {}}, {constant: {floor: 1}}, {cosine: {}, warmup: -1}]

      """,
      """
      sweeps/demo.yaml:4:14: schedule cannot be 'multistep'
        4 |   schedule: [multistep, {warmup: 10}, {cosine: {}, constant: {}}, {constant: {floor: 1}}, {cosin…
          |              ^
        allowed: constant, cosine, {cosine: {floor: a share of the learning rate from 0 to 1}} or {multistep: {at: [500, 800], factor: 0.2}}, each with warmup steps beside it, as {constant: {}, warmup: 10}
      sweeps/demo.yaml:4:25: schedule cannot be '{warmup: 10}'
        4 |   schedule: [multistep, {warmup: 10}, {cosine: {}, constant: {}}, {constant: {floor: 1}}, {cosin…
          |                         ^
        allowed: constant, cosine, {cosine: {floor: a share of the learning rate from 0 to 1}} or {multistep: {at: [500, 800], factor: 0.2}}, each with warmup steps beside it, as {constant: {}, warmup: 10}
      sweeps/demo.yaml:4:39: schedule cannot be '{cosine: {}, constant: {}}'
        4 |   schedule: [multistep, {warmup: 10}, {cosine: {}, constant: {}}, {constant: {floor: 1}}, {cosin…
          |                                       ^
        allowed: constant, cosine, {cosine: {floor: a share of the learning rate from 0 to 1}} or {multistep: {at: [500, 800], factor: 0.2}}, each with warmup steps beside it, as {constant: {}, warmup: 10}
      sweeps/demo.yaml:4:79: schedule cannot be 'floor'
        4 |   schedule: [multistep, {warmup: 10}, {cosine: {}, constant: {}}, {constant: {floor: 1}}, {cosin…
          |                                                                               ^
        allowed: constant, cosine, {cosine: {floor: a share of the learning rate from 0 to 1}} or {multistep: {at: [500, 800], factor: 0.2}}, each with warmup steps beside it, as {constant: {}, warmup: 10}
      sweeps/demo.yaml:4:112: schedule cannot be '-1'
        4 | …}, {constant: {floor: 1}}, {cosine: {}, warmup: -1}]
          |                                                  ^
        allowed: constant, cosine, {cosine: {floor: a share of the learning rate from 0 to 1}} or {multistep: {at: [500, 800], factor: 0.2}}, each with warmup steps beside it, as {constant: {}, warmup: 10}
      """),
    MessageCase(
      "validations that are none",
      """
      name: demo
      base: {dataset: d.h5}
      sweep:
        validation: [{folds: 4, fold: 4}, {folds: 1, fold: 0}, {share: 2}, {share: 0.2, fold: 1}, {order: sorted, share: 0.1}]

      """,
      """
      sweeps/demo.yaml:4:33: dataset.validation cannot be '4'
        4 |   validation: [{folds: 4, fold: 4}, {folds: 1, fold: 0}, {share: 2}, {share: 0.2, fold: 1}, {ord…
          |                                 ^
        allowed: a share of the training classes below 1, their count, 0 for none, {folds: 4, fold: 0} or {share: 0.2, group_by: '^([^/]+)/'}
      sweeps/demo.yaml:4:45: dataset.validation cannot be '1'
        4 |   validation: [{folds: 4, fold: 4}, {folds: 1, fold: 0}, {share: 2}, {share: 0.2, fold: 1}, {ord…
          |                                             ^
        allowed: a share of the training classes below 1, their count, 0 for none, {folds: 4, fold: 0} or {share: 0.2, group_by: '^([^/]+)/'}
      sweeps/demo.yaml:4:66: dataset.validation cannot be '2'
        4 |   validation: [{folds: 4, fold: 4}, {folds: 1, fold: 0}, {share: 2}, {share: 0.2, fold: 1}, {ord…
          |                                                                  ^
        allowed: a share of the training classes below 1, their count, 0 for none, {folds: 4, fold: 0} or {share: 0.2, group_by: '^([^/]+)/'}
      sweeps/demo.yaml:4:70: dataset.validation cannot be '{share: 0.2, fold: 1}'
        4 |   validation: [{folds: 4, fold: 4}, {folds: 1, fold: 0}, {share: 2}, {share: 0.2, fold: 1}, {ord…
          |                                                                      ^
        allowed: a share of the training classes below 1, their count, 0 for none, {folds: 4, fold: 0} or {share: 0.2, group_by: '^([^/]+)/'}
      sweeps/demo.yaml:4:101: dataset.validation cannot be 'sorted'
        4 | … 0}, {share: 2}, {share: 0.2, fold: 1}, {order: sorted, share: 0.1}]
          |                                                  ^
        allowed: a share of the training classes below 1, their count, 0 for none, {folds: 4, fold: 0} or {share: 0.2, group_by: '^([^/]+)/'}
      """),
  ]
}
