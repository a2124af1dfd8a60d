import ArgumentParser
import CommandSupport
import Foundation
import Runner
import Sweeps

/// Where jobs run.
struct ExecutorOptions: ParsableArguments {
  enum Place: String, ExpressibleByArgument, CaseIterable {
    case local, slurm
  }

  @Option(help: "Where jobs run.")
  var executor = Place.local

  @Option(
    help: ArgumentHelp(
      "Options for Slurm, which go before resources.slurm of the sweep (a YAML file with its keys).",
      valueName: "file"))
  var slurmProfile: String?

  @Flag(help: "With Slurm: end when the jobs are submitted; rll-sweep collect takes them in.")
  var detach = false

  func validate() throws {
    guard executor == .local else { return }
    if slurmProfile != nil { throw ValidationError("--slurm-profile needs --executor slurm") }
    if detach { throw ValidationError("--detach needs --executor slurm") }
  }

  /// What a sweep's jobs are submitted with; nil where they run on this host.
  func slurm(for resources: JobResources) throws -> SlurmOptions? {
    guard executor == .slurm else { return nil }
    var options = SlurmOptions()
    if let slurmProfile {
      let text: String
      do {
        text = try String(contentsOfFile: slurmProfile, encoding: .utf8)
      } catch {
        let isThere = FileManager.default.fileExists(atPath: slurmProfile)
        throw SweepFileUnreadable(
          description: isThere
            ? "the Slurm profile \(slurmProfile) cannot be read as UTF-8 text"
            : "there is no Slurm profile \(slurmProfile); --slurm-profile names a YAML file with "
              + "the keys of resources.slurm")
      }
      options = try SlurmOptions.profile(text: text, file: slurmProfile)
    }
    options = options.filled(from: resources.slurm)
    options.timeSeconds = options.timeSeconds ?? resources.timeoutSeconds
    options.memoryBytes = options.memoryBytes ?? resources.memoryBytes
    return options
  }
}
