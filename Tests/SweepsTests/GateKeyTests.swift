import Sweeps
import Testing

/// The key `gate` of sweep files.
@Suite struct GateKeyTests {
  private static let levels = "name: demo\nbase: {dataset: {path: d.h5, levels: [low, high]}}\n"
  private static let gate =
    levels + "gate: {test/recall@1: {margin: 0.01}, test/low/map@r: {margin: 5e-3}}\n"

  @Test func `a gate has its measures with their margins in the order of the file`() throws {
    #expect(
      try SweepFixture.expand(Self.gate).gate == [
        GateRule(measure: "test/recall@1", margin: 0.01),
        GateRule(measure: "test/low/map@r", margin: 0.005),
      ])
    #expect(try SweepFixture.expand(SweepFixture.sweep("")).gate == [])
  }

  @Test(arguments: [
    "test/map@r", "test/recall@8", "test/r_precision", "test/nmi", "test/ami", "test/f1",
    "validation/map@r", "test/low/recall@1",
  ])
  func `a ratio that every job measures can be gated`(measure: String) throws {
    let text = Self.levels + "gate: {\(measure): {margin: 0.1}}\n"
    #expect(try SweepFixture.expand(text).gate == [GateRule(measure: measure, margin: 0.1)])
  }

  @Test func `the smallest and the largest margin are allowed`() throws {
    let text = SweepFixture.sweep(
      "gate: {test/map@r: {margin: 0.000001}, test/recall@1: {margin: 1e-1}}\n")
    #expect(try SweepFixture.expand(text).gate.map(\.margin) == [1e-6, 0.1])
  }

  @Test func `episodes that are evaluated can be gated`() throws {
    let text = """
      name: demo
      base: {dataset: d.h5, evaluation.few_shot: {ways: [5], shots: [1]}}
      gate: {test/few_shot_5w1s: {margin: 0.1}, test/few_shot_5w1s_centroid: {margin: 0.1}}

      """
    #expect(try SweepFixture.expand(text).gate.count == 2)
  }

  @Test func `a gate comes along from a file that is extended`() throws {
    let base = Self.gate
    let sweep = try SweepFixture.expand(
      "name: mine\nextends: base.yaml\n", reader: { _ in base })
    #expect(sweep.gate.map(\.margin) == [0.01, 0.005])
  }

  @Test func `the gate is no part of a job's key`() throws {
    let plain = try SweepFixture.expand(Self.levels)
    let gated = try SweepFixture.expand(Self.gate)
    #expect(
      plain.jobs.map { JobKey.hash(of: $0, dataDigests: [:], objective: Objective()) }
        == gated.jobs.map { JobKey.hash(of: $0, dataDigests: [:], objective: Objective()) })
  }

  @Test(arguments: cases) func `the whole message is as written here`(_ row: MessageCase) {
    #expect(SweepFixture.message(row.text) == row.message)
  }

  private static let form = "name: demo\nbase: {dataset: d.h5}\n"
  private static let known = """
    allowed: measures that are ratios of 0 to 1, as test/map@r, test/recall@1, \
    test/r_precision, test/precision@1, test/nmi, test/ami, test/f1 or validation/map@r
    """
  private static let range = """
    allowed: a ratio from 0.000001 to 0.1; half a point of per cent is 0.005
    """

  private static let taken = """
    allowed: measures that every job takes, as test/map@r, or settings under evaluation and \
    dataset.levels that take it
    """

  private static let cases: [MessageCase] = [
    MessageCase(
      "no mapping", form + "gate: 0.005\n",
      """
      sweeps/demo.yaml:3:7: gate cannot be '0.005'
        3 | gate: 0.005
          |       ^
        allowed: {test/map@r: {margin: 0.005}}: each measure with the loss that is too much
      """),
    MessageCase(
      "nothing in it", form + "gate: {}\n",
      """
      sweeps/demo.yaml:3:7: gate cannot be '{}'
        3 | gate: {}
          |       ^
        allowed: {test/map@r: {margin: 0.005}}: each measure with the loss that is too much
      """),
    MessageCase(
      "no value", form + "gate:\n",
      """
      sweeps/demo.yaml:3:1: 'gate' has no value
        3 | gate:
          | ^
      """),
    MessageCase(
      "a measure that there is not", form + "gate: {test/map@k: {margin: 0.005}}\n",
      """
      sweeps/demo.yaml:3:8: the gate cannot judge by 'test/map@k'
        3 | gate: {test/map@k: {margin: 0.005}}
          |        ^
        did you mean 'test/map@r'?
        \(known)
      """),
    MessageCase(
      "a measure that is no ratio", form + "gate: {train/loss: {margin: 0.005}}\n",
      """
      sweeps/demo.yaml:3:8: the gate cannot judge by 'train/loss'
        3 | gate: {train/loss: {margin: 0.005}}
          |        ^
        \(known)
      """),
    MessageCase(
      "a margin without its name", form + "gate: {test/map@r: 0.005}\n",
      """
      sweeps/demo.yaml:3:20: the gate cannot have '0.005' for test/map@r
        3 | gate: {test/map@r: 0.005}
          |                    ^
        allowed: {margin: 0.005}
      """),
    MessageCase(
      "no margin", form + "gate: {test/map@r: {}}\n",
      """
      sweeps/demo.yaml:3:20: the gate of test/map@r has no margin
        3 | gate: {test/map@r: {}}
          |                    ^
        allowed: {margin: 0.005}
      """),
    MessageCase(
      "another word", form + "gate: {test/map@r: {tolerance: 0.005}}\n",
      """
      sweeps/demo.yaml:3:21: the gate of test/map@r cannot have 'tolerance'
        3 | gate: {test/map@r: {tolerance: 0.005}}
          |                     ^
        did you mean 'margin'?
        allowed: {margin: 0.005}
      """),
    MessageCase(
      "margins out of range",
      form + """
        gate:
          test/map@r: {margin: 0.5}
          test/recall@1: {margin: 0}
          test/nmi: {margin: -0.01}
          test/f1: {margin: small}

        """,
      """
      sweeps/demo.yaml:4:24: margin cannot be '0.5'
        4 |   test/map@r: {margin: 0.5}
          |                        ^
        did you mean '0.005'?
        \(range)
      sweeps/demo.yaml:5:27: margin cannot be '0'
        5 |   test/recall@1: {margin: 0}
          |                           ^
        \(range)
      sweeps/demo.yaml:6:22: margin cannot be '-0.01'
        6 |   test/nmi: {margin: -0.01}
          |                      ^
        \(range)
      sweeps/demo.yaml:7:21: margin cannot be 'small'
        7 |   test/f1: {margin: small}
          |                     ^
        \(range)
      """),
    MessageCase(
      "a K that is not evaluated", form + "gate: {test/recall@3: {margin: 0.01}}\n",
      """
      sweeps/demo.yaml:3:8: the gate judges by test/recall@3, which not every job measures: 3 is \
      not among evaluation.recall_at [1,2,4,8]
        3 | gate: {test/recall@3: {margin: 0.01}}
          |        ^
        \(taken)
      """),
    MessageCase(
      "what some jobs do not measure",
      """
      name: demo
      base: {dataset: d.h5}
      sweep: {evaluation.clustering: [true, false]}
      gate: {test/nmi: {margin: 0.01}, test/map: {margin: 0.01}}

      """,
      """
      sweeps/demo.yaml:4:8: the gate judges by test/nmi, which not every job measures: \
      evaluation.clustering is false (1 of 2 jobs)
        4 | gate: {test/nmi: {margin: 0.01}, test/map: {margin: 0.01}}
          |        ^
        \(taken)
      sweeps/demo.yaml:4:34: the gate judges by test/map, which not every job measures: it is \
      measured with 'evaluation.map: true' only (2 of 2 jobs)
        4 | gate: {test/nmi: {margin: 0.01}, test/map: {margin: 0.01}}
          |                                  ^
        \(taken)
      """),
    MessageCase(
      "validation without validation classes",
      "name: demo\nbase: {dataset: d.h5, dataset.validation: 0}\n"
        + "gate: {validation/map@r: {margin: 0.01}, test/few_shot_5w1s: {margin: 0.01}}\n",
      """
      sweeps/demo.yaml:3:8: the gate judges by validation/map@r, which not every job measures: \
      there are no validation classes
        3 | gate: {validation/map@r: {margin: 0.01}, test/few_shot_5w1s: {margin: 0.01}}
          |        ^
        \(taken)
      sweeps/demo.yaml:3:42: the gate judges by test/few_shot_5w1s, which not every job measures: \
      evaluation.few_shot is false
        3 | gate: {validation/map@r: {margin: 0.01}, test/few_shot_5w1s: {margin: 0.01}}
          |                                          ^
        \(taken)
      """),
    MessageCase(
      "margins that are none",
      form + """
        gate:
          test/map@r: {margin: "0.01"}
          test/recall@1: {margin: 1e-300}
          test/nmi: {margin: nan}
          test/f1: {margin: inf}
          test/ami: {margin: 1e-400}
          test/r_precision: {margin: "a\\eb"}

        """,
      """
      sweeps/demo.yaml:4:24: margin cannot be '0.01' in quotes, which is a text; write it without \
      them
        4 |   test/map@r: {margin: "0.01"}
          |                        ^
        \(range)
      sweeps/demo.yaml:5:27: margin cannot be '1e-300', which is less than one query in a million
        5 |   test/recall@1: {margin: 1e-300}
          |                           ^
        \(range)
      sweeps/demo.yaml:6:22: margin cannot be 'nan', which is no finite number
        6 |   test/nmi: {margin: nan}
          |                      ^
        \(range)
      sweeps/demo.yaml:7:21: margin cannot be 'inf'
        7 |   test/f1: {margin: inf}
          |                     ^
        \(range)
      sweeps/demo.yaml:8:22: margin cannot be '1e-400', which is no finite number
        8 |   test/ami: {margin: 1e-400}
          |                      ^
        \(range)
      sweeps/demo.yaml:9:30: margin cannot be 'a\\u{1B}b'
        9 |   test/r_precision: {margin: "a\\eb"}
          |                              ^
        \(range)
      """),
    MessageCase(
      "a level of data of one level", form + "gate: {test/high/map@r: {margin: 0.01}}\n",
      """
      sweeps/demo.yaml:3:8: the gate judges by test/high/map@r, which not every job measures: it \
      is of the level high among several, and dataset.levels is not given
        3 | gate: {test/high/map@r: {margin: 0.01}}
          |        ^
        \(taken)
      """),
    MessageCase(
      "a level by itself, and one that is not there",
      """
      name: demo
      base: {dataset: d.h5}
      sweep: {dataset.levels: [[high], [low, mid]]}
      gate:
        test/high/map@r: {margin: 0.01}
        test/low/map@r: {margin: 0.01}

      """,
      """
      sweeps/demo.yaml:5:3: the gate judges by test/high/map@r, which not every job measures: it \
      is of the level high among several, and dataset.levels is ["high"] (2 of 2 jobs)
        5 |   test/high/map@r: {margin: 0.01}
          |   ^
        \(taken)
      sweeps/demo.yaml:6:3: the gate judges by test/low/map@r, which not every job measures: it \
      is of the level low among several, and dataset.levels is ["high"] (1 of 2 jobs)
        6 |   test/low/map@r: {margin: 0.01}
          |   ^
        \(taken)
      """),
    MessageCase(
      "episodes of other sizes",
      """
      name: demo
      base: {dataset: d.h5, evaluation.few_shot: {ways: [5], shots: [1]}}
      gate: {test/few_shot_20w1s: {margin: 0.01}, test/few_shot_5w5s: {margin: 0.01}}

      """,
      """
      sweeps/demo.yaml:3:8: the gate judges by test/few_shot_20w1s, which not every job measures: \
      20 is not among evaluation.few_shot.ways [5]
        3 | gate: {test/few_shot_20w1s: {margin: 0.01}, test/few_shot_5w5s: {margin: 0.01}}
          |        ^
        \(taken)
      sweeps/demo.yaml:3:45: the gate judges by test/few_shot_5w5s, which not every job measures: \
      5 is not among evaluation.few_shot.shots [1]
        3 | gate: {test/few_shot_20w1s: {margin: 0.01}, test/few_shot_5w5s: {margin: 0.01}}
          |                                             ^
        \(taken)
      """),
  ]
}
