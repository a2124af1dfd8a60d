package import Store
import Sweeps

extension RunSummary {
  /// The run as JSON has it.
  package var record: JSONValue { .object(recordMembers) }

  var recordMembers: [JSONValue.Member] {
    [
      .init("run_id", .string(id)), .init("job_key", .string(jobKey)),
      .init("sweep", .string(sweep)), .init("state", .string(state.rawValue)),
      .init("seed", .integer(seed)), .init("created_at", .string(createdAt)),
      .init("started_at", JSONValue(startedAt)), .init("finished_at", JSONValue(finishedAt)),
      .init("wall_seconds", JSONValue(wallSeconds)),
      .init("processor_seconds", JSONValue(processorSeconds)),
      .init("peak_memory_bytes", JSONValue(peakMemoryBytes)),
      .init("selected_step", JSONValue(selectedStep)), .init("error", JSONValue(error)),
      .init("host", .string(host)), .init("attempt_count", .integer(attempts)),
      .init("note", JSONValue(note)),
      .init("settings", .sorted(settings, transform: JSONValue.init)),
      .init("data_digests", .sorted(dataDigests, transform: JSONValue.string)),
      .init("metrics", .sorted(metrics, transform: JSONValue.number)),
      .init("tags", .array(tags.map(JSONValue.string))),
    ]
  }
}

extension RunDetail {
  /// The run with everything that is known about it.
  package var record: JSONValue {
    .object(
      summary.recordMembers + [
        .init("environment", .sorted(environment, transform: JSONValue.string)),
        .init(
          "checkpoints",
          .array(
            checkpoints.map {
              [
                "step": .integer($0.step), "kind": .string($0.kind), "bytes": .integer($0.bytes),
                "sha256": .string($0.sha256),
              ]
            })),
        .init("attempts", .array(attempts.map(\.record))),
        .init("origins", .sorted(origins, transform: \.record)),
        .init("launch", launch.record),
      ])
  }
}

extension RunDetail.Attempt {
  fileprivate var record: JSONValue {
    [
      "position": .integer(position), "state": .string(state), "started_at": .string(startedAt),
      "finished_at": JSONValue(finishedAt), "exit_status": JSONValue(exitStatus),
      "reason": JSONValue(reason), "message": JSONValue(message), "log": JSONValue(log),
      "slurm_task": JSONValue(slurmTask),
    ]
  }
}

extension SettingOrigin {
  fileprivate var record: JSONValue {
    switch self {
    case .defaults: ["source": "default"]
    case .line(let line): ["source": "sweep_file", "line": .integer(line)]
    case .commandLine: ["source": "command_line"]
    }
  }
}

extension LaunchRecord {
  fileprivate var record: JSONValue {
    [
      "launch_id": .string(id), "sweep": .string(sweepName),
      "description": JSONValue(sweepDescription), "file": .string(file), "text": .string(text),
      "text_sha256": .string(textDigest),
      "command_line": .array(commandLine.map(JSONValue.string)),
      "objective": .string(objective.metric), "goal": .string(objective.goal.rawValue),
      "host": .string(host), "process_id": .integer(Int(processID)),
      "started_at": .string(startedAt.description),
    ]
  }
}
