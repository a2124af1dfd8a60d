import ArgumentParser
import CommandSupport
import Foundation
import Reports
import Runner
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
    if times == nil {
      throw ValidationError(
        "--every cannot be \(options.every) here: what is installed comes at the same times each day, "
          + "every \(NightTimes.allowedText). For another interval have a scheduler of your own run "
          + "rll-sweep nightly --every \(options.every)")
    }
    try options.checkPaths(files: [file])
    if output != nil, !systemd {
      throw ValidationError("--output goes with --systemd; the crontab is no file of yours")
    }
  }

  func run() async throws {
    guard let times else { return }
    let path = NightlyOptions.absolute(file)
    let sweep = try NightTrial(options: options).run(file: path)
    let program = try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
    let line = NightlyCommandLine(
      program: program, file: path, text: sweep.sweep.wholeText, options: options,
      environment: ProcessInfo.processInfo.environment)
    if systemd {
      try give(
        try SystemdUnits(
          sweep: sweep.sweep.name, file: path, times: times, words: line.words,
          environment: line.environment))
    } else {
      let entry = try CrontabEntry(file: path, times: times, command: line.text)
      let program = try CrontabProgram(environment: ProcessInfo.processInfo.environment)
      try await program.change { $0.install(entry) }
      try StandardOutput.write("In your crontab:\n\(entry.line)\n")
      if CronDaemon.isRunning() == false { Diagnostics.warning(CronDaemon.absence) }
    }
  }

  private var times: NightTimes? {
    guard let first = DailyTime(at), let seconds = options.schedule?.everySeconds else {
      return nil
    }
    return NightTimes(from: first, everySeconds: seconds)
  }

  private func give(_ units: SystemdUnits) throws {
    guard let output else {
      return try StandardOutput.write(
        """
        # \(units.name).service
        \(units.service)
        # \(units.name).timer
        \(units.timer)
        """)
    }
    var isFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: output, isDirectory: &isFolder), isFolder.boolValue
    else {
      throw RunnerError(
        .file,
        "there is no folder \(output) for the units. Make it first: mkdir -p "
          + ShellWord(output).text)
    }
    let files = try units.write(to: output)
    try StandardOutput.write(
      """
      Written: \(files.joined(separator: ", "))
      In ~/.config/systemd/user they are yours: systemctl --user daemon-reload, then
      systemctl --user enable --now \(units.name).timer, and loginctl enable-linger so that \
      nights come while you are logged out.

      """)
  }
}
