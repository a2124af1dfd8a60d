import Foundation
import Store
import TestSupport
import Testing

/// `export`: what other programs get, read back by them where they are there.
struct ExportTests {
  private static func report(
    _ practice: Practice, _ arguments: String...
  ) throws -> BuiltProgram.Ending {
    try BuiltProgram.report.run(
      arguments + ["--store", practice.storePath], in: practice.folder.path)
  }

  private static func launched() throws -> Practice {
    let practice = try Practice()
    try practice.write(
      """
      name: practice
      base: {dataset: features.h5, embedding: 8, batch: 8x3, steps: 20, evaluation: {every: 10}}
      sweep:
        alpha: [1.2, 1.4]
      """)
    let ending = try practice.launch()
    #expect(ending.status == 0, "\(ending.errors)")
    return practice
  }

  /// Runs a script in a folder; false where Python or a module is not there.
  private static func python(_ script: String, in folder: String) throws -> Bool {
    let python = Process()
    python.executableURL = URL(filePath: "/usr/bin/env")
    python.arguments = ["python3", "-c", script]
    python.currentDirectoryURL = URL(filePath: folder)
    let errors = Pipe()
    python.standardError = errors
    try python.run()
    let text = String(decoding: errors.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    python.waitUntilExit()
    if python.terminationStatus == 0 { return true }
    let isMissing = text.contains("No such file or directory") || text.contains("No module named")
    #expect(isMissing, "the script failed: \(text)")
    let module = text.firstMatch(of: /No module named '([^']+)'/)?.output.1
    print("skipped: python3 \(module.map { "has no \($0)" } ?? "is not there")")
    return false
  }

  @Test func `weights are the same in every form`() throws {
    let practice = try Self.launched()
    for name in ["w.h5", "w.npz", "w.safetensors", "w.npy"] {
      let ending = try Self.report(practice, "export", "checkpoint", "latest", "-o", name)
      #expect(ending.status == 0, "\(ending.errors)")
      #expect(ending.output == name + "\n")
    }
    let store = try ExperimentStore(path: practice.storePath, access: .read)
    let run = try store.runID(named: "latest")
    let kept = try #require(try store.checkpoint(of: run, kind: .best))
    try store.close()
    #expect(FileManager.default.contents(atPath: practice.folder.file("w.safetensors")) == kept)
    _ = try Self.python(
      """
      import h5py, numpy as np, os
      from safetensors.numpy import load_file
      expected = load_file("w.safetensors")
      assert len(expected) >= 1
      archive, file = np.load("w.npz"), h5py.File("w.h5")
      assert sorted(archive) == sorted(file) == sorted(expected)
      assert sorted(os.listdir("w.npy")) == sorted(name + ".npy" for name in expected)
      for name, values in expected.items():
          for read in archive[name], file[name][()], np.load("w.npy/" + name + ".npy"):
              assert read.dtype == values.dtype and read.shape == values.shape, name
              assert read.tobytes() == values.tobytes(), name
      assert file.attrs["run_id"] == "\(run)" and file.attrs["checkpoint"] == "best"
      """, in: practice.folder.path)
  }

