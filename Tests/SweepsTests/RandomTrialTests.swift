import Sweeps
import Testing

/// `strategy: {random: n}` and `protocol: reality_check`.
@Suite struct RandomTrialTests {
  private func rows(_ sweep: ExpandedSweep, _ settings: String...) -> [String] {
    sweep.jobs.map { job in
      settings.map { job.settings[$0]?.display ?? "-" }.joined(separator: " ")
    }
  }

  private func numbers(_ sweep: ExpandedSweep, _ setting: String) -> [Double] {
    sweep.jobs.compactMap { $0.settings[setting]?.number }
  }

  private static let axes = """
    sweep:
      lr: {log_uniform: [0.001, 1]}
      m: {uniform: [0.1, 0.5]}
      steps: {int_uniform: [1, 4]}
      gradient: [query_only, full_list]
      lambda: {choice: [0.4, 0.5]}

    """

  /// Fixed, so that no release proposes other trials for the same sweep.
  @Test func `the trials of a sweep are the ones they always were`() throws {
    let sweep = try SweepFixture.expand(
      SweepFixture.sweep("strategy: {random: 3}\n" + Self.axes))
    #expect(
      rows(
        sweep, "optimizer.learning_rate", "loss.margin", "steps", "loss.gradient", "loss.lambda")
        == [
          "0.0044609 0.132542 3 full_list 0.4", "0.0393415 0.125573 2 query_only 0.4",
          "0.0184638 0.157632 3 query_only 0.5",
        ])
    #expect(sweep.strategy == .random(trials: 3, seed: 0))
  }

  @Test func `draws fill their intervals evenly, on the scale that is asked for`() throws {
    let count = 2_000
    let sweep = try SweepFixture.expand(
      SweepFixture.sweep("strategy: {random: {trials: \(count), seed: 5}}\n" + Self.axes))
    let margins = numbers(sweep, "loss.margin")
    #expect(sweep.jobs.count == count)
    #expect(margins.allSatisfy { (0.1...0.5).contains($0) })
    // 2,000 uniform draws have a mean within 5 standard errors: 0.4/√12/√2000·5 = 0.013.
    #expect(abs(margins.reduce(0, +) / Double(count) - 0.3) < 0.013)
    let rates = numbers(sweep, "optimizer.learning_rate")
    #expect(rates.allSatisfy { (0.001...1).contains($0) })
    for (low, high) in [(0.001, 0.01), (0.01, 0.1), (0.1, 1.1)] {
      let inside = rates.count { low <= $0 && $0 < high }
      // A third each; the standard deviation is 21.
      #expect(abs(inside - count / 3) < 105, "\(low)")
    }
    for steps in 1...4 {
      let inside = numbers(sweep, "steps").count { $0 == Double(steps) }
      #expect(abs(inside - count / 4) < 97, "\(steps)")
    }
    let exact = SweepFixture.values(of: "loss.gradient", in: sweep).count { $0 == "full_list" }
    #expect(abs(exact - count / 2) < 112)
  }

  @Test func `a trial does not depend on how many there are, nor on further axes`() throws {
    let few = try SweepFixture.expand(SweepFixture.sweep("strategy: {random: 5}\n" + Self.axes))
    let many = try SweepFixture.expand(
      SweepFixture.sweep("strategy: {random: 50}\n" + Self.axes + "  T: {uniform: [0, 9]}\n"))
    #expect(
      rows(few, "optimizer.learning_rate", "loss.margin")
        == Array(rows(many, "optimizer.learning_rate", "loss.margin").prefix(5)))
    let seeded = try SweepFixture.expand(
      SweepFixture.sweep("strategy: {random: {trials: 5, seed: 1}}\n" + Self.axes))
    #expect(Set(numbers(few, "loss.margin")).isDisjoint(with: numbers(seeded, "loss.margin")))
  }

  @Test func `every trial runs on every fold and seed`() throws {
    let sweep = try SweepFixture.expand(
      SweepFixture.sweep(
        "strategy: {random: 4}\nfolds: 2\nseeds: 3\nsweep: {m: {uniform: [0, 1]}}\n"))
    #expect(sweep.jobs.count == 24)
    let margins = SweepFixture.values(of: "loss.margin", in: sweep)
    #expect(Set(margins).count == 4)
    for trial in 0..<4 { #expect(Set(margins[trial * 6..<trial * 6 + 6]).count == 1) }
    #expect(
      sweep.axes == [
        .init(
          name: "loss.margin",
          values: stride(from: 0, to: 24, by: 6).compactMap {
            sweep.jobs[$0].settings["loss.margin"]
          })
      ])
  }

  @Test func `what is excluded or was drawn before is drawn again`() throws {
    let sweep = try SweepFixture.expand(
      SweepFixture.sweep(
        "strategy: {random: 30}\nsweep: {m: {uniform: [0, 1]}, alpha: {uniform: [0.1, 1]}}\n"
          + "exclude: [margin > alpha]\n"), exclusion: ExclusionTests.evaluator)
    #expect(sweep.jobs.count == 30)
    #expect(
      zip(numbers(sweep, "loss.margin"), numbers(sweep, "loss.alpha")).allSatisfy { $0 <= $1 })
    let small = try SweepFixture.expand(
      SweepFixture.sweep("strategy: {random: 6}\nsweep: {T: [1, 2, 3], m: [0, 0.1]}\n"))
    #expect(Set(rows(small, "loss.temperature", "loss.margin")).count == 6)
    #expect(small.warnings == [])
  }

  @Test func `a conditional axis is drawn where it applies`() throws {
    let sweep = try SweepFixture.expand(
      SweepFixture.sweep(
        """
        strategy: {random: 40}
        sweep:
          mining: [all, hard]
          lambda: {uniform: [0.1, 0.9]}
          loss: [ranked_list, triplet]
          lr: {when: {loss.name: triplet}, uniform: [0.01, 0.02]}

        """))
    for job in sweep.jobs {
      let isTriplet = job.settings["loss.name"] == .text("triplet")
      #expect((job.settings["loss.mining"] != nil) == isTriplet)
      #expect((job.settings["loss.lambda"] == nil) == isTriplet)
      #expect((job.settings["optimizer.learning_rate"] != .number(0.1)) == isTriplet)
    }
    #expect(Set(SweepFixture.values(of: "loss.name", in: sweep)).count == 2)
  }

  @Test func `the reality check gives every loss its trials, on four folds`() throws {
    let sweep = try SweepFixture.expand(
      SweepFixture.sweep(
        """
        protocol: reality_check
        strategy: {random: 5}
        sweep:
          lr: {log_uniform: [0.001, 1]}
          loss: [ranked_list, contrastive, triplet]
          m: {uniform: [0.1, 0.4]}

        """))
    #expect(sweep.jobs.count == 3 * 5 * 4)
    #expect(sweep.folds == 4)
    #expect(sweep.comparisonProtocol == .realityCheck)
    let losses = SweepFixture.values(of: "loss.name", in: sweep)
    #expect(
      losses
        == ["ranked_list", "contrastive", "triplet"].flatMap {
          Array(repeating: $0, count: 20)
        })
    let rates = SweepFixture.values(of: "optimizer.learning_rate", in: sweep)
    #expect(Set(rates[0..<20]).count == 5)
    #expect(rates[0..<20] == rates[20..<40])
    #expect(
      SweepFixture.values(of: "dataset.validation", in: sweep).prefix(5).last
        == "{\"fold\":0,\"folds\":4}")
  }

  @Test(arguments: cases) func `the whole message is as written here`(_ row: MessageCase) {
    #expect(SweepFixture.message(row.text, exclusion: ExclusionTests.evaluator) == row.message)
  }

  private static let cases: [MessageCase] = [
    MessageCase(
      "trials that are none",
      """
      name: demo
      base: {dataset: d.h5}
      strategy: {random: {trials: 0, seed: -1, sed: 3}}
      sweep: {m: {uniform: [0.1, 0.2]}}

      """,
      """
      sweeps/demo.yaml:3:29: random cannot have '0' trials
        3 | strategy: {random: {trials: 0, seed: -1, sed: 3}}
          |                             ^
        allowed: a whole number from 1; {random: 40}, or {random: {trials: 40, seed: 1}}
      sweeps/demo.yaml:3:38: the seed of the draws cannot be '-1'
        3 | strategy: {random: {trials: 0, seed: -1, sed: 3}}
          |                                      ^
        allowed: a whole number from 0; {random: 40}, or {random: {trials: 40, seed: 1}}
      sweeps/demo.yaml:3:42: random cannot have 'sed'
        3 | strategy: {random: {trials: 0, seed: -1, sed: 3}}
          |                                          ^
        did you mean 'seed'?
        allowed: {random: 40}, or {random: {trials: 40, seed: 1}}
      """),
    MessageCase(
      "intervals that are none",
      """
      name: demo
      base: {dataset: d.h5}
      strategy: random
      sweep:
        m: {uniform: [0.2, 0.1]}
        lr: {log_uniform: [0, 1]}
        T: {int_uniform: [0.5, 3]}
        steps: {uniform: [1, 3]}
        lambda: {uniform: [0.5, 1.5]}
        alpha: {uniform: 1}
        momentum: {uniform: [0, inf]}

      """,
      """
      sweeps/demo.yaml:5:16: uniform cannot be '[0.2, 0.1]'
        5 |   m: {uniform: [0.2, 0.1]}
          |                ^
        allowed: {uniform: [low, high]} with two numbers, the lower one first
      sweeps/demo.yaml:6:21: log_uniform cannot be '[0, 1]'
        6 |   lr: {log_uniform: [0, 1]}
          |                     ^
        allowed: {log_uniform: [low, high]} with two numbers above 0, the lower one first
      sweeps/demo.yaml:7:20: int_uniform cannot be '[0.5, 3]'
        7 |   T: {int_uniform: [0.5, 3]}
          |                    ^
        allowed: {int_uniform: [low, high]} with two whole numbers, the lower one first
      sweeps/demo.yaml:8:10: steps is a whole number, uniform draws fractions
        8 |   steps: {uniform: [1, 3]}
          |          ^
        allowed: {int_uniform: [low, high]}
      sweeps/demo.yaml:9:27: loss.lambda cannot be '1.5'
        9 |   lambda: {uniform: [0.5, 1.5]}
          |                           ^
        allowed: a number from 0 to 1
      sweeps/demo.yaml:10:20: uniform cannot be '1'
        10 |   alpha: {uniform: 1}
           |                    ^
        allowed: a list, {range: [start, stop, step]}, {linspace: [first, last, count]}, {logspace: [first, last, count]}, or with strategy: random {uniform: [low, high]}, log_uniform or int_uniform
      sweeps/demo.yaml:11:23: uniform cannot be '[0, inf]'
        11 |   momentum: {uniform: [0, inf]}
           |                       ^
        allowed: {uniform: [low, high]} with two numbers, the lower one first
      """),
    MessageCase(
      "intervals outside of a random strategy",
      """
      name: demo
      base: {dataset: d.h5}
      sweep: {m: {uniform: [0.1, 0.2]}}
      zip: [{lr: {log_uniform: [0.1, 1]}}]
      ablate: [{steps: {int_uniform: [1, 9]}}]

      """,
      """
      sweeps/demo.yaml:3:12: uniform draws the values of loss.margin, but the strategy is grid, which tries every value
        3 | sweep: {m: {uniform: [0.1, 0.2]}}
          |            ^
        allowed: a list, range, linspace or logspace; 'strategy: {random: 40}' draws under sweep
      sweeps/demo.yaml:4:12: log_uniform draws the values of optimizer.learning_rate, which cannot be done under zip
        4 | zip: [{lr: {log_uniform: [0.1, 1]}}]
          |            ^
        allowed: a list, range, linspace or logspace; 'strategy: {random: 40}' draws under sweep
      sweeps/demo.yaml:5:18: int_uniform draws the values of steps, which cannot be done under ablate
        5 | ablate: [{steps: {int_uniform: [1, 9]}}]
          |                  ^
        allowed: a list, range, linspace or logspace; 'strategy: {random: 40}' draws under sweep
      """),
    MessageCase(
      "a space that is too small",
      """
      name: demo
      base: {dataset: d.h5}
      strategy: {random: 5}
      sweep: {T: [1, 2], m: [0, 0.1]}

      """,
      """
      sweeps/demo.yaml:1:1: only 4 of 5 trials are different and not excluded, after 1000 draws of each
        1 | name: demo
          | ^
        allowed: fewer trials, larger axes, or expressions that leave more
      """),
    MessageCase(
      "a space of which too much is excluded",
      """
      name: demo
      base: {dataset: d.h5}
      strategy: {random: 3}
      sweep: {T: {uniform: [1, 2]}}
      exclude: [steps = 1000]

      """,
      """
      sweeps/demo.yaml:5:11: only 0 of 3 trials are different and not excluded, after 1000 draws of each
        5 | exclude: [steps = 1000]
          |           ^
        allowed: fewer trials, larger axes, or expressions that leave more
      """),
    MessageCase(
      "more trials than jobs are allowed",
      """
      name: demo
      base: {dataset: d.h5}
      strategy: {random: 4000}
      seeds: 3
      sweep: {T: {uniform: [1, 2]}}

      """,
      """
      sweeps/demo.yaml:1:1: the sweep has 12000 jobs, max_jobs is 10000
        1 | name: demo
          | ^
        allowed: 'max_jobs: 12000' in the sweep file allows them; fewer or shorter axes need no more
      """),
    MessageCase(
      "a reality check that is none",
      """
      name: demo
      base: {dataset: d.h5}
      protocol: reality_check
      folds: 3
      objective: validation/recall@1

      """,
      """
      sweeps/demo.yaml:3:11: reality_check gives every loss the same number of random trials, and none is given
        3 | protocol: reality_check
          |           ^
        allowed: 'strategy: {random: 50}'
      sweeps/demo.yaml:4:8: reality_check has 4 folds, not '3'
        4 | folds: 3
          |        ^
        allowed: 'folds: 4', or no folds: the protocol gives them
      sweeps/demo.yaml:5:12: reality_check chooses by validation/map@r, not by 'validation/recall@1'
        5 | objective: validation/recall@1
          |            ^
        allowed: no objective beside the protocol
      """),
    MessageCase(
      "a reality check with a validation of its own",
      """
      name: demo
      base: {dataset: {path: d.h5, validation: 0.5}}
      protocol: reality_check
      strategy: {random: 3}

      """,
      """
      sweeps/demo.yaml:3:11: reality_check has folds of its own: line 2 gives dataset.validation
        3 | protocol: reality_check
          |           ^
        allowed: no dataset.validation beside the protocol
      """),
    MessageCase(
      "a misspelt protocol",
      """
      name: demo
      base: {dataset: d.h5}
      protocol: realty-check

      """,
      """
      sweeps/demo.yaml:3:11: protocol cannot be 'realty-check'
        3 | protocol: realty-check
          |           ^
        did you mean 'reality_check'?
        allowed: reality_check
      """),
  ]
}
