import Foundation
import Reports
import Store
import Sweeps
import Testing

@Suite struct RunDetailReportTests {
  private static var detail: RunDetail {
    var summary = SampleRuns.grid[0]
    summary.processorSeconds = 1.25
    summary.peakMemoryBytes = 3 << 20
    var attempt = RunDetail.Attempt(
      position: 1, state: "completed", startedAt: "2026-01-02T03:04:05.000Z")
    attempt.exitStatus = "exit 0"
    attempt.log = "step 10\n"
    let launch = LaunchRecord(
      id: "aaaaaaaaaaaaaaaa", sweepName: "practice", sweepDescription: "Does α matter?",
      file: "practice.yaml", text: "name: practice\nsweep:\n  alpha: [1, 1.2]\n",
      textDigest: String(repeating: "d", count: 64),
      commandLine: ["rll-sweep", "launch", "practice.yaml", "--set", "m=0.4"], axes: [],
      objective: Objective(), host: "here", processID: 42,
      startedAt: Timestamp(Date(timeIntervalSince1970: 1_700_000_000)))
    return RunDetail(
      summary: summary, origins: ["loss.alpha": .line(3), "loss.margin": .commandLine],
      environment: ["compiler": "Swift 6.3", "sqlite": "3.40.1"], attempts: [attempt],
      checkpoints: [.init(step: 100, kind: "best", bytes: 2048, sha256: "ab")], launch: launch)
  }

  @Test func `a person sees how a run came to be, with the text that its lines name`() {
    let text = RunDetailReport(Self.detail).report.text(as: .table)
    for part in [
      """
      loss.alpha        1         line 3
      loss.margin       0.4       --set
      """,
      """
      How it came to be
      command line         rll-sweep launch practice.yaml --set m=0.4
      sweep file           practice.yaml
      its sha256           dddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddd
      description          Does α matter?
      launch               aaaaaaaaaaaaaaaa
      launched at          2023-11-14T22:13:20.000Z
      by process           42 on here
      objective            validation/map@r, maximize
      """,
      """
      Sweep file
      1  name: practice
      2  sweep:
      3    alpha: [1, 1.2]

      Environment
      compiler  Swift 6.3
      sqlite    3.40.1

      Log
      step 10
      """,
    ] {
      #expect(text.contains(part), "\(text)")
    }
  }

  @Test func `as CSV every section is there, attempts and the sweep's text included`() {
    let text = RunDetailReport(Self.detail).report.text(as: .csv)
    for row in [
      "section,name,value,source", "run,peak_memory_bytes,3145728,", "setting,loss.alpha,1,line 3",
      "checkpoint,best,ab,step 100", "attempt,1,completed,exit 0",
      "provenance,sweep text,\"name: practice", "environment,sqlite,3.40.1,",
    ] {
      #expect(text.split(separator: "\n").contains { $0 == row }, "\(row) is not in\n\(text)")
    }
  }
}