  @Test func `weights that cannot be exported are refused with the way out`() throws {
    let practice = try Self.launched()
    let run = try Self.report(practice, "sql", "SELECT run_id FROM runs", "--format", "csv")
      .output.split(separator: "\n")[1]
    try practice.folder.write("", to: "there.h5")
    try practice.sqlite("DELETE FROM checkpoint WHERE kind = 'best'")
    func refusal(_ file: String, status: Int32, _ more: String...) throws -> String {
      let ending = try BuiltProgram.report.run(
        ["export", "checkpoint", String(run), "-o", file, "--store", practice.storePath] + more,
        in: practice.folder.path)
      #expect(ending.status == status && ending.output.isEmpty, "\(ending.errors)")
      return ending.errors
    }
    #expect(
      try refusal("w.txt", status: 64) == """
        error: w.txt does not say in which form: let its name end in one of .h5, .hdf5, \
        .safetensors, .npz, .npy

        """)
    #expect(
      try refusal("there.h5", status: 64).hasPrefix(
        "error: there.h5 is already there; --force replaces it\n"))
    #expect(
      try refusal("w.h5", status: 64) == """
        error: the run \(run) has no best weights in the store: it kept last only. Give \
        --checkpoint last

        """)
    try practice.sqlite("UPDATE blobChunk SET content = zeroblob(length(content))")
    #expect(
      try refusal("w.h5", status: 74, "--checkpoint", "last") == """
        error: the last weights of run \(run) are not what they were when they were stored. \
        Restore a backup of \(practice.storePath), or run the job again

        """)
    try practice.sqlite("DELETE FROM checkpoint")
    #expect(
      try refusal("w.h5", status: 64, "--checkpoint", "last") == """
        error: the run \(run) has no last weights in the store: it kept none, as its \
        checkpoint.keep says. Run it again with checkpoint.keep: [best, last]

        """)
  }

  @Test func `histories are written run by run and all at once alike`() throws {
    let practice = try Self.launched()
    let csv = try Self.report(practice, "export", "metrics").output
    let rows = csv.split(separator: "\n")
    #expect(rows[0] == "run_id,name,step,value")
    let count = try Self.report(
      practice, "sql", "SELECT count(*) AS n FROM metric_history", "--format", "csv")
    #expect(count.output == "n\n\(rows.count - 1)\n")
    #expect(rows.count { $0 == rows[0] } == 1)
    let some = try Self.report(
      practice, "export", "metrics", "latest", "--metric", "train/loss", "--format", "jsonl")
    #expect(some.output.split(separator: "\n").count == 2)
    #expect(some.output.contains(",\"name\":\"train/loss\",\"step\":20,\"value\":0."))
    let both = try Self.report(practice, "export", "metrics", "latest", "--sweep", "practice")
    #expect(both.status == 64)
    #expect(
      both.errors.hasPrefix("error: give either runs or options that choose them, not both\n"))
  }

  @Test func `MLflow finds experiments, runs, parameters and metrics`() throws {
    let practice = try Self.launched()
    let ending = try Self.report(practice, "export", "mlflow", "mlruns", "--weights")
    #expect(ending.status == 0 && ending.output == "mlruns: 2 runs\n", "\(ending.errors)")
    let again = try Self.report(practice, "export", "mlflow", "mlruns")
    #expect(again.status == 64)
    #expect(
      again.errors
        == "error: mlruns is there and not an empty folder; name one that does not exist yet\n")
    let isThere = try Self.python(
      """
      import os
      os.environ["MLFLOW_ALLOW_FILE_STORE"] = "true"
      from mlflow.tracking import MlflowClient
      client = MlflowClient("mlruns")
      experiment = client.get_experiment_by_name("practice")
      runs = client.search_runs([experiment.experiment_id])
      assert len(runs) == 2
      assert sorted(run.data.params["loss.alpha"] for run in runs) == ["1.2", "1.4"]
      for run in runs:
          assert run.info.status == "FINISHED" and run.data.tags["sweep"] == "practice"
          assert 0 <= run.data.metrics["final/test/recall_at_1"] <= 1
          points = client.get_metric_history(run.info.run_id, "validation/map_at_r")
          assert [point.step for point in points] == [10, 20]
          assert [file.path for file in client.list_artifacts(run.info.run_id)] == [
              "best.safetensors", "last.safetensors"]
      """, in: practice.folder.path)
    if !isThere {
      let folders = try FileManager.default.contentsOfDirectory(
        atPath: practice.folder.file("mlruns"))
      #expect(folders.count == 1 && folders[0].allSatisfy(\.isNumber))
    }
  }

  @Test func `TensorBoard finds the scalars of each run`() throws {
    let practice = try Self.launched()
    let ending = try Self.report(practice, "export", "tensorboard", "events")
    #expect(ending.status == 0 && ending.output == "events: 2 runs\n", "\(ending.errors)")
    let folders = try FileManager.default.contentsOfDirectory(
      atPath: practice.folder.file("events/practice"))
    #expect(folders.count == 2)
    _ = try Self.python(
      """
      import os
      from tensorboard.backend.event_processing.event_accumulator import EventAccumulator
      for run in os.listdir("events/practice"):
          events = EventAccumulator("events/practice/" + run).Reload()
          points = events.Scalars("validation/map@r")
          assert [point.step for point in points] == [10, 20]
          assert all(0 <= point.value <= 1 for point in points)
      """, in: practice.folder.path)
  }
}
