import Foundation
import Runner
import Store
import Sweeps
import Synchronization

/// Runs jobs in this process: a closure decides what a job leaves and how it ends.
final class FakeExecutor: Executor {
  typealias Body = @Sendable (RunFolder, JobRequest) async throws -> Termination

  private let body: Body
  private let seen = Mutex<[Int]>([])

  /// Positions of the jobs in the order in which they started.
  var started: [Int] { seen.withLock { $0 } }

  init(_ body: @escaping Body = FakeExecutor.complete) {
    self.body = body
  }

  func run(_ folder: RunFolder, resources: JobResources) async -> Termination {
    do {
      let request = try folder.request()
      seen.withLock { $0.append(request.spec.index) }
      return try await body(folder, request)
    } catch {
      return .notStarted("\(error)")
    }
  }

  func kill() {}

  /// A job that completes with one measure, its index.
  static func complete(_ folder: RunFolder, _ request: JobRequest) throws -> Termination {
    var report = JobReport(jobKey: request.jobKey, ending: .completed)
    report.selectedStep = 10
    report.finalMetrics = ["test/map@r": Double(request.spec.index)]
    report.checkpoints = [.init(kind: "best", step: 10, file: "best.safetensors")]
    try folder.write(checkpoint: Data("weights".utf8), file: "best.safetensors")
    let point = MetricPoint(name: "test/map@r", step: 10, value: Double(request.spec.index))
    _ = try folder.append([point])
    try folder.write(report)
    return .exited(0)
  }
}
