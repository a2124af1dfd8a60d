import Sweeps
import Testing

@Suite struct JobKeyTests {
  private static let digests = ["high": "ab"]

  private func job(_ lines: String) throws -> (JobSpec, Objective) {
    let sweep = try SweepFixture.expand("name: demo\nbase:\n  dataset.path: d.h5\n" + lines)
    return (try #require(sweep.jobs.first), sweep.objective)
  }

  private func text(_ lines: String) throws -> String {
    let (job, objective) = try job(lines)
    return JobKey.canonicalText(of: job, dataDigests: Self.digests, objective: objective)
  }

  @Test func `the canonical text of a job with all defaults`() throws {
    #expect(
      try text("") == """
        {"data":{"high":"ab"},"defaults":2,"objective":{"goal":"maximize",\
        "metric":"validation/map@r"},"settings":{}}
        """)
    let (job, objective) = try job("")
    #expect(
      JobKey.hash(of: job, dataDigests: Self.digests, objective: objective)
        == "0b3fa85400423811fdeef3a37ac4dba20b26c74caad60b62fecf07e65dc865c1")
  }

  @Test func `the canonical text has what differs from the defaults`() throws {
    #expect(
      try text(
        "  {T: inf, m: 0.30, batch: 30×6, schedule: constant, seed: 3, select: last}\n"
          .replacing("{", with: "").replacing("}", with: "").replacing(", ", with: "\n  ")) == """
          {"data":{"high":"ab"},"defaults":2,"settings":{"batch":"30x6","loss.margin":0.3,\
          "loss.temperature":"inf","schedule":"constant","seed":3,"select":"last"}}
          """)
  }

  @Test(arguments: [
    ("  m: 0.6\n", "sweep: {m: {range: [0.6, 0.6, 0.2]}}\n"),
    ("  T: 10\n", "  T: 10.0\n"), ("  T: 5\n", "  T: 5e0\n"), ("", "  alpha: 1.2\n"),
    ("", "  dataset.levels: high\n"), ("", "  checkpoint.keep: [best]\n"),
    ("", "  checkpoint.every: 7\n"),
    ("", "description: another\n"), ("", "  schedule: cosine\n"),
    ("", "  schedule: {cosine: {}}\n"), ("", "  P: 60\n"), ("", "  batch: {K: 3, P: 60}\n"),
    ("  margin: 0\n", "  m: -0\n"), ("  loss: ranked_list\n", "  loss: {λ: .5}\n"),
    ("  select: last\n", "  select: last\nobjective: validation/recall@1\n"),
    ("  validation: 0\n", "  validation: 0\n  select: last\n"),
    ("", "  schedule: {cosine: {floor: 0}, warmup: 0}\n"), ("", "  sampler: balanced\n"),
    ("", "  dropout: 0\n  bias: false\n  hidden: []\n  batch_normalization: false\n"),
    ("", "  evaluation: {map: false, distances: false, few_shot: false, clustering: true}\n"),
    ("", "  validation: {share: 0.2, order: random}\n"),
    ("  loss: triplet\n", "  loss: {name: triplet, margin: 0.05, mining: all, swap: false}\n"),
    ("  optimizer: adam\n", "  optimizer: {name: adam, beta1: 0.9, beta2: .999, epsilon: 1e-8}\n"),
    ("  few_shot: true\n", "  few_shot: {shots: [1, 5], ways: [5, 20], episodes: 1e3}\n"),
    ("  validation: {fold: 0, folds: 2}\n", "seeds: 1\ninclude: []\nfolds: 2\n"),
  ])
  func `these are one job`(first: String, second: String) throws {
    #expect(try text(first) == text(second))
  }

  @Test(arguments: [
    "  seed: 1\n", "  alpha: 1.3\n", "  steps: 999\n", "  evaluation.every: 49\n",
    "  dataset.validation: 0.3\n", "  dataset.split_seed: 1\n", "  preprocess: [center, l2]\n",
    "  select: last\n", "objective: validation/recall@1\n",
    "objective: {metric: validation/map@r, goal: minimize}\n", "  recall_at: [1]\n",
    "  schedule: {cosine: {floor: 0.1}}\n", "  gradient: exact\n", "  weight_decay: 0\n",
  ])
  func `this is another job than the default one`(lines: String) throws {
    #expect(try text(lines) != text(""))
  }

  @Test func `the canonical text has the settings of the loss and optimiser in use`() throws {
    #expect(
      try text(
        """
          loss: {name: margin, beta: 1.1, mining: pairs}
          optimizer: {name: adamw, epsilon: 1e-7, weight_decay: 1e-4}
          schedule: {multistep: {at: [5, 8], factor: 0.1}, warmup: 3}
          preprocess: [{whiten: 64}]
          hidden: [128]

        """) == """
          {"data":{"high":"ab"},"defaults":2,"objective":{"goal":"maximize",\
          "metric":"validation/map@r"},"settings":{"dataset.preprocess":[{"whiten":64}],\
          "loss.beta":1.1,"loss.mining":"pairs","loss.name":"margin","model.hidden":[128],\
          "optimizer.epsilon":1e-07,"optimizer.name":"adamw","optimizer.weight_decay":0.0001,\
          "schedule":{"multistep":{"at":[5,8],"factor":0.1},"warmup":3}}}
          """)
  }

  @Test func `settings of losses not in use are in no key`() throws {
    let sweep = try SweepFixture.expand(
      """
      name: demo
      base: {dataset.path: d.h5, beta: 1.1, mining: pairs, beta1: 0.8, momentum: 0.8}
      sweep: {loss: [ranked_list, margin], optimizer: [sgd, adam]}

      """)
    let texts = sweep.jobs.map { job in
      let text = JobKey.canonicalText(
        of: job, dataDigests: Self.digests, objective: sweep.objective)
      return text.drop { $0 != "s" }.split(separator: "\"settings\":").last.map(String.init) ?? ""
    }
    #expect(
      texts == [
        "{\"optimizer.momentum\":0.8}}",
        "{\"optimizer.beta1\":0.8,\"optimizer.name\":\"adam\"}}",
        "{\"loss.beta\":1.1,\"loss.mining\":\"pairs\",\"loss.name\":\"margin\","
          + "\"optimizer.momentum\":0.8}}",
        "{\"loss.beta\":1.1,\"loss.mining\":\"pairs\",\"loss.name\":\"margin\","
          + "\"optimizer.beta1\":0.8,\"optimizer.name\":\"adam\"}}",
      ])
  }

  @Test func `a job that starts from a run has the weights' digest in its key, not the name`()
    throws
  {
    let (job, objective) = try job("  initial: first\n")
    let (other, _) = try self.job("  initial: second\n")
    func text(_ job: JobSpec, _ digest: String) -> String {
      JobKey.canonicalText(
        of: job, dataDigests: Self.digests, objective: objective, initialWeights: digest)
    }
    #expect(
      text(job, "cd") == """
        {"data":{"high":"ab"},"defaults":2,"initial":"cd","objective":{"goal":"maximize",\
        "metric":"validation/map@r"},"settings":{}}
        """)
    #expect(text(job, "cd") == text(other, "cd"))
    #expect(text(job, "cd") != text(job, "ce"))
  }

  @Test func `a range gives the keys of the typed values`() throws {
    let range = try SweepFixture.expand(SweepFixture.sweep("sweep: {m: {range: [0, 1, 0.1]}}\n"))
    let typed = try SweepFixture.expand(
      SweepFixture.sweep("sweep: {m: [0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1]}\n"))
    let keys = [range, typed].map { sweep in
      sweep.jobs.map {
        JobKey.hash(of: $0, dataDigests: Self.digests, objective: sweep.objective)
      }
    }
    #expect(keys[0] == keys[1])
    #expect(Set(keys[0]).count == 11)
  }

  @Test func `the path does not count, the data does`() throws {
    var (job, objective) = try job("")
    let key = JobKey.hash(of: job, dataDigests: Self.digests, objective: objective)
    job.settings["dataset.path"] = .text("/elsewhere/e.h5")
    #expect(JobKey.hash(of: job, dataDigests: Self.digests, objective: objective) == key)
    #expect(JobKey.hash(of: job, dataDigests: ["high": "ac"], objective: objective) != key)
  }

  @Test func `no two settings of a job have one key`() throws {
    let (job, objective) = try job("")
    var keys: Set<String> = []
    let counted = job.settings.keys.filter { name in
      SettingsCatalog.definition(named: name, in: job.settings)?.countsInKey == true
    }
    for name in counted {
      var changed = job
      changed.settings[name] = .text("changed")
      keys.insert(
        JobKey.hash(of: changed, dataDigests: Self.digests, objective: objective))
    }
    #expect(keys.count == counted.count)
    #expect(counted.count >= 30)
  }
}
