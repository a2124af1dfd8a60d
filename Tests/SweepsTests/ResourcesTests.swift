import Sweeps
import Testing

/// What jobs may take, and how it is written.
@Suite struct ResourcesTests {
  private func resources(_ line: String) throws -> JobResources {
    try SweepFixture.expand(SweepFixture.sweep(line + "\n")).resources
  }

  @Test func `a sweep that says nothing limits nothing`() throws {
    let resources = try resources("seeds: 1")
    #expect(resources == JobResources())
    #expect(resources.description.isEmpty)
  }

  @Test func `limits are read with their units and told in one line`() throws {
    let resources = try resources("resources: {timeout: 2h, retries: 1, memory: 2GiB}")
    #expect(resources.timeoutSeconds == 7_200)
    #expect(resources.retries == 1)
    #expect(resources.memoryBytes == 2 << 30)
    #expect(resources.description == "at most 2 h, at most 2 GiB, 1 retry")
    let none = try self.resources("resources: {timeout: none, retries: 2, memory: none}")
    #expect(none.description == "2 retries")
  }

  @Test func `limits are no part of a job`() throws {
    let with = try SweepFixture.expand(SweepFixture.sweep("resources: {timeout: 2h}\n"))
    let without = try SweepFixture.expand(SweepFixture.sweep(""))
    #expect(with.jobs.map(\.settings) == without.jobs.map(\.settings))
  }

  @Test(arguments: [
    ("90s", 90.0, "1 min 30 s"), ("1.5s", 1.5, "1.5 s"), ("30min", 1_800, "30 min"),
    ("30m", 1_800, "30 min"), ("2h", 7_200, "2 h"), ("1h30m", 5_400, "1 h 30 min"),
    ("1h 30min", 5_400, "1 h 30 min"), ("1d", 86_400, "1 d"), ("1.5d", 129_600, "1 d 12 h"),
  ])
  func `durations`(text: String, seconds: Double, shown: String) {
    #expect(DurationText.seconds(of: text) == seconds)
    #expect(DurationText.text(ofSeconds: seconds) == shown)
  }

  @Test(arguments: ["", "2", "h", "2 hours", "30m1h", "1h1h", "-2h", "1e400s", "2:00:00", "2h,"])
  func `what is no duration`(text: String) {
    #expect(DurationText.seconds(of: text) == nil)
  }

  @Test(arguments: [
    ("512MiB", 512 << 20, "512 MiB"), ("2GiB", 2 << 30, "2 GiB"), ("2G", 2 << 30, "2 GiB"),
    ("2 Gi", 2 << 30, "2 GiB"), ("1.5g", 3 << 29, "1.5 GiB"), ("100B", 100, "100 B"),
    ("1TB", 1_000_000_000_000, "931.3 GiB"), ("4096KiB", 4 << 20, "4 MiB"),
  ])
  func `sizes`(text: String, bytes: Int, shown: String) {
    #expect(ByteCountText.bytes(of: text) == bytes)
    #expect(ByteCountText.text(ofBytes: bytes) == shown)
  }

  @Test(arguments: ["", "2", "GiB", "2Gib", "1G1M", "-1G", "9e30T", "2 bytes"])
  func `what is no size`(text: String) {
    #expect(ByteCountText.bytes(of: text) == nil)
  }

  @Test func `what is wrong is told with its place, what is allowed and the nearest word`() {
    let message = SweepFixture.message(
      """
      name: demo
      base: {dataset: d.h5}
      resources:
        timeout: 2
        retries: 1.5
        memory: 100
        walltime: 2h
        memori: 2G
        cores: 2

      """)
    #expect(
      message == """
        sweeps/demo.yaml:4:12: timeout cannot be '2'
          4 |   timeout: 2
            |            ^
          allowed: a duration with its unit, as 90s, 30min, 2h or 1d, or none
        sweeps/demo.yaml:5:12: retries cannot be '1.5'
          5 |   retries: 1.5
            |            ^
          allowed: a whole number from 0 to 100
        sweeps/demo.yaml:6:11: memory cannot be '100'
          6 |   memory: 100
            |           ^
          allowed: a size with its unit from 1MiB, as 512MiB or 2GiB, or none
        sweeps/demo.yaml:7:3: resources cannot have 'walltime'
          7 |   walltime: 2h
            |   ^
          did you mean 'timeout'?
          allowed: {timeout: 2h, retries: 1, memory: 2GiB, slurm: {partition: long}}
        sweeps/demo.yaml:8:3: resources cannot have 'memori'
          8 |   memori: 2G
            |   ^
          did you mean 'memory'?
          allowed: {timeout: 2h, retries: 1, memory: 2GiB, slurm: {partition: long}}
        sweeps/demo.yaml:9:3: resources cannot have 'cores'
          9 |   cores: 2
            |   ^
          allowed: {timeout: 2h, retries: 1, memory: 2GiB, slurm: {partition: long}}
        """)
    #expect(
      SweepFixture.message(SweepFixture.sweep("resources: 2h\n")) == """
        sweeps/demo.yaml:3:12: resources cannot be '2h'
          3 | resources: 2h
            |            ^
          allowed: {timeout: 2h, retries: 1, memory: 2GiB, slurm: {partition: long}}
        """)
  }
}
