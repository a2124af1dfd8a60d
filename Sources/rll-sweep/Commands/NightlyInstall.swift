import ArgumentParser
import CommandSupport
import Foundation
import Kernels
import Reports
import Runner
import Store
import Sweeps

struct NightlyInstall: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "install",
    abstract: "Puts a sweep's nightly into your crontab, or prints units for systemd.",
    discussion: """
      The line names everything by absolute path and carries the variables that the sweep file \
      mentions. One that is there for this file is replaced; other lines stay as they are.

      Examples:
        rll-sweep nightly install sweeps/nightly.yaml --at 02:30 --time-limit 2h
        rll-sweep nightly install sweeps/nightly.yaml --systemd --output ~/.config/systemd/user
      """)

  @Argument(help: "A sweep file with the key gate.")
  var file: String

  @Option(help: ArgumentHelp("When, in local time.", valueName: "hh:mm"))
  var at = "02:30"

  @Flag(help: "Print a timer and its service instead.")
  var systemd = false

  @Option(
    help: ArgumentHelp(
      "With --systemd: write the two files there instead.", valueName: "folder"))
  var output: String?

  @OptionGroup var options: NightlyOptions

  func validate() throws {
    if DailyTime(at) == nil {
      throw ValidationError("--at cannot be '\(at)'; give a time from 00:00 to 23:59, as 02:30")
    }
    try options.checkPaths(files: [file])
    if output != nil, !systemd {
      throw ValidationError("--output goes with --systemd; the crontab is no file of yours")
    }
  }

  func run() async throws {
    guard let time = DailyTime(at) else { return }
    let path = NightlyOptions.absolute(file)
    let sweep = try plan(path)
    let program = try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
    let line = NightlyCommandLine(
      program: program, file: path, text: sweep.sweep.wholeText, options: options,
      environment: ProcessInfo.processInfo.environment)
    if systemd {
      try give(
        try SystemdUnits(
          sweep: sweep.sweep.name, time: time, words: line.words, environment: line.environment))
    } else {
      let entry = try CrontabEntry(file: path, time: time, command: line.text)
      let program = try CrontabProgram(environment: ProcessInfo.processInfo.environment)
      var crontab = try await program.read()
      crontab.install(entry)
      try await program.write(crontab)
      try StandardOutput.write("In your crontab:\n\(entry.line)\n")
    }
  }

  /// What `nightly run` would refuse every night is refused now.
  private func plan(_ path: String) throws -> PlannedSweep {
    let isThere = FileManager.default.fileExists(atPath: options.store.path)
    let store = isThere ? try ExperimentStore(path: options.store.path, access: .read) : nil
    let sweep = try PlannedSweep(
      nightlyOf: path, in: store,
      blas: BLASLibrary.load(options.machine.nativeBlas ? .native : .pinned))
    try store?.close()
    return sweep
  }

  private func give(_ units: SystemdUnits) throws {
    let files = [("\(units.name).service", units.service), ("\(units.name).timer", units.timer)]
    guard let output else {
      let texts = files.map { "# \($0.0)\n\($0.1)" }
      return try StandardOutput.write(texts.joined(separator: "\n"))
    }
    for (name, text) in files {
      try DurableFile.write(Data(text.utf8), to: "\(output)/\(name)")
    }
    try StandardOutput.write(
      """
      Written: \(files.map { "\(output)/\($0.0)" }.joined(separator: ", "))
      In ~/.config/systemd/user they are yours: systemctl --user daemon-reload, then
      systemctl --user enable --now \(units.name).timer, and loginctl enable-linger so that \
      nights come while you are logged out.

      """)
  }
}
