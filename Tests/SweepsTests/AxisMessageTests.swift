import Testing

/// What is wrong with axes and the jobs they make, to the letter.
@Suite struct AxisMessageTests {
  @Test(arguments: cases) func `the whole message is as written here`(_ row: MessageCase) {
    #expect(SweepFixture.message(row.text) == row.message)
  }

  private static let cases: [MessageCase] = [
    MessageCase(
      "an empty axis",
      """
      name: demo
      base: {dataset: d.h5}
      sweep:
        T: []

      """,
      """
      sweeps/demo.yaml:4:6: the axis loss.temperature is empty
        4 |   T: []
          |      ^
        allowed: at least one value; remove the axis to use the default
      """),
    MessageCase(
      "an axis that is no list",
      """
      name: demo
      base: {dataset: d.h5}
      sweep:
        T: 5

      """,
      """
      sweeps/demo.yaml:4:6: the axis loss.temperature is no list: '5'
        4 |   T: 5
          |      ^
        allowed: a list, as [5], a range, linspace or logspace; one value for all jobs belongs under base
      """),
    MessageCase(
      "an axis without values",
      """
      name: demo
      base: {dataset: d.h5}
      sweep:
        T:

      """,
      """
      sweeps/demo.yaml:4:3: the axis loss.temperature is no list
        4 |   T:
          |   ^
        allowed: a list, as […], a range, linspace or logspace; one value for all jobs belongs under base
      """),
    MessageCase(
      "a value twice",
      """
      name: demo
      base: {dataset: d.h5}
      sweep:
        T: [10, 1, 10.0]

      """,
      """
      sweeps/demo.yaml:4:14: the axis loss.temperature has the value 10 twice ('10' and '10.0' are one value)
        4 |   T: [10, 1, 10.0]
          |              ^
        allowed: each value once
      """),
    MessageCase(
      "a wrong value among right ones",
      """
      name: demo
      base: {dataset: d.h5}
      sweep:
        T: [10, warm]

      """,
      """
      sweeps/demo.yaml:4:11: loss.temperature cannot be 'warm'
        4 |   T: [10, warm]
          |           ^
        allowed: a number from 0, or inf
      """),
    MessageCase(
      "words of other programs",
      """
      name: demo
      base: {dataset: d.h5}
      sweep:
        T: {values: [1, 2]}
        m: {min: 0, max: 1}
        lr: {loguniform: [0.1, 1]}
        lambda: {grid: [0, 1]}

      """,
      """
      sweeps/demo.yaml:4:7: unknown domain 'values' of the axis loss.temperature
        4 |   T: {values: [1, 2]}
          |       ^
        did you mean a plain list, as [1, 2]?
        allowed: a list, {range: [start, stop, step]}, {linspace: [first, last, count]}, {logspace: [first, last, count]}, or with strategy: random {uniform: [low, high]}, log_uniform or int_uniform
      sweeps/demo.yaml:5:7: unknown domain 'min' of the axis loss.margin
        5 |   m: {min: 0, max: 1}
          |       ^
        did you mean {range: [start, stop, step]}?
        allowed: a list, {range: [start, stop, step]}, {linspace: [first, last, count]}, {logspace: [first, last, count]}, or with strategy: random {uniform: [low, high]}, log_uniform or int_uniform
      sweeps/demo.yaml:6:8: unknown domain 'loguniform' of the axis optimizer.learning_rate
        6 |   lr: {loguniform: [0.1, 1]}
          |        ^
        did you mean 'log_uniform'?
        allowed: a list, {range: [start, stop, step]}, {linspace: [first, last, count]}, {logspace: [first, last, count]}, or with strategy: random {uniform: [low, high]}, log_uniform or int_uniform
      sweeps/demo.yaml:7:12: unknown domain 'grid' of the axis loss.lambda
        7 |   lambda: {grid: [0, 1]}
          |            ^
        did you mean a plain list, as [1, 2]?
        allowed: a list, {range: [start, stop, step]}, {linspace: [first, last, count]}, {logspace: [first, last, count]}, or with strategy: random {uniform: [low, high]}, log_uniform or int_uniform
      """),
    MessageCase(
      "a misspelt domain",
      """
      name: demo
      base: {dataset: d.h5}
      sweep:
        T: {linspce: [1, 2, 3]}

      """,
      """
      sweeps/demo.yaml:4:7: unknown domain 'linspce' of the axis loss.temperature
        4 |   T: {linspce: [1, 2, 3]}
          |       ^
        did you mean 'linspace'?
        allowed: a list, {range: [start, stop, step]}, {linspace: [first, last, count]}, {logspace: [first, last, count]}, or with strategy: random {uniform: [low, high]}, log_uniform or int_uniform
      """),
    MessageCase(
      "a range of two numbers",
      """
      name: demo
      base: {dataset: d.h5}
      sweep:
        T: {range: [1, 2]}

      """,
      """
      sweeps/demo.yaml:4:14: 2 numbers where 3 belong
        4 |   T: {range: [1, 2]}
          |              ^
        allowed: {range: [start, stop, step]} with a step above 0, stop included
      """),
    MessageCase(
      "a range without steps",
      """
      name: demo
      base: {dataset: d.h5}
      sweep:
        T: {range: [1, 2, 0]}

      """,
      """
      sweeps/demo.yaml:4:14: the step of the range is zero: 0
        4 |   T: {range: [1, 2, 0]}
          |              ^
        allowed: {range: [start, stop, step]} with a step above 0, stop included
      """),
    MessageCase(
      "a range that goes down",
      """
      name: demo
      base: {dataset: d.h5}
      sweep:
        T: {range: [2, 1, -0.5]}

      """,
      """
      sweeps/demo.yaml:4:14: the step of the range is negative: -0.5
        4 |   T: {range: [2, 1, -0.5]}
          |              ^
        allowed: {range: [start, stop, step]} with a step above 0, stop included
      """),
    MessageCase(
      "an empty range",
      """
      name: demo
      base: {dataset: d.h5}
      sweep:
        T: {range: [2, 1, 0.5]}

      """,
      """
      sweeps/demo.yaml:4:14: the range is empty: it starts at 2 and stops at 1
        4 |   T: {range: [2, 1, 0.5]}
          |              ^
        allowed: {range: [start, stop, step]} with a step above 0, stop included
      """),
    MessageCase(
      "a range without end",
      """
      name: demo
      base: {dataset: d.h5}
      sweep:
        T: {range: [0, inf, 1]}

      """,
      """
      sweeps/demo.yaml:4:14: 'inf' is no finite number
        4 |   T: {range: [0, inf, 1]}
          |              ^
        allowed: {range: [start, stop, step]} with a step above 0, stop included
      """),
    MessageCase(
      "too many values",
      """
      name: demo
      base: {dataset: d.h5}
      sweep:
        T: {range: [0, 1, 0.00001]}

      """,
      """
      sweeps/demo.yaml:4:14: this makes 100001 values
        4 |   T: {range: [0, 1, 0.00001]}
          |              ^
        allowed: at most 10000 values on one axis
      """),
    MessageCase(
      "a linspace of half a value",
      """
      name: demo
      base: {dataset: d.h5}
      sweep:
        T: {linspace: [0, 1, 2.5]}

      """,
      """
      sweeps/demo.yaml:4:17: the count '2.5' is no whole number above 0
        4 |   T: {linspace: [0, 1, 2.5]}
          |                 ^
        allowed: {linspace: [first, last, count]}, both ends included
      """),
    MessageCase(
      "a linspace of one value",
      """
      name: demo
      base: {dataset: d.h5}
      sweep:
        T: {linspace: [0, 1, 1]}

      """,
      """
      sweeps/demo.yaml:4:17: one value cannot have two ends
        4 |   T: {linspace: [0, 1, 1]}
          |                 ^
        allowed: {linspace: [first, last, count]}, both ends included
      """),
    MessageCase(
      "a logspace of exponents",
      """
      name: demo
      base: {dataset: d.h5}
      sweep:
        lr: {logspace: [-3, -1, 3]}

      """,
      """
      sweeps/demo.yaml:4:18: the ends of a logspace must be above 0
        4 |   lr: {logspace: [-3, -1, 3]}
          |                  ^
        allowed: {logspace: [first, last, count]}, the ends themselves and not their exponents, both above 0
      """),
    MessageCase(
      "a range with a value out of bounds",
      """
      name: demo
      base: {dataset: d.h5}
      sweep:
        lambda: {range: [0, 1.5, 0.5]}

      """,
      """
      sweeps/demo.yaml:4:19: loss.lambda cannot be '1.5'
        4 |   lambda: {range: [0, 1.5, 0.5]}
          |                   ^
        allowed: a number from 0 to 1
      """),
    MessageCase(
      "an axis by two names",
      """
      name: demo
      base: {dataset: d.h5}
      sweep:
        alpha: [1.0]
        α: [1.2]

      """,
      """
      sweeps/demo.yaml:5:3: 'α' gives loss.alpha again: 'alpha' on line 4 gives it already
        5 |   α: [1.2]
          |   ^
      """),
    MessageCase(
      "zipped lists of different lengths",
      """
      name: demo
      base: {dataset: d.h5}
      zip:
        - learning_rate: [0.1, 0.03]
          steps: [1000]

      """,
      """
      sweeps/demo.yaml:4:5: axes that move together have different lengths: learning_rate has 2, steps has 1
        4 |   - learning_rate: [0.1, 0.03]
          |     ^
        allowed: lists of one length
      """),
    MessageCase(
      "an axis in sweep and zip",
      """
      name: demo
      base: {dataset: d.h5}
      sweep:
        m: [0, 0.1]
      zip:
        - {margin: [0.2, 0.3], alpha: [1, 1.1]}

      """,
      """
      sweeps/demo.yaml:6:6: 'margin' gives loss.margin again: 'm' on line 4 gives it already
        6 |   - {margin: [0.2, 0.3], alpha: [1, 1.1]}
          |      ^
      """),
    MessageCase(
      "a margin above alpha",
      """
      name: demo
      base: {dataset: d.h5}
      sweep:
        m: [0.2, 1.3]
        alpha: [1.2, 1.0]

      """,
      """
      sweeps/demo.yaml:4:12: margin 1.3 is larger than alpha 1.2 (2 of 4 jobs)
        4 |   m: [0.2, 1.3]
          |            ^
        allowed: margin at most alpha; 'exclude: [margin > alpha]' leaves such jobs out
      """),
    MessageCase(
      "a batch beyond all memory",
      """
      name: demo
      base: {dataset: d.h5}
      sweep:
        batch: [60x3, 6000x3]

      """,
      """
      sweeps/demo.yaml:4:17: a batch of 6000x3 has 18000 rows (1 of 2 jobs)
        4 |   batch: [60x3, 6000x3]
          |                 ^
        allowed: at most 16384 rows
      """),
    MessageCase(
      "too many jobs",
      """
      name: demo
      base: {dataset: d.h5}
      sweep:
        T: {range: [0, 100, 1]}
        m: {range: [0, 1, 0.01]}

      """,
      """
      sweeps/demo.yaml:1:1: the sweep has 10201 jobs, max_jobs is 10000
        1 | name: demo
          | ^
        allowed: 'max_jobs: 10201' in the sweep file allows them; fewer or shorter axes need no more
      """),
    MessageCase(
      "more jobs than can be counted",
      """
      name: demo
      base: {dataset: d.h5}
      sweep:
        T: {range: [0, 9000, 1]}
        positive_temperature: {range: [0, 9000, 1]}
        steps: {range: [1, 9000, 1]}
        embedding: {range: [1, 9000, 1]}
        split_seed: {range: [0, 9000, 1]}

      """,
      """
      sweeps/demo.yaml:1:1: the sweep has more than 2^63 jobs, max_jobs is 10000
        1 | name: demo
          | ^
        allowed: fewer or shorter axes need no more
      """),
  ]
}
