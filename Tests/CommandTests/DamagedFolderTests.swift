import Foundation
import Store
import TestSupport
import Testing

/// What became of the files of finished jobs before anybody took them in.
struct DamagedFolderTests {
  private static let sweep = Practice.sweep
    .replacing("base:\n", with: "base:\n  checkpoint: {keep: [best, last]}\n")

  private let practice: Practice
  private let slurm: FakeSlurmPrograms

  init() throws {
    practice = try Practice()
    slurm = try FakeSlurmPrograms()
    try practice.write(Self.sweep)
  }

  /// Runs a command that has a minute to end.
  private func run(_ arguments: String...) throws -> BuiltProgram.Ending {
    try BuiltProgram.sweep.start(
      arguments + ["--store", practice.storePath], in: practice.folder.path,
      environment: ["PATH": slurm.path], under: ["/usr/bin/timeout", "-s", "KILL", "60"]
    ).wait()
  }

  /// The folders of all jobs of a launch, when each has ended under Slurm.
  private func finishedFolders() throws -> [String] {
    let ending = try run("launch", "practice.yaml", "--executor", "slurm", "--detach")
    try #require(ending.status == 0, "\(ending.errors)")
    while true {
      let folders = practice.runFolders.filter {
        FileManager.default.fileExists(atPath: $0 + "/result.json")
          && !FileManager.default.fileExists(atPath: $0 + "/owner")
      }
      if folders.count == 8 { return folders }
      usleep(20_000)
    }
  }

  private func change(_ path: String, _ body: (inout Data) -> Void) throws {
    var content = try Data(contentsOf: URL(filePath: path))
    body(&content)
    try content.write(to: URL(filePath: path))
  }

  @Test(.timeLimit(.minutes(10)))
  func `what was damaged after its job had ended is not taken in, and runs again`() throws {
    let whole = try Practice()
    try whole.write(Self.sweep)
    #expect(try whole.launch().status == 0)

    let folders = try finishedFolders()
    try Data().write(to: URL(filePath: folders[0] + "/best.safetensors"))
    try change(folders[1] + "/last.safetensors") { $0 = $0.dropLast(8) }
    try FileManager.default.removeItem(atPath: folders[2] + "/best.safetensors")
    try FileManager.default.copyItem(
      atPath: folders[7] + "/best.safetensors", toPath: folders[2] + "/best.safetensors")
    try change(folders[3] + "/best.safetensors") { $0[$0.count - 1] ^= 1 }
    try change(folders[4] + "/metrics.jsonl") { content in
      for (place, byte) in zip(content.indices, content) where byte == UInt8(ascii: "7") {
        content[place] = UInt8(ascii: "3")
      }
    }
    for (folder, file) in zip(folders[5...], ["result.json", "best.safetensors"]) {
      unlink("\(folder)/\(file)")
      #expect(mkfifo("\(folder)/\(file)", 0o600) == 0)
    }

    repeat {
      let ending = try run("collect")
      #expect(ending.status == 0, "\(ending.errors)")
    } while try practice.states()[.running] != nil
    #expect(try practice.states() == [.failed: 7, .completed: 1])
    let files = ["best", "last", "best", "best"].map { $0 + ".safetensors" } + ["metrics.jsonl"]
    let failures = try practice.failures()
    for (folder, file) in zip(folders, files) {
      let start = "\(folder)/\(file) is not what its job wrote: its SHA-256 is "
      #expect(failures.contains { $0.hasPrefix(start) }, "\(start)")
    }
    #expect(failures.count { $0.contains(" is a named pipe, not a file. ") } == 2)
    #expect(failures.allSatisfy { $0.hasSuffix(". To run it again: rll-sweep retry practice") })

    let again = try practice.retry()
    #expect(again.status == 0, "\(again.errors)")
    #expect(try practice.bits() == whole.bits())
    #expect(try practice.check().status == 0)
  }
}
