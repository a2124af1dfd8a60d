import Datasets
import Foundation
import Kernels
import Runner
import Store
import Sweeps

/// What came of running a stored run again.
struct Verification: Sendable {
  /// A value of the environment in which the two differ.
  struct Change: Sendable {
    let name: String
    let stored: String?
    let computed: String?
  }

  let runID: String
  let difference: RunDifference?
  /// The numerics identity first, then by name.
  let changes: [Change]
  /// The core type of OpenBLAS that computed it now.
  let coreName: String?
  let wallSeconds: Double
}

/// Runs stored runs again, each in a folder of its own that no store knows, and compares.
struct RunVerifier: Sendable {
  /// A run and where its data is now.
  struct Candidate: Sendable {
    let run: StoredRun
    let source: FeatureSource
  }

  let store: ExperimentStore
  let executor: any Executor
  /// Where the run folders are made.
  let folder: String
  /// Whether OpenBLAS chooses its core type also for runs that were made with the pinned one.
  var usesNativeBLAS = false

  /// Verifies all of the runs, so many at a time; the results are in their order.
  func verify(
    _ candidates: [Candidate], workers: Int, observe: @escaping @Sendable (Verification) -> Void
  ) async throws -> [Verification] {
    try await withThrowingTaskGroup(of: (Int, Verification).self) { group in
      var results: [Int: Verification] = [:]
      for (place, candidate) in candidates.enumerated() {
        if place >= workers, let (done, result) = try await group.next() {
          results[done] = result
        }
        group.addTask {
          let result = try await verify(candidate)
          observe(result)
          return (place, result)
        }
      }
      for try await (done, result) in group { results[done] = result }
      return candidates.indices.compactMap { results[$0] }
    }
  }

  private func verify(_ candidate: Candidate) async throws -> Verification {
    try Task.checkCancellation()
    let run = candidate.run
    let folder = RunFolder(path: folder + "/" + run.id)
    var spec = run.spec
    spec.settings.setFiles(candidate.source.files)
    try folder.create(
      JobRequest(
        runID: run.id, attempt: 1, jobKey: run.jobKey, spec: spec, objective: run.objective,
        dataDigests: run.dataDigests, usesNativeBLAS: usesNativeBLAS || run.coreType == .native))
    if let weights = try store.initialWeights(ofJob: run.jobKey) {
      try folder.write(initialWeights: weights)
    }
    let termination = await executor.run(folder, resources: JobResources())
    try Task.checkCancellation()
    let outcome = AttemptReader(
      folder: folder, jobKey: run.jobKey, sweepName: run.sweep, spec: spec, now: Timestamp(Date())
    ).outcome(termination: termination, stop: nil)
    // A job that ends by itself leaves a report, whatever it says.
    guard outcome.state != .interrupted, let cost = outcome.cost else {
      throw VerificationError(
        .notRunAgain,
        "the run \(run.id) could not be run again: \(outcome.message ?? termination.description)")
    }
    try folder.remove()
    let stored = try StoredResults(of: run.id, in: store)
    return Verification(
      runID: run.id,
      difference: RunComparison(stored: stored, computed: outcome).firstDifference,
      changes: Self.changes(from: run.environment, to: outcome.environment),
      coreName: outcome.environment["openblas_core"], wallSeconds: cost.wallSeconds)
  }

  private static func changes(
    from stored: [String: String], to computed: [String: String]
  ) -> [Verification.Change] {
    let identity = "numerics_identity"
    let names = Set(stored.keys).union(computed.keys).subtracting([identity]).sorted()
    return ([identity] + names).filter { stored[$0] != computed[$0] }.map {
      Verification.Change(name: $0, stored: stored[$0], computed: computed[$0])
    }
  }
}
