import Testing

/// What is wrong with the keys of a sweep file, to the letter.
@Suite struct SweepFileMessageTests {
  @Test(arguments: cases) func `the whole message is as written here`(_ row: MessageCase) {
    #expect(SweepFixture.message(row.text) == row.message)
  }

  private static let cases: [MessageCase] = [
    MessageCase(
      "an empty file",
      "",
      """
      sweeps/demo.yaml:1:1: the sweep file is empty
        1 | 
          | ^
        allowed: name, base, sweep and other keys, as 'name: my-sweep'
      """),
    MessageCase(
      "a file of comments",
      """
      # nothing

      """,
      """
      sweeps/demo.yaml:1:1: the sweep file is empty
        1 | # nothing
          | ^
        allowed: name, base, sweep and other keys, as 'name: my-sweep'
      """),
    MessageCase(
      "a list in place of a mapping",
      """
      - a
      - b

      """,
      """
      sweeps/demo.yaml:1:1: a sweep file is a mapping, not '[a, b]'
        1 | - a
          | ^
        allowed: name, base, sweep and other keys, as 'name: my-sweep'
      """),
    MessageCase(
      "no name and no data",
      """
      sweep: {T: [1, 2]}

      """,
      """
      sweeps/demo.yaml:1:1: the sweep has no name
        1 | sweep: {T: [1, 2]}
          | ^
        allowed: 'name: my-sweep'
      sweeps/demo.yaml:1:1: the sweep names no feature file
        1 | sweep: {T: [1, 2]}
          | ^
        allowed: 'dataset: {path: file.h5}' under base
      """),
    MessageCase(
      "a name with a space",
      """
      name: my sweep
      base: {dataset: d.h5}

      """,
      """
      sweeps/demo.yaml:1:7: name cannot be 'my sweep'
        1 | name: my sweep
          |       ^
        allowed: letters, digits, '.', '_' and, but for the first, '-', at most 100; not 'latest'
      """),
    MessageCase(
      "a name that programs would take for an option",
      """
      name: -x
      base: {dataset: d.h5}

      """,
      """
      sweeps/demo.yaml:1:7: name cannot be '-x'
        1 | name: -x
          |       ^
        allowed: letters, digits, '.', '_' and, but for the first, '-', at most 100; not 'latest'
      """),
    MessageCase(
      "the reserved name",
      """
      name: latest
      base: {dataset: d.h5}

      """,
      """
      sweeps/demo.yaml:1:7: name cannot be 'latest'
        1 | name: latest
          |       ^
        allowed: letters, digits, '.', '_' and, but for the first, '-', at most 100; not 'latest'
      """),
    MessageCase(
      "a key without a value",
      """
      name: demo
      base: {dataset: d.h5}
      sweep:

      """,
      """
      sweeps/demo.yaml:3:1: 'sweep' has no value
        3 | sweep:
          | ^
      """),
    MessageCase(
      "a misspelt key",
      """
      name: demo
      base: {dataset: d.h5}
      swep: {T: [1, 2]}

      """,
      """
      sweeps/demo.yaml:3:1: unknown key 'swep'
        3 | swep: {T: [1, 2]}
          | ^
        did you mean 'sweep'?
        allowed: name, description, extends, base, sweep, zip, ablate, folds, seeds, exclude, include, strategy, protocol, repeat, objective, gate, resources, max_jobs
      """),
    MessageCase(
      "a key of another program",
      """
      name: demo
      base: {dataset: d.h5}
      grid: {T: [1, 2]}

      """,
      """
      sweeps/demo.yaml:3:1: unknown key 'grid'
        3 | grid: {T: [1, 2]}
          | ^
        did you mean 'sweep'?
        allowed: name, description, extends, base, sweep, zip, ablate, folds, seeds, exclude, include, strategy, protocol, repeat, objective, gate, resources, max_jobs
      """),
    MessageCase(
      "a setting beside base",
      """
      name: demo
      base: {dataset: d.h5}
      momentum: 0.8

      """,
      """
      sweeps/demo.yaml:3:1: the setting optimizer.momentum does not belong here
        3 | momentum: 0.8
          | ^
        allowed: 'momentum' under base for all jobs, or under sweep as an axis
      """),
    MessageCase(
      "a misspelt strategy",
      """
      name: demo
      base: {dataset: d.h5}
      strategy: gird

      """,
      """
      sweeps/demo.yaml:3:11: strategy cannot be 'gird'
        3 | strategy: gird
          |           ^
        did you mean 'grid'?
        allowed: grid, or {random: 40} for 40 settings drawn at random
      """),
    MessageCase(
      "a fraction of a job",
      """
      name: demo
      base: {dataset: d.h5}
      max_jobs: 2.5

      """,
      """
      sweeps/demo.yaml:3:11: max_jobs cannot be '2.5'
        3 | max_jobs: 2.5
          |           ^
        allowed: a whole number from 1 to 1000000
      """),
    MessageCase(
      "a description that is a list",
      """
      name: demo
      base: {dataset: d.h5}
      description: [a]

      """,
      """
      sweeps/demo.yaml:3:14: description cannot be '[a]'
        3 | description: [a]
          |              ^
        allowed: a text
      """),
    MessageCase(
      "an objective on the test classes",
      """
      name: demo
      base: {dataset: d.h5}
      objective: test/map@r

      """,
      """
      sweeps/demo.yaml:3:12: the objective cannot be 'test/map@r': the test classes are evaluated once, after everything is chosen
        3 | objective: test/map@r
          |            ^
        allowed: validation/map@r, validation/r_precision, validation/precision@1 or validation/recall@1; with evaluation.map also validation/map and validation/reciprocal_rank; of several levels also those of one, as validation/low/map@r
      """),
    MessageCase(
      "a misspelt measure and goal",
      """
      name: demo
      base: {dataset: d.h5}
      objective: {metric: validation/mapr, goal: maximise}

      """,
      """
      sweeps/demo.yaml:3:21: the objective cannot be 'validation/mapr'
        3 | objective: {metric: validation/mapr, goal: maximise}
          |                     ^
        did you mean 'validation/map@r'?
        allowed: validation/map@r, validation/r_precision, validation/precision@1 or validation/recall@1; with evaluation.map also validation/map and validation/reciprocal_rank; of several levels also those of one, as validation/low/map@r
      sweeps/demo.yaml:3:44: goal cannot be 'maximise'
        3 | objective: {metric: validation/mapr, goal: maximise}
          |                                            ^
        did you mean 'maximize'?
        allowed: maximize or minimize
      """),
    MessageCase(
      "an objective with an unknown key",
      """
      name: demo
      base: {dataset: d.h5}
      objective: {name: x}

      """,
      """
      sweeps/demo.yaml:3:13: objective cannot have 'name'
        3 | objective: {name: x}
          |             ^
        allowed: {metric: validation/map@r, goal: maximize}
      """),
    MessageCase(
      "seeds that are none",
      """
      name: demo
      base: {dataset: d.h5}
      seeds: 0

      """,
      """
      sweeps/demo.yaml:3:8: seeds cannot be '0'
        3 | seeds: 0
          |        ^
        allowed: a count from 1 (3 is 0, 1, 2), or a list of whole numbers from 0
      """),
    MessageCase(
      "seeds twice",
      """
      name: demo
      base: {dataset: d.h5}
      seeds: [1, 2, 1]

      """,
      """
      sweeps/demo.yaml:3:15: seeds has '1' twice
        3 | seeds: [1, 2, 1]
          |               ^
      """),
    MessageCase(
      "a seed below 0",
      """
      name: demo
      base: {dataset: d.h5}
      seeds: [-1]

      """,
      """
      sweeps/demo.yaml:3:9: seed cannot be '-1'
        3 | seeds: [-1]
          |         ^
        allowed: a whole number from 0
      """),
    MessageCase(
      "seed and seeds",
      """
      name: demo
      base:
        dataset: d.h5
        seed: 3
      seeds: 3

      """,
      """
      sweeps/demo.yaml:5:8: seeds and seed exclude each other: line 4 gives seed
        5 | seeds: 3
          |        ^
        allowed: seeds, or seed
      """),
    MessageCase(
      "an exclude that is no text",
      """
      name: demo
      base: {dataset: d.h5}
      exclude: [{m: 1}]

      """,
      """
      sweeps/demo.yaml:3:11: exclude cannot have '{m: 1}'
        3 | exclude: [{m: 1}]
          |           ^
        allowed: a list of SQL expressions over settings, as [margin > alpha]
      """),
    MessageCase(
      "include without a list",
      """
      name: demo
      base: {dataset: d.h5}
      include: {m: 1}

      """,
      """
      sweeps/demo.yaml:3:10: include cannot be '{m: 1}'
        3 | include: {m: 1}
          |          ^
        allowed: a list of settings, as [{alpha: 2.0, m: 1.3}]
      """),
    MessageCase(
      "base as a list",
      """
      name: demo
      base: [d.h5]

      """,
      """
      sweeps/demo.yaml:2:7: base cannot be '[d.h5]'
        2 | base: [d.h5]
          |       ^
        allowed: settings and their values, as {steps: 1000}
      """),
    MessageCase(
      "a misspelt setting beside base",
      """
      name: demo
      base: {dataset: d.h5}
      stps: 3

      """,
      """
      sweeps/demo.yaml:3:1: unknown key 'stps'
        3 | stps: 3
          | ^
        did you mean 'steps' under base?
        allowed: name, description, extends, base, sweep, zip, ablate, folds, seeds, exclude, include, strategy, protocol, repeat, objective, gate, resources, max_jobs
      """),
    MessageCase(
      "a group beside base",
      """
      name: demo
      base: {dataset: d.h5}
      loss: ranked_list

      """,
      """
      sweeps/demo.yaml:3:1: unknown key 'loss'
        3 | loss: ranked_list
          | ^
        did you mean 'loss' under base?
        allowed: name, description, extends, base, sweep, zip, ablate, folds, seeds, exclude, include, strategy, protocol, repeat, objective, gate, resources, max_jobs
      """),
  ]
}
