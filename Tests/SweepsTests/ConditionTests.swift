import Sweeps
import Testing

/// `when` inside of axes.
@Suite struct ConditionTests {
  private func rows(_ sweep: ExpandedSweep, _ settings: String...) -> [String] {
    sweep.jobs.map { job in
      settings.map { job.settings[$0]?.display ?? "-" }.joined(separator: " ")
    }
  }

  @Test func `one setting can have an axis for each loss`() throws {
    let sweep = try SweepFixture.expand(
      SweepFixture.sweep(
        """
        sweep:
          learning_rate: {when: {loss.name: triplet}, choice: [1, 2]}
          lr: {when: {loss.name: [margin, ranked_list]}, range: [3, 4, 1]}
          loss: [ranked_list, triplet, margin, contrastive]

        """))
    #expect(
      rows(sweep, "loss.name", "optimizer.learning_rate") == [
        "contrastive 0.1", "ranked_list 3", "margin 3", "ranked_list 4", "margin 4",
        "triplet 1", "triplet 2",
      ])
    #expect(
      sweep.axes == [
        .init(
          name: "optimizer.learning_rate",
          values: [.number(1), .number(2), .number(3), .number(4)]),
        .init(
          name: "loss.name",
          values: ["ranked_list", "triplet", "margin", "contrastive"].map { .text($0) }),
      ])
    #expect(sweep.notes == [])
  }

  @Test func `a condition can ask for a setting of base, for a default and for another axis`()
    throws
  {
    let sweep = try SweepFixture.expand(
      """
      name: demo
      base: {dataset: d.h5, steps: 500}
      sweep:
        m: {when: {steps: 500, alpha: 1.2}, choice: [0.1, 0.2]}
        T: {when: {m: 0.2}, choice: [0, inf]}
        lambda: {when: {steps: 1000}, choice: [0.3, 0.4]}

      """)
    #expect(
      rows(sweep, "loss.margin", "loss.temperature", "loss.lambda") == [
        "0.1 10 0.5", "0.2 0 0.5", "0.2 inf 0.5",
      ])
    #expect(sweep.warnings == ["sweeps/demo.yaml:6:3: no job meets what 'when' asks for here"])
  }

  @Test func `axes that move together can have one condition`() throws {
    let sweep = try SweepFixture.expand(
      SweepFixture.sweep(
        """
        sweep: {optimizer: [sgd, adam]}
        zip: [{when: {optimizer: adam}, lr: [0.001, 0.01], steps: [2000, 1000]}]

        """))
    #expect(
      rows(sweep, "optimizer.name", "optimizer.learning_rate", "steps") == [
        "sgd 0.1 1000", "adam 0.001 2000", "adam 0.01 1000",
      ])
  }

  @Test func `levels are one value of a condition`() throws {
    let sweep = try SweepFixture.expand(
      SweepFixture.sweep(
        """
        sweep:
          levels: [[low], [low, high]]
          embedding: {when: {levels: [high, low]}, choice: [32, 64]}

        """))
    #expect(
      rows(sweep, "dataset.levels", "model.embedding") == [
        "[\"low\"] 512", "[\"high\",\"low\"] 32", "[\"high\",\"low\"] 64",
      ])
  }

  @Test func `many conditional axes are counted as the jobs they make`() throws {
    let sweep = try SweepFixture.expand(
      SweepFixture.sweep(
        """
        max_jobs: 41
        sweep:
          loss: [ranked_list, triplet, margin, contrastive]
          m: {when: {loss.name: ranked_list}, range: [0.01, 0.1, 0.01]}
          margin: {when: {loss.name: triplet}, range: [0.01, 0.1, 0.01]}
          loss.margin: {when: {loss.name: margin}, range: [0.01, 0.1, 0.01]}
          power: [1, 2]
          positive_margin: {linspace: [0, 0.5, 5]}

        """))
    #expect(sweep.jobs.count == 40)
    #expect(
      SweepFixture.message(
        sweep.text.replacing("max_jobs: 41", with: "max_jobs: 39")
      ).hasPrefix("sweeps/demo.yaml:1:1: the sweep has more than 39 jobs, max_jobs is 39\n"))
  }

  @Test(arguments: cases) func `the whole message is as written here`(_ row: MessageCase) {
    #expect(SweepFixture.message(row.text) == row.message)
  }

  private static let cases: [MessageCase] = [
    MessageCase(
      "conditions that are none",
      """
      name: demo
      base: {dataset: d.h5}
      sweep:
        m: {when: triplet, choice: [0.1]}
        T: {when: {los.name: triplet}, choice: [0.1]}
        lr: {when: {loss.name: triplets}, choice: [0.1]}
        steps: {when: {alpha: -1}, choice: [1]}

      """,
      """
      sweeps/demo.yaml:4:13: when cannot be 'triplet'
        4 |   m: {when: triplet, choice: [0.1]}
          |             ^
        allowed: settings and the values they must have, as {loss.name: triplet} or {loss.name: [triplet, margin]}
      sweeps/demo.yaml:5:14: unknown setting 'los.name'
        5 |   T: {when: {los.name: triplet}, choice: [0.1]}
          |              ^
        did you mean 'loss.name'?
      sweeps/demo.yaml:6:26: loss.name cannot be 'triplets'
        6 |   lr: {when: {loss.name: triplets}, choice: [0.1]}
          |                          ^
        did you mean 'triplet'?
        allowed: ranked_list, contrastive, triplet, margin, lifted_structure, n_pair, proxy_nca, proxy_anchor, multi_similarity, group or multimodal
      sweeps/demo.yaml:7:25: loss.alpha cannot be '-1'
        7 |   steps: {when: {alpha: -1}, choice: [1]}
          |                         ^
        allowed: a number above 0, at most 2
      """),
    MessageCase(
      "a condition alone, and one beside two domains",
      """
      name: demo
      base: {dataset: d.h5}
      sweep:
        m: {when: {T: 10}}
        lr: {when: {T: 10}, choice: [0.1], range: [1, 2, 1]}
        steps: {wen: {T: 10}, choice: [1]}

      """,
      """
      sweeps/demo.yaml:4:6: the axis loss.margin cannot be '{when: {T: 10}}'
        4 |   m: {when: {T: 10}}
          |      ^
        allowed: a list, {range: [start, stop, step]}, {linspace: [first, last, count]}, {logspace: [first, last, count]}, or with strategy: random {uniform: [low, high]}, log_uniform or int_uniform
      sweeps/demo.yaml:5:38: choice cannot be 'range'
        5 |   lr: {when: {T: 10}, choice: [0.1], range: [1, 2, 1]}
          |                                      ^
        allowed: a list, {range: [start, stop, step]}, {linspace: [first, last, count]}, {logspace: [first, last, count]}, or with strategy: random {uniform: [low, high]}, log_uniform or int_uniform
      sweeps/demo.yaml:6:11: unknown domain 'wen' of the axis steps
        6 |   steps: {wen: {T: 10}, choice: [1]}
          |           ^
        did you mean 'when'?
        allowed: a list, {range: [start, stop, step]}, {linspace: [first, last, count]}, {logspace: [first, last, count]}, or with strategy: random {uniform: [low, high]}, log_uniform or int_uniform
      """),
    MessageCase(
      "two axes of one setting whose conditions can meet",
      """
      name: demo
      base: {dataset: d.h5}
      sweep:
        m: {when: {T: [0, 10]}, choice: [0.1]}
        margin: {when: {T: 10}, choice: [0.2]}

      """,
      """
      sweeps/demo.yaml:5:3: 'margin' gives loss.margin again: 'm' on line 4 gives it already
        5 |   margin: {when: {T: 10}, choice: [0.2]}
          |   ^
      """),
    MessageCase(
      "a condition that lets in a loss without the setting",
      """
      name: demo
      base: {dataset: d.h5}
      sweep:
        loss: [triplet, contrastive, margin]
        m: {when: {loss.name: contrastive}, choice: [0.1]}
        lambda: {when: {loss.name: [triplet, margin]}, choice: [0.1]}

      """,
      """
      sweeps/demo.yaml:5:48: loss.margin is a setting of ranked_list, triplet, margin and proxy_anchor, not of contrastive
        5 |   m: {when: {loss.name: contrastive}, choice: [0.1]}
          |                                                ^
        allowed: settings of contrastive: positive_margin, negative_margin, power, distance, reducer, drop_duplicate_pairs
      sweeps/demo.yaml:6:59: loss.lambda is a setting of ranked_list, not of margin and triplet
        6 |   lambda: {when: {loss.name: [triplet, margin]}, choice: [0.1]}
          |                                                           ^
      """),
  ]
}
