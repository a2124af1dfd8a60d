import ArgumentParser
import Sweeps

/// What jobs may take, where the command line says it instead of the sweep file.
struct ResourceOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Stop an attempt that takes longer; it fails and can be retried.", valueName: "duration"))
  var timeout: String?

  @Option(
    help: ArgumentHelp(
      "Try a job again that was killed, crashed or could not write.", valueName: "count"))
  var retries: Int?

  @Option(
    help: ArgumentHelp(
      "End a job that holds more memory of its own; it fails.", valueName: "size"))
  var memoryLimit: String?

  func validate() throws {
    if let timeout, ResourceLimit(duration: timeout) == nil {
      throw ValidationError(
        "--timeout cannot be '\(timeout)'; give \(ResourceLimit<Double>.allowedText)")
    }
    if let memoryLimit, ResourceLimit(size: memoryLimit) == nil {
      throw ValidationError(
        "--memory-limit cannot be '\(memoryLimit)'; give \(ResourceLimit<Int>.allowedText)")
    }
    let range = JobResources.allowedRetries
    if let retries, !range.contains(retries) {
      throw ValidationError(
        "--retries cannot be \(retries); give a whole number from \(range.lowerBound) to "
          + "\(range.upperBound)")
    }
  }

  /// What is given here goes before what the sweep says.
  func applied(to resources: JobResources) -> JobResources {
    var result = resources
    if let limit = timeout.flatMap(ResourceLimit<Double>.init(duration:)) {
      result.timeoutSeconds = limit.value
    }
    if let limit = memoryLimit.flatMap(ResourceLimit<Int>.init(size:)) {
      result.memoryBytes = limit.value
    }
    result.retries = retries ?? resources.retries
    return result
  }
}
