import Foundation
import TestSupport
import Testing

/// What a job tells of its memory.
struct PeakMemoryTests {
  private struct Report: Decodable {
    struct Cost: Decodable {
      let peakMemoryBytes: Int
    }
    let cost: Cost
  }

  @Test func `the peak of a job is its own, however large the process that started it`() throws {
    let practice = try Practice()
    try practice.write(Practice.sweep.replacing("steps: 40", with: "steps: 2000"))
    let launcher = try practice.startLaunch(workers: 1)
    let job = try #require(
      try JobProcess.withCheckpoint(of: practice, launcher: launcher), "\(launcher.errors)")
    launcher.send(SIGKILL)
    _ = try launcher.wait()
    job.waitUntilGone()

    let bytes = 600 << 20
    let held = UnsafeMutableRawPointer.allocate(byteCount: bytes, alignment: 4_096)
    memset(held, 1, bytes)
    let ending = try BuiltProgram.sweep.run(["train", job.runFolder], in: practice.folder.path)
    held.deallocate()
    #expect(ending.status == 0, "\(ending.output)\(ending.errors)")
    let content = try Data(contentsOf: URL(filePath: job.runFolder + "/result.json"))
    let peak = try JSONDecoder().decode(Report.self, from: content).cost.peakMemoryBytes
    #expect(peak > 8 << 20 && peak < bytes / 2, "\(peak)")
  }
}
