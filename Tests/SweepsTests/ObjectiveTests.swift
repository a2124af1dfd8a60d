import Sweeps
import Testing

/// What may choose checkpoints and settings, and what may not.
struct ObjectiveTests {
  @Test(arguments: [
    ("validation/map@r", ""), ("validation/r_precision", ""), ("validation/precision@1", ""),
    ("validation/recall@8", ""), ("validation/recall@3", "recall_at: [3]"),
    ("validation/map", "evaluation.map: true"), ("validation/reciprocal_rank", "map: true"),
    ("validation/low/map@r", "levels: [low, high]"),
    ("validation/low/recall@2", "levels: [low, high]"), ("validation/map", "select: last"),
  ])
  func `every measure that is taken at each evaluation`(metric: String, line: String) throws {
    let sweep = try SweepFixture.expand(
      "name: a\nbase: {dataset.path: d.h5, \(line)}\nobjective: \(metric)\n")
    #expect(sweep.objective == Objective(metric: metric))
  }

  @Test(arguments: refused) func `a refusal says why`(refusal: MessageCase) {
    #expect(SweepFixture.message(refusal.text) == refusal.message)
  }

  private static let refused: [MessageCase] = [
    MessageCase(
      "clusters, which are measured at the end",
      """
      name: demo
      base: {dataset: d.h5}
      objective: validation/nmi

      """,
      """
      sweeps/demo.yaml:3:12: the objective cannot be 'validation/nmi': clusters are measured once, at the end, on the test classes
        3 | objective: validation/nmi
          |            ^
        allowed: validation/map@r, validation/r_precision, validation/precision@1 or validation/recall@1; with evaluation.map also validation/map and validation/reciprocal_rank; of several levels also those of one, as validation/low/map@r
      """),
    MessageCase(
      "pairs in clusters of one level",
      """
      name: demo
      base: {dataset: d.h5}
      objective: validation/low/f1

      """,
      """
      sweeps/demo.yaml:3:12: the objective cannot be 'validation/low/f1': clusters are measured once, at the end, on the test classes
        3 | objective: validation/low/f1
          |            ^
        allowed: validation/map@r, validation/r_precision, validation/precision@1 or validation/recall@1; with evaluation.map also validation/map and validation/reciprocal_rank; of several levels also those of one, as validation/low/map@r
      """),
    MessageCase(
      "few-shot episodes",
      """
      name: demo
      base: {dataset: d.h5}
      objective: validation/few_shot_5w1s

      """,
      """
      sweeps/demo.yaml:3:12: the objective cannot be 'validation/few_shot_5w1s': few-shot episodes are measured once, at the end, on the test classes
        3 | objective: validation/few_shot_5w1s
          |            ^
        allowed: validation/map@r, validation/r_precision, validation/precision@1 or validation/recall@1; with evaluation.map also validation/map and validation/reciprocal_rank; of several levels also those of one, as validation/low/map@r
      """),
    MessageCase(
      "distances within classes",
      """
      name: demo
      base: {dataset: d.h5}
      objective: {metric: validation/distance_within_mean, goal: minimize}

      """,
      """
      sweeps/demo.yaml:3:21: the objective cannot be 'validation/distance_within_mean': distances are measured once, at the end, on the test classes
        3 | objective: {metric: validation/distance_within_mean, goal: minimize}
          |                     ^
        allowed: validation/map@r, validation/r_precision, validation/precision@1 or validation/recall@1; with evaluation.map also validation/map and validation/reciprocal_rank; of several levels also those of one, as validation/low/map@r
      """),
    MessageCase(
      "the loss",
      """
      name: demo
      base: {dataset: d.h5}
      objective: {metric: train/loss, goal: minimize}

      """,
      """
      sweeps/demo.yaml:3:21: the objective cannot be 'train/loss': it is measured on the classes that are trained on
        3 | objective: {metric: train/loss, goal: minimize}
          |                     ^
        allowed: validation/map@r, validation/r_precision, validation/precision@1 or validation/recall@1; with evaluation.map also validation/map and validation/reciprocal_rank; of several levels also those of one, as validation/low/map@r
      """),
    MessageCase(
      "a number of ties, which is no merit",
      """
      name: demo
      base: {dataset: d.h5}
      objective: validation/tied_queries

      """,
      """
      sweeps/demo.yaml:3:12: the objective cannot be 'validation/tied_queries'
        3 | objective: validation/tied_queries
          |            ^
        allowed: validation/map@r, validation/r_precision, validation/precision@1 or validation/recall@1; with evaluation.map also validation/map and validation/reciprocal_rank; of several levels also those of one, as validation/low/map@r
      """),
    MessageCase(
      "a level without a name",
      """
      name: demo
      base: {dataset: d.h5}
      objective: validation//map@r

      """,
      """
      sweeps/demo.yaml:3:12: the objective cannot be 'validation//map@r'
        3 | objective: validation//map@r
          |            ^
        did you mean 'validation/map@r'?
        allowed: validation/map@r, validation/r_precision, validation/precision@1 or validation/recall@1; with evaluation.map also validation/map and validation/reciprocal_rank; of several levels also those of one, as validation/low/map@r
      """),
    MessageCase(
      "an objective that is not evaluated",
      """
      name: demo
      base: {dataset: d.h5}
      objective: validation/recall@3

      """,
      """
      sweeps/demo.yaml:3:12: the objective validation/recall@3 is not among evaluation.recall_at [1,2,4,8]
        3 | objective: validation/recall@3
          |            ^
        allowed: an objective with a K of evaluation.recall_at
      """),
    MessageCase(
      "a K of one level that is not evaluated",
      """
      name: demo
      base: {dataset: {path: d.h5, levels: [low, high]}}
      objective: validation/low/recall@3

      """,
      """
      sweeps/demo.yaml:3:12: the objective validation/low/recall@3 is not among evaluation.recall_at [1,2,4,8]
        3 | objective: validation/low/recall@3
          |            ^
        allowed: an objective with a K of evaluation.recall_at
      """),
    MessageCase(
      "a measure that is not asked for",
      """
      name: demo
      base: {dataset: d.h5}
      objective: validation/map

      """,
      """
      sweeps/demo.yaml:3:12: the objective validation/map is measured with evaluation.map only
        3 | objective: validation/map
          |            ^
        allowed: 'evaluation: {map: true}', or validation/map@r
      """),
    MessageCase(
      "a level where none is named",
      """
      name: demo
      base: {dataset: d.h5}
      objective: validation/low/map@r

      """,
      """
      sweeps/demo.yaml:3:12: the objective validation/low/map@r is of the level low among several, and dataset.levels is not given
        3 | objective: validation/low/map@r
          |            ^
        allowed: a level of dataset.levels where it has several, or an objective without a level
      """),
    MessageCase(
      "the only level",
      """
      name: demo
      base: {dataset: {path: d.h5, levels: [low]}}
      objective: validation/low/map@r

      """,
      """
      sweeps/demo.yaml:2:38: the objective validation/low/map@r is of the level low among several, and dataset.levels is ["low"]
        2 | base: {dataset: {path: d.h5, levels: [low]}}
          |                                      ^
        allowed: a level of dataset.levels where it has several, or an objective without a level
      """),
    MessageCase(
      "another level",
      """
      name: demo
      base: {dataset: {path: d.h5, levels: [mid, high]}}
      objective: validation/low/map@r

      """,
      """
      sweeps/demo.yaml:2:38: the objective validation/low/map@r is of the level low among several, and dataset.levels is ["high","mid"]
        2 | base: {dataset: {path: d.h5, levels: [mid, high]}}
          |                                      ^
        allowed: a level of dataset.levels where it has several, or an objective without a level
      """),
  ]
}
