import Sweeps
import Testing

@Suite struct DataPathTests {
  private static let environment = ["DATA": "/data", "EMPTY": "", "REL": "sets"]

  @Test(arguments: [
    ("d.h5", "sweeps/d.h5"), ("../data/d.h5", "data/d.h5"), ("../../d.h5", "../d.h5"),
    ("./a/./b/../d.h5", "sweeps/a/d.h5"), ("/abs/../d.h5", "/d.h5"), ("${DATA}/d.h5", "/data/d.h5"),
    ("${REL}/d.h5", "sweeps/sets/d.h5"), ("${NONE:-x}/d.h5", "sweeps/x/d.h5"),
    ("${EMPTY:-/y}/d.h5", "/y/d.h5"), ("${DATA:-/y}/d.h5", "/data/d.h5"),
    ("a${EMPTY}b.h5", "sweeps/ab.h5"), ("/../d.h5", "/d.h5"), ("'a b.h5'", "sweeps/a b.h5"),
    ("$5.h5", "sweeps/$5.h5"),
  ])
  func `paths are relative to the sweep file`(written: String, path: String) throws {
    let sweep = try SweepFixture.expand(
      "name: a\nbase:\n  dataset: \(written)\n", environment: Self.environment)
    #expect(SweepFixture.values(of: "dataset.path", in: sweep) == [path])
  }

  @Test(arguments: ["${}", "${A B}", "${DATA", "${NONE}", "''", "${EMPTY}"])
  func `references that lead nowhere are refused`(written: String) {
    #expect(throws: SweepError.self) {
      try SweepFixture.expand(
        "name: a\nbase:\n  dataset: \(written)\n", environment: Self.environment)
    }
  }

  @Test func `a path on the command line is relative to the working directory`() throws {
    let sweep = try SweepFixture.expand(
      SweepFixture.sweep(""), overrides: ["dataset.path=./x/../${REL}/d.h5"],
      environment: Self.environment)
    #expect(SweepFixture.values(of: "dataset.path", in: sweep) == ["sets/d.h5"])
  }
}
