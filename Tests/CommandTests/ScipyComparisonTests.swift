import Foundation
import TestSupport
import Testing

/// `compare` says what scipy says of the same runs, as `export` gives them.
struct ScipyComparisonTests {
  private static let sweep = Practice.sweep
    .replacing("alpha: [1.2, 1.4]", with: "loss: [ranked_list, triplet, contrastive]")
    .replacing("  m: [0.2, 0.4]\n", with: "").replacing("seeds: 2", with: "seeds: 7")
    .replacing("steps: 40", with: "steps: 10")

  /// Prints the largest disagreement of any interval or p, and how many were compared; `skipped`
  /// where scipy is not there.
  private static let script = """
    import csv, json, sys
    try:
        import numpy as np, scipy.stats as st
    except ImportError:
        sys.exit(print("skipped"))
    runs = list(csv.DictReader(open("runs.csv")))
    cells = json.load(open("compare.json"))["cells"]
    def values(loss, measure):
        own = [(int(r["seed"]), float(r[measure])) for r in runs if r["loss.name"] == loss]
        return np.array([value for _, value in sorted(own)])
    worst, count = 0, 0
    def check(found, wanted):
        global worst, count
        count += 1
        worst = max(worst, abs(found - wanted))
    for cell in cells:
        loss = cell["settings"]["loss.name"]
        for measure, figures in cell["metrics"].items():
            x = values(loss, measure)
            low, high = st.t.interval(0.95, len(x) - 1, x.mean(), st.sem(x))
            if np.ptp(x) > 0:
                check(figures["low"], low), check(figures["high"], high)
        for measure, found in cell["differences"].items():
            x, y = values(loss, measure), values(found["reference"]["loss.name"], measure)
            if np.ptp(x - y) < 1e-12:
                continue
            test = st.ttest_rel(x, y)
            interval = test.confidence_interval(0.95)
            check(found["mean"], (x - y).mean()), check(found["p"], test.pvalue)
            check(found["low"], interval.low), check(found["high"], interval.high)
            flips = st.permutation_test(
                (x - y,), np.sum, permutation_type="samples", n_resamples=np.inf)
            check(found["sign_flip"]["p"], flips.pvalue)
            if found["welch"]:
                welch = st.ttest_ind(x, y, equal_var=False)
                interval = welch.confidence_interval(0.95)
                check(found["welch"]["p"], welch.pvalue)
                check(found["welch"]["low"], interval.low)
                check(found["welch"]["high"], interval.high)
    print(worst < 1e-9, count)
    """

  private static func python(_ script: String, in folder: String) throws -> String? {
    let python = Process()
    python.executableURL = URL(filePath: "/usr/bin/env")
    python.arguments = ["python3", "-c", script]
    python.currentDirectoryURL = URL(filePath: folder)
    let output = Pipe()
    python.standardOutput = output
    try python.run()
    let text = try output.fileHandleForReading.readToEnd() ?? Data()
    python.waitUntilExit()
    let isMissing = python.terminationStatus == 127
    #expect(python.terminationStatus == 0 || isMissing)
    return isMissing ? nil : String(decoding: text, as: UTF8.self)
  }

  @Test(arguments: [[], ["--reference", "triplet"]])
  func `intervals and p are those of scipy on the exported runs`(options: [String]) throws {
    let practice = try Practice(classes: (20, 16))
    try practice.write(Self.sweep)
    let launch = try practice.launch()
    #expect(launch.status == 0, "\(launch.errors)")
    func report(_ arguments: [String]) throws -> String {
      let ending = try BuiltProgram.report.run(
        arguments + ["--store", practice.storePath], in: practice.folder.path)
      #expect(ending.status == 0, "\(ending.errors)")
      return ending.output
    }
    let json = try report(["compare", "--sweep", "practice", "--json"] + options)
    try practice.folder.write(json, to: "compare.json")
    try practice.folder.write(
      report(["export", "runs", "--sweep", "practice"]), to: "runs.csv")
    #expect(json.contains("\"test_readings\": 21"))
    #expect(json.contains("\"over_classes\": {\n"), "\(json)")
    guard let said = try Self.python(Self.script, in: practice.folder.path), said != "skipped\n"
    else {
      print("skipped: python3 has no scipy")
      return
    }
    let words = said.split(whereSeparator: \.isWhitespace)
    #expect(words.first == "True" && Int(words.last ?? "") ?? 0 > 40, "\(said)")
  }

  @Test func `two runs are compared on each class, and verify sees an outcome that changed`()
    throws
  {
    let practice = try Practice(classes: (20, 16))
    try practice.write(Self.sweep.replacing("seeds: 7", with: "seeds: 1"))
    #expect(try practice.launch().status == 0)
    let ids = try BuiltProgram.report.run(
      ["runs", "--store", practice.storePath, "--columns", "run_id", "--format", "csv"],
      in: practice.folder.path
    ).output.split(separator: "\n").dropFirst().map(String.init)
    let compared = try BuiltProgram.report.run(
      ["compare", ids[0], ids[1], "--per-class", "--store", practice.storePath],
      in: practice.folder.path)
    #expect(compared.status == 0, "\(compared.errors)")
    #expect(compared.output.contains("By MAP@R \(ids[0].prefix(8)) is better on "))
    #expect(compared.output.split(separator: "\n").count == 18, "\(compared.output)")

    let sound = try practice.sweep("verify", ids[0], "--store", practice.storePath)
    #expect(sound.status == 0, "\(sound.output)\(sound.errors)")
    try practice.sqlite(
      "UPDATE queryOutcome SET averagePrecision = zeroblob(length(averagePrecision))")
    let changed = try practice.sweep("verify", ids[0], "--store", practice.storePath)
    #expect(changed.status == 2)
    #expect(changed.output.contains("the outcome of query 0 of the test classes is "))
  }

  @Test(arguments: [
    (
      ["--per-class", "--sweep", "s"],
      "--per-class compares two runs; name them instead of --sweep"
    ),
    (["a", "b", "--reference", "c"], "--reference needs a sweep; name it with --sweep"),
    (
      ["a", "b", "--allow-mixed-dimension"],
      "--allow-mixed-dimension needs a sweep; name it with --sweep"
    ),
  ])
  func `options that do not go together are refused`(arguments: [String], text: String) throws {
    let folder = try TemporaryFolder()
    let ending = try BuiltProgram.report.run(["compare"] + arguments, in: folder.path)
    #expect(ending.status == 64)
    #expect(ending.errors.contains(text), "\(ending.errors)")
  }
}
