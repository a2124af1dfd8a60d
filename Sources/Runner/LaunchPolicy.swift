package import Sweeps

/// How a launch treats its jobs.
package struct LaunchPolicy: Sendable {
  package var resources = JobResources()
  /// Nothing new starts after a job has failed, and running ones are stopped.
  package var stopsAtFirstFailure = false

  package init() {}
}
