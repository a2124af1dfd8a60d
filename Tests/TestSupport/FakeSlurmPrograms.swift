import Foundation

/// Programs by the names of Slurm's own, which run a job's tasks one after the other on this host,
/// or say what a test wants to be said.
package struct FakeSlurmPrograms: Sendable {
  private let folder: TemporaryFolder

  package init() throws {
    folder = try TemporaryFolder()
    for (name, text) in Self.programs { try write(text, as: name) }
  }

  /// For the environment of a program that is to find them before others.
  package var path: String { folder.path + ":/usr/bin:/bin" }

  /// Lets a program say and do something else: `text` is a script for a shell.
  package func write(_ text: String, as name: String) throws {
    try folder.write("#!/bin/sh\nplace=$(dirname \"$0\")\n" + text, to: name)
    try FileManager.default.setAttributes(
      [.posixPermissions: 0o755], ofItemAtPath: folder.file(name))
  }

  private static let programs = [
    "sbatch": """
    for script; do :; done
    job=$((100 + $(ls "$place" | grep -c '\\.name$') + 1))
    sed -n 's/^#SBATCH --job-name=//p' "$script" > "$place/$job.name"
    last=$(sed -n 's/^#SBATCH --array=0-\\([0-9]*\\).*/\\1/p' "$script")
    for task in $(seq 0 "$last"); do echo "PENDING 0:0" > "$place/$job.$task"; done
    {
      for task in $(seq 0 "$last"); do
        [ "$(cat "$place/$job.$task")" = "PENDING 0:0" ] || continue
        echo "RUNNING 0:0" > "$place/$job.$task"
        SLURM_ARRAY_TASK_ID=$task bash "$script" </dev/null >/dev/null 2>&1
        status=$?
        [ $status = 0 ] && word=COMPLETED || word=FAILED
        echo "$word $status:0" > "$place/$job.$task"
      done
    } </dev/null >/dev/null 2>&1 &
    echo "$job"

    """,
    "squeue": """
    [ -z "$SQUEUE_FORMAT" ] || exit 1
    cd "$place" || exit 1
    for name in *.name; do
      [ -e "$name" ] || continue
      job=${name%.name}
      for task in "$job".[0-9]*; do
        echo "${job}_${task#$job.}|$(cut -d' ' -f1 "$task")|$(cat "$name")|None"
      done
    done

    """,
    "scontrol": """
    cd "$place" || exit 1
    if [ "$2" = config ]; then
      printf 'ClusterName             = fake\\nMaxArraySize            = 1001\\n'
      exit
    fi
    for job; do :; done
    for task in "$job".[0-9]*; do
      echo "JobId=1 ArrayJobId=$job ArrayTaskId=${task#$job.} JobName=$(cat "$job.name")" \\
        "JobState=$(cut -d' ' -f1 "$task") Reason=None ExitCode=$(cut -d' ' -f2 "$task") NodeList=here"
    done

    """,
    "sacct": "echo 'Slurm accounting storage is disabled' >&2\nexit 1\n",
    "scancel": """
    for job; do :; done
    for task in "$place/${job%_*}".[0-9]*; do
      grep -q PENDING "$task" && echo "CANCELLED 0:0" > "$task"
    done
    exit 0

    """,
  ]
}
