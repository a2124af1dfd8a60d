import Foundation
import Runner
import Store
import Sweeps

/// What is to be launched, whether it comes from a sweep file or from the store.
struct LaunchRequest {
  var record: LaunchRecord
  let plan: RunPlan
  let warnings: [String]
  /// Where it comes from a sweep file: what further rounds are planned from.
  let planned: PlannedSweep?

  var jobs: [PlannedJob] { plan.jobs }

  init(_ planned: PlannedSweep, resources: JobResources) {
    var record = LaunchRecord(
      id: Identifier.random(), sweepName: planned.sweep.name,
      sweepDescription: planned.sweep.description, file: planned.file,
      text: planned.sweep.wholeText,
      textDigest: planned.sweep.textDigest, commandLine: CommandLine.arguments,
      axes: planned.sweep.axes.map { .init(name: $0.name, values: $0.values) },
      objective: planned.sweep.objective, host: RunEnvironment.host,
      processID: ProcessInfo.processInfo.processIdentifier, startedAt: Timestamp(Date()))
    record.resources = resources
    record.gate = planned.sweep.gate
    record.bootID = HostIdentity.current.bootID
    self.record = record
    plan = planned.plan
    warnings = planned.warnings
    self.planned = planned
  }

  init(_ stored: StoredSweep, resources: JobResources) {
    var record = stored.launch
    record.id = Identifier.random()
    record.commandLine = CommandLine.arguments
    record.host = RunEnvironment.host
    record.processID = ProcessInfo.processInfo.processIdentifier
    record.startedAt = Timestamp(Date())
    record.resources = resources
    record.bootID = HostIdentity.current.bootID
    self.record = record
    plan = stored.plan
    warnings = stored.plan.warnings
    planned = nil
  }
}
