/// The keys of `resources.slurm` and of a profile.
enum SlurmKey: String, CaseIterable {
  case partition, account, qos, time, memory, cpus
  case arrayLimit = "array_limit"
  case maxArray = "max_array"
  case sbatch, setup

  /// What sbatch and other programs call them.
  static let foreignWords = [
    "queue": "partition", "timeout": "time", "time_limit": "time", "timelimit": "time",
    "walltime": "time", "mem": "memory", "cpus_per_task": "cpus", "cores": "cpus",
    "threads": "cpus", "array_parallelism": "array_limit", "concurrency": "array_limit",
    "max_array_size": "max_array", "array_size": "max_array", "extra": "sbatch",
    "additional_parameters": "sbatch", "options": "sbatch", "modules": "setup",
    "prologue": "setup", "quality_of_service": "qos",
  ]

  static var listText: String { allCases.map(\.rawValue).joined(separator: ", ") }

  /// Options of sbatch that a launch sets itself, with the key that has them, if one has.
  private static let ownOptions: [String: SlurmKey?] = [
    "--partition": .partition, "-p": .partition, "--account": .account, "-A": .account,
    "--qos": .qos, "-q": .qos, "--time": .time, "-t": .time, "--mem": .memory,
    "--mem-per-cpu": .memory, "--cpus-per-task": .cpus, "-c": .cpus, "--array": .arrayLimit,
    "-a": .arrayLimit, "--job-name": nil, "-J": nil, "--output": nil, "-o": nil,
    "--error": nil, "-e": nil, "--input": nil, "-i": nil, "--open-mode": nil, "--chdir": nil,
    "-D": nil, "--signal": nil, "--requeue": nil, "--no-requeue": nil, "--parsable": nil,
    "--wait": nil, "-W": nil, "--wrap": nil, "--test-only": nil, "--ntasks": nil, "-n": nil,
    "--nodes": nil, "-N": nil, "--clusters": nil, "-M": nil, "--kill-on-invalid-dep": nil,
    "--dependency": nil, "-d": nil, "--export": nil, "--export-file": nil,
  ]

  /// The option of a launch that a text sets, with the key that has it: sbatch takes a letter with
  /// its value behind it, and long options cut short.
  static func ownOption(in text: String) -> (name: String, key: SlurmKey?)? {
    let option = String(text.prefix { $0 != "=" && $0 != " " })
    let isLong = option.hasPrefix("--")
    return ownOptions.filter { name, _ in
      isLong ? name.hasPrefix(option) : name.count == 2 && option.hasPrefix(name)
    }.min { $0.key < $1.key }.map { ($0.key, $0.value) }
  }
}
