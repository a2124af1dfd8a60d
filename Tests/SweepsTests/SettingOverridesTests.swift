import Sweeps
import Testing

@Suite struct SettingOverridesTests {
  @Test(arguments: [
    ("loss.alpha=1.5", "loss.alpha", "1.5"), ("α=1.5", "loss.alpha", "1.5"),
    ("T=inf", "loss.temperature", "inf"), ("dataset=e.h5", "dataset.path", "e.h5"),
    ("dataset.path=../e.h5", "dataset.path", "../e.h5"), ("P=10", "batch", "10x3"),
    ("preprocess=[l2]", "dataset.preprocess", "[\"l2\"]"),
    ("schedule={cosine: {floor: 0.5}}", "schedule", "{\"cosine\":{\"floor\":0.5}}"),
    ("loss={alpha: 1.5, m: 0.1}", "loss.alpha", "1.5"), ("seed=4", "seed", "4"),
  ])
  func `an override holds for all jobs`(override: String, setting: String, value: String) throws {
    let sweep = try SweepFixture.expand(
      SweepFixture.sweep("sweep: {steps: [1, 2]}\n"), overrides: [override])
    #expect(SweepFixture.values(of: setting, in: sweep) == [value, value])
    #expect(sweep.jobs.allSatisfy { $0.origins[setting] == .commandLine })
  }

  @Test func `an override takes the place of an axis`() throws {
    let sweep = try SweepFixture.expand(
      SweepFixture.sweep("sweep: {T: [1, 2, 3], m: [0.1, 0.2]}\n"), overrides: ["temperature=7"])
    #expect(SweepFixture.values(of: "loss.temperature", in: sweep) == ["7", "7"])
    #expect(SweepFixture.values(of: "loss.margin", in: sweep) == ["0.1", "0.2"])
    #expect(sweep.axes.first == .init(name: "loss.temperature", values: [.number(7)]))
    #expect(sweep.warnings == [])
  }

  @Test func `an override of the batch hides axes of its parts`() throws {
    let sweep = try SweepFixture.expand(
      SweepFixture.sweep("sweep: {P: [10, 20], K: [2, 3]}\n"), overrides: ["batch=30x6"])
    #expect(SweepFixture.values(of: "batch", in: sweep) == ["30x6"])
  }

  @Test func `an overridden seed replaces the seeds`() throws {
    let sweep = try SweepFixture.expand(SweepFixture.sweep("seeds: 3\n"), overrides: ["seed=9"])
    #expect(sweep.seeds == [9])
  }

  @Test func `a sweep without data can get it from the command line`() throws {
    let sweep = try SweepFixture.expand("name: a\n", overrides: ["dataset.path=d.h5"])
    #expect(SweepFixture.values(of: "dataset.path", in: sweep) == ["d.h5"])
  }

  @Test func `a wrong override of an axis is reported once`() {
    #expect(
      SweepFixture.message(
        SweepFixture.sweep("sweep: {m: [0.1, 0.2]}\n"), overrides: ["margin=x"])
          == """
          --set margin=x: loss.margin cannot be 'x'
            allowed: a number from 0 to alpha
          """)
    #expect(
      SweepFixture.message(SweepFixture.sweep(""), overrides: ["swap=true", "nu=1"])
        == """
        --set swap=true: loss.swap is a setting of triplet, not of ranked_list
          allowed: settings of ranked_list: alpha, margin, temperature, positive_temperature, lambda, gradient, query_weighting, pair_gradient
        --set nu=1: loss.nu is a setting of margin, not of ranked_list
          allowed: settings of ranked_list: alpha, margin, temperature, positive_temperature, lambda, gradient, query_weighting, pair_gradient
        """)
  }

  @Test func `every wrong override is reported, after what is wrong in the file`() {
    let message = SweepFixture.message(
      SweepFixture.sweep("stps: 3\n"),
      overrides: [
        "loss.alpha", "loss.alpah=1", "m=x", "T=1", "temperature=2", "seeds=3", "steps=*a",
        "clustering=yes", "lr=[0.1", "K=",
      ])
    #expect(
      message == """
        sweeps/demo.yaml:3:1: unknown key 'stps'
          3 | stps: 3
            | ^
          did you mean 'steps' under base?
          allowed: name, description, extends, base, sweep, zip, ablate, folds, seeds, exclude, include, strategy, protocol, repeat, objective, gate, resources, max_jobs
        --set loss.alpha: this is no override
          allowed: PATH=VALUE, as loss.alpha=1.4
        --set loss.alpah=1: unknown setting 'loss.alpah'
          did you mean 'loss.alpha'?
        --set m=x: loss.margin cannot be 'x'
          allowed: a number from 0 to alpha
        --set temperature=2: gives loss.temperature again after --set T=1
        --set seeds=3: unknown setting 'seeds'
          did you mean 'seed'?
        --set steps=*a: '*a' is a YAML alias
          allowed: no aliases: write the value where it is used, or quote text
        --set clustering=yes: evaluation.clustering cannot be 'yes'
          allowed: true or false
        --set lr=[0.1: this is no YAML: while parsing a flow sequence from line 1: did not find expected ',' or ']'
        --set K=: K has no value
          allowed: a whole number of items of each class, at least 2
        """)
  }
}
